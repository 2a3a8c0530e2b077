import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { element, elementsOf, foldRows, innerWide, P, shrink, times } from './field.ts';

const p = BigInt(P);
const mod = (x: bigint): number => Number(((x % p) + p) % p);
const anElement = fc.oneof(fc.integer({ min: 0, max: P - 1 }), fc.constantFrom(0, 1, P - 1, 2 ** 30, 2 ** 16));
const big = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, P, -P, 0));

test('numbers up to 2^53 are brought into the field, and products are those of whole numbers', () => {
  fc.assert(fc.property(big, (x) => element(x) === mod(BigInt(x)) && Math.abs(shrink(x)) < 2 ** 31 + 2 ** 22));
  fc.assert(fc.property(anElement, anElement, (a, b) => times(a, b) === mod(BigInt(a) * BigInt(b))));
});

const sum = (terms: readonly bigint[]): bigint => terms.reduce((a, b) => a + b, 0n);

/** Lengths on both sides of where accumulators are reduced. */
const LENGTHS = [1, 2, 63, 64, 65, 129, 500];

test('inner products of the largest values are exact, whatever their length', () => {
  for (const length of LENGTHS) {
    for (const [value, r] of [
      [2 ** 31 - 1, P - 1] as const,
      [-(2 ** 31), P - 1] as const,
      [-12_345_678, 7_654_321] as const,
    ]) {
      const elements = elementsOf(new Float64Array(length).fill(r));
      const values = new Int32Array(length).fill(value);
      assert.equal(innerWide(elements, values), mod(BigInt(length) * BigInt(value) * BigInt(r)));
    }
  }
});

test('a matrix folded by its rows is the sum of its rows times elements', () => {
  for (const rows of [...LENGTHS, 8_193]) {
    const width = 3;
    for (const wide of [false, true]) {
      const length = 5 + rows * width;
      const matrix = wide ? new Int16Array(length).fill(-32_768) : new Int8Array(length).fill(-128);
      matrix[6] = 17;
      const r = Float64Array.from({ length: rows }, (_, n) => P - 1 - (n % 3));
      const wanted = Array.from({ length: width }, (_, k) =>
        mod(sum(Array.from(r, (x, n) => BigInt(x) * BigInt(matrix[5 + n * width + k]!)))),
      );
      const out = new Float64Array(width).fill(9);
      foldRows(r, { values: matrix, from: 5, width, step: width }, out);
      assert.deepEqual([...out], wanted);
    }
  }
});
