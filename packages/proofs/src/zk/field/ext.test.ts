/** The fields against big integers, and the kernels on vectors against the field. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyExt, anyElement as element } from '../../../test/elements.ts';
import { ProofMemory } from '../memory.ts';
import { add, type Ext, equal, fromInteger, inverse, inverse1, mul, mul1, ONE, P, scale, sub, ZERO } from './ext.ts';
import { below, eqAt, eqPoints, indexAt, indexBelow } from './multilinear.ts';

test('products in M31 are those of integers', () => {
  fc.assert(
    fc.property(element, element, (a, b) => {
      assert.equal(BigInt(mul1(a, b)), (BigInt(a) * BigInt(b)) % BigInt(P));
      assert.equal(mul1(a, inverse1(a)), a === 0 ? 0 : 1);
    }),
  );
});

test('the extension is the field of i² = −1 and u² = 2 + i', () => {
  assert.deepEqual(mul([0, 1, 0, 0], [0, 1, 0, 0]), [P - 1, 0, 0, 0]);
  assert.deepEqual(mul([0, 0, 1, 0], [0, 0, 1, 0]), [2, 1, 0, 0]);
  fc.assert(
    fc.property(anyExt, anyExt, anyExt, (a, b, c) => {
      assert.deepEqual(mul(mul(a, b), c), mul(a, mul(b, c)));
      assert.deepEqual(mul(a, add(b, c)), add(mul(a, b), mul(a, c)));
      assert.deepEqual(mul(a, b), mul(b, a));
      assert.ok(equal(mul(a, inverse(a)), equal(a, ZERO) ? ZERO : ONE));
      assert.deepEqual(sub(add(a, b), b), a);
    }),
  );
});

test('u is no square of the complex extension, so that u² = 2 + i makes a field', () => {
  // (2 + i)^((p² − 1)/2) = N(2 + i)^((p − 1)/2) = 5^((p − 1)/2), which is −1.
  let power = 1;
  for (let e = (P - 1) / 2, base = 5; e > 0; e = Math.floor(e / 2), base = mul1(base, base)) {
    if (e % 2 === 1) power = mul1(power, base);
  }
  assert.equal(power, P - 1);
});

/** `Σ_i eq(point, i)·f(i)`. */
const slowly = (point: readonly Ext[], f: (i: number) => number): Ext => {
  let sum = ZERO;
  for (let i = 0; i < 2 ** point.length; i++) sum = add(sum, scale(eqAt(point, i), fromInteger(f(i))));
  return sum;
};

test('multilinear extensions that a verifier needs', () => {
  fc.assert(
    fc.property(fc.array(anyExt, { maxLength: 5 }), fc.nat(40), (point, n) => {
      const size = 1 + (n % 2 ** point.length);
      assert.deepEqual(
        below(point, size),
        slowly(point, (i) => (i < size ? 1 : 0)),
      );
      assert.deepEqual(
        indexBelow(point, size),
        slowly(point, (i) => (i < size ? i : 0)),
      );
      assert.deepEqual(
        indexAt(point),
        slowly(point, (i) => i),
      );
      const other = point.map((r): Ext => mul(r, [3, 1, 4, 1]));
      assert.deepEqual(
        eqPoints(point, other),
        Array.from({ length: 2 ** point.length }, (_, i) => mul(eqAt(point, i), eqAt(other, i))).reduce(add, ZERO),
      );
    }),
    { numRuns: 40 },
  );
});

test('kernels extend, fold and combine vectors of every small size', async () => {
  const memory = await ProofMemory.create();
  const { kernels } = memory;
  for (let vars = 0; vars <= 5; vars++) {
    const [point] = fc.sample(fc.array(anyExt, { minLength: vars, maxLength: vars }), { numRuns: 1, seed: vars });
    const n = 2 ** vars;
    const values = memory.base(n);
    memory.words(values).set(Array.from({ length: n }, (_, i) => mul1(i + 7, 0x5bd1e995 % P)));
    const words = memory.words(values).slice();
    const at = memory.take(16 * (vars + 2));
    memory.put(at, [ONE, ...point!, ZERO]);
    const table = memory.ext(n);
    kernels.eqTable(table.address, table.stride, at, at + 16, vars);
    for (let i = 0; i < n; i++) assert.deepEqual(memory.entry(table, i), eqAt(point!, i));
    const expected = words.reduce((sum, x, i) => add(sum, scale(eqAt(point!, i), x)), ZERO);
    const out = memory.take(16);
    kernels.dotBase(out, values.address, table.address, table.stride, n);
    assert.deepEqual(memory.element(out), expected);
    if (vars === 0) continue;
    const folded = memory.ext(n);
    kernels.foldBase(folded.address, folded.stride, values.address, n / 2, at + 16 * vars);
    for (let j = vars - 1; j >= 1; j--) kernels.foldExt(folded.address, folded.stride, 2 ** (j - 1), at + 16 * j);
    assert.deepEqual(memory.entry(folded, 0), expected);
    kernels.dotExt(out, table.address, table.stride, table.address, table.stride, n);
    assert.deepEqual(memory.element(out), eqPoints(point!, point!));
  }
});
