import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { BITS, div, exp, LN2, ln, ONE } from '../../../scripts/vectors/lmsr-math.ts';
import { outputs } from '../../../scripts/vectors/lmsr-tables.ts';
import { exp2, log2 } from './fixed.ts';

const ROOT = new URL('../../../', import.meta.url);
/** 2^-124 at 512 bits: what the specification allows. */
const TOLERANCE = ONE >> 124n;

test('the committed tables are those that the script computes', () => {
  for (const [path, text] of outputs()) assert.equal(readFileSync(new URL(path, ROOT), 'utf8'), text, path);
});

const isJustBelow = (got: bigint, exact: bigint): void => {
  assert.ok(got <= exact, 'never above the true value');
  assert.ok(exact - got <= TOLERANCE, 'at most 2^-124 below it');
};

test('exp2 is at most 2^-124 below 2^(fraction − 1), and never above', () => {
  const fractions = fc.bigInt({ min: 0n, max: (1n << 128n) - 1n });
  fc.assert(
    fc.property(fractions, (fraction) => {
      const exact = exp(((fraction << (BITS - 128n)) * LN2) >> BITS) / 2n;
      isJustBelow(exp2(fraction) << (BITS - 128n), exact);
    }),
    { numRuns: 300, examples: [[0n], [1n], [(1n << 128n) - 1n], [1n << 127n], [(1n << 110n) - 1n]] },
  );
});

test('log2 is at most 2^-124 below log2(value / 2^127), and never above', () => {
  const values = fc.bigInt({ min: 1n << 127n, max: (1n << 132n) - 1n });
  fc.assert(
    fc.property(values, (value) => {
      isJustBelow(log2(value) << (BITS - 128n), div(ln(value << (BITS - 127n)), LN2));
    }),
    {
      numRuns: 300,
      examples: [[1n << 127n], [(1n << 127n) + 1n], [(1n << 128n) - 1n], [1n << 128n], [(1n << 132n) - 1n]],
    },
  );
});
