import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { meanLogOddsPpm, meanPpm } from './aggregate.ts';

const of = (probabilityPpm: number, weight = 1n) => ({ probabilityPpm, weight });

test('means of probabilities and of log-odds', () => {
  assert.equal(meanPpm([of(200_000), of(400_000, 3n)]), 350_000);
  assert.equal(meanPpm([]), null);
  assert.equal(meanLogOddsPpm([]), null);
  assert.equal(meanLogOddsPpm([of(200_000), of(800_000)]), 500_000);
  assert.equal(meanLogOddsPpm([of(900_000), of(500_000)]), 750_000);
  assert.equal(meanLogOddsPpm([of(800_000)], { extremisePpm: 2_000_000 }), 941_176);
  assert.equal(meanLogOddsPpm([of(0)], { extremisePpm: 3_000_000 }), 1);
  assert.equal(meanLogOddsPpm([of(1_000_000)], { extremisePpm: 3_000_000 }), 999_999);
});

test('one belief is its own mean, to the part per million, and sides are mirrored', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999 }), fc.bigInt({ min: 1n, max: 10n ** 18n }), (ppm, weight) => {
      assert.equal(meanLogOddsPpm([of(ppm, weight)]), ppm);
      assert.equal(meanPpm([of(ppm, weight)]), ppm);
      const extreme = { extremisePpm: 1_200_000 };
      assert.equal(meanLogOddsPpm([of(ppm)], extreme)! + meanLogOddsPpm([of(1_000_000 - ppm)], extreme)!, 1_000_000);
    }),
  );
});
