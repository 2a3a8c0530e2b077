import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seedOf } from '../../test/statistical.ts';
import { boundBits, missChance, perE18 } from './bound.ts';
import { drawElements } from './draw.ts';
import { element, P, times } from './field.ts';

test('bits are those that the chance surely has', () => {
  assert.equal(boundBits({ numerator: 1n, denominator: 8n }), 3);
  assert.equal(boundBits({ numerator: 1n, denominator: 7n }), 2);
  assert.equal(boundBits({ numerator: 3n, denominator: 2n ** 31n - 1n }), 29);
  assert.equal(boundBits({ numerator: 1n, denominator: 1n }), 0);
  assert.equal(boundBits({ numerator: 0n, denominator: 1n }), 256);
  assert.equal(perE18({ numerator: 1n, denominator: 3n }), 333_333_333_333_333_334n);
});

test('draws miss a changed element as often as drawing with repetition does', () => {
  assert.equal(perE18(missChance(4, 1, 2)), 562_500_000_000_000_000n);
  assert.equal(perE18(missChance(10, 10, 1)), 0n);
});

test('a difference in one place vanishes only under the element 0, in two places under one element of all', () => {
  // The bound itself: over all r of a small field the form e0·r0 + e1·r1 is 0 for exactly q of the q^2 vectors.
  const q = 101;
  for (const [e0, e1] of [
    [1, 0],
    [5, 7],
    [100, 100],
  ] as const) {
    let zero = 0;
    for (let r0 = 0; r0 < q; r0++) for (let r1 = 0; r1 < q; r1++) if ((e0 * r0 + e1 * r1) % q === 0) zero++;
    assert.equal(zero, q);
  }
  // And a liar who knows r solves for e: what is public has to be drawn after the sums are fixed.
  const [r0, r1] = drawElements(seedOf(1), [0, 0, 0], 2);
  const forged = times(P - 1, times(r0!, inverse(r1!)));
  assert.equal(element(times(1, r0!) + times(forged, r1!)), 0);
});

/** Fermat's little theorem. */
const inverse = (a: number): number => {
  let [result, base] = [1, a];
  for (let exponent = P - 2; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = times(result, base);
    base = times(base, base);
  }
  return result;
};
