import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SuretyError } from '@surety/core';
import { brier, logScoreMicroBits, meanBrierPpm } from './score.ts';

test('Brier is exact and proper at its corners', () => {
  assert.equal(brier([1_000_000, 0], 0), 0n);
  assert.equal(brier([1_000_000, 0], 1), 2_000_000_000_000n);
  assert.equal(brier([700_000, 300_000], 0), 180_000_000_000n);
  assert.equal(meanBrierPpm(180_000_000_000n + 1n, 1), 180_001);
  assert.equal(meanBrierPpm(0n, 0), null);
  assert.throws(() => brier([700_000, 200_000], 0), SuretyError);
  assert.throws(() => brier([700_000, 300_000], 2), SuretyError);
});

test('the log score is −log2 in micro-bits, rounded up and bounded', () => {
  assert.equal(logScoreMicroBits(1_000_000), 0);
  assert.equal(logScoreMicroBits(500_000), 1_000_000);
  assert.equal(logScoreMicroBits(250_000), 2_000_000);
  assert.equal(logScoreMicroBits(0), 19_931_569);
  assert.throws(() => logScoreMicroBits(0.5), SuretyError);
});
