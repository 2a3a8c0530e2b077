/** The circle FFT in kernels against the functions of its basis, one by one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mul1, P } from '../field/ext.ts';
import { ProofMemory } from '../memory.ts';

type Point = readonly [x: number, y: number];

/** A generator. */
const GENERATOR: Point = [2, 1_268_011_823];
/** Logarithm of the point of angle π: half the group. */
const HALF_TURN = 2 ** 30;

const plus = (a: Point, b: Point): Point => {
  const minus = P - mul1(a[1], b[1]);
  return [(mul1(a[0], b[0]) + minus) % P, (mul1(a[0], b[1]) + mul1(a[1], b[0])) % P];
};

const pointAt = (logarithm: number): Point => {
  let sum: Point = [1, 0];
  for (let base = GENERATOR, rest = logarithm; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) sum = plus(sum, base);
    base = plus(base, base);
  }
  return sum;
};

/**
 * Logarithms of the points with y = y of x at the nodes of one level of the tree of halves (see assembly/circle.ts), in order.
 * The root has x = cos(π/4); where π(x) = 2x² − 1 is to be t the angle is halved, where it is to be −t its supplement is.
 */
const logarithms = (level: number): number[] => {
  let at = [HALF_TURN / 4];
  for (let l = 0; l < level; l++) at = at.flatMap((e) => [e / 2, (HALF_TURN - e) / 2]);
  return at;
};

/** Point i of the domain of a code of `2^logLength` values, as assembly/twiddles.ts orders it; `level` is its last level. */
const domainPoint = (level: readonly number[], i: number): Point => {
  const [x, y] = pointAt(level[i >> 2]!);
  return [(i & 2) === 0 ? x : P - x, (i & 1) === 0 ? y : P - y];
};

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
    const level = logarithms(k - 2);
    const points = Array.from({ length: 2 ** k }, (_, i) => domainPoint(level, i));
    assert.equal(new Set(points.map(String)).size, 2 ** k);
    for (const [x, y] of points) assert.equal((mul1(x, x) + mul1(y, y)) % P, 1);
    // x of 2^(k − 1) times a point: 0 only for those of order 2^(k + 1).
    for (const point of points) assert.equal(basis(point, 2 ** k), 0);
  }
});

test('a code word has the values of its coefficients, with and without some beyond', async () => {
  const memory = await ProofMemory.create();
  for (const [vars, blowupVars, extra] of [
    [4, 2, 0],
    [5, 2, 3],
    [6, 2, 0],
    [6, 2, 64],
    [7, 2, 13],
    [13, 2, 1],
    [14, 2, 900],
    [4, 4, 0],
    [5, 4, 32],
    [6, 3, 7],
    [7, 1, 0],
    [13, 4, 0],
  ] as const) {
    const size = 2 ** vars;
    const length = 2 ** (vars + blowupVars);
    const table = memory.base((3 * length) / 4);
    memory.kernels.makeTwiddles(table.address, vars + blowupVars);
    const source = memory.base(2 * size);
    const coefficients = Array.from({ length: size + extra }, (_, i) => mul1(i + 3, 0x5bd1e995 % P));
    memory.words(source).fill(0);
    memory.words(source).set(coefficients);
    const out = memory.base(length);
    const scratch = memory.take(4 * size);
    memory.kernels.encode(
      out.address,
      source.address,
      vars,
      blowupVars,
      extra,
      table.address,
      scratch,
      0,
      2 ** blowupVars,
    );
    const words = memory.words(out);
    const level = logarithms(vars + blowupVars - 2);
    // Of long code words a few, in every part.
    for (let i = 0; i < length; i += vars > 7 ? 9001 : 1) {
      const point = domainPoint(level, i);
      const value = coefficients.reduce((sum, c, j) => (sum + mul1(c, basis(point, j))) % P, 0);
      assert.equal(words[i], value, `${vars} ${blowupVars} ${extra} at ${i}`);
    }
  }
});
