/** The circle FFT in kernels against the functions of its basis, one by one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mul1, P } from '../field/ext.ts';
import { ProofMemory } from '../memory.ts';
import { domain, pointAt, twiddles } from './circle.ts';

/** `y^{j0} · x^{j1} · π(x)^{j2} …` at a point. */
const basis = ([x, y]: readonly [number, number], j: number): number => {
  let product = j % 2 === 1 ? y : 1;
  let factor = x;
  for (let rest = Math.floor(j / 2); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) product = mul1(product, factor);
    factor = (2 * mul1(factor, factor) + P - 1) % P;
  }
  return product;
};

test('the generator has order 2^31, the domain 2^k different points of order 2^(k + 1)', () => {
  assert.deepEqual(pointAt(2 ** 30), [P - 1, 0]);
  for (const k of [4, 7]) {
    const points = domain(k);
    assert.equal(new Set(points.map(String)).size, 2 ** k);
    for (const [x, y] of points) assert.equal((mul1(x, x) + mul1(y, y)) % P, 1);
    // x of 2^(k − 1) times a point: 0 only for those of order 2^(k + 1).
    for (const point of points) assert.equal(basis(point, 2 ** k), 0);
  }
});

test('a code word has the values of its coefficients, with and without some beyond', async () => {
  const memory = await ProofMemory.create();
  for (const [vars, extra] of [
    [4, 0],
    [5, 3],
    [6, 0],
    [6, 64],
    [7, 13],
  ] as const) {
    const size = 2 ** vars;
    const table = memory.base(3 * size);
    memory.words(table).set(twiddles(vars + 2));
    const source = memory.base(2 * size);
    const coefficients = Array.from({ length: size + extra }, (_, i) => mul1(i + 3, 0x5bd1e995 % P));
    memory.words(source).fill(0);
    memory.words(source).set(coefficients);
    const out = memory.base(4 * size);
    const scratch = memory.take(4 * size);
    memory.kernels.encode(out.address, source.address, vars, extra, table.address, scratch);
    const words = memory.words(out);
    for (const [i, point] of domain(vars + 2).entries()) {
      const value = coefficients.reduce((sum, c, j) => (sum + mul1(c, basis(point, j))) % P, 0);
      assert.equal(words[i], value, `${vars} ${extra} at ${i}`);
    }
  }
});
