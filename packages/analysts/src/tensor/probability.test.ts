import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { logisticPpm, probabilityPpm } from './probability.ts';

const ONE = { mantissa: 1, exponent: 0 } as const;
/** Units of 2^−20. */
const FINE = { mantissa: 1, exponent: -20 } as const;

test('known values of the logistic function, to the last part per million', () => {
  const known = [
    [0, 500_000],
    [1, 731_059],
    [-1, 268_941],
    [2, 880_797],
    [6, 997_527],
    [13, 999_998],
    [-14, 1],
    [15, 1_000_000],
    [-15, 0],
    [2 ** 30 - 1, 1_000_000],
  ] as const;
  for (const [z, ppm] of known) assert.equal(logisticPpm(z, ONE), ppm, `${z}`);
  assert.equal(logisticPpm(3, { mantissa: 1, exponent: -1074 }), 500_000);
  assert.equal(logisticPpm(1, { mantissa: 2 ** 53 - 1, exponent: 900 }), 1_000_000);
});

test('it is the nearest whole number wherever doubles are sure of it', () => {
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 24), max: 2 ** 24 }), (n) => {
      const exact = 1_000_000 / (1 + Math.exp(-n / 2 ** 20));
      // Doubles are off by less than this; what is closer to a half they cannot tell.
      if (Math.abs(exact - Math.floor(exact) - 0.5) > 1e-6) assert.equal(logisticPpm(n, FINE), Math.round(exact));
      assert.equal(logisticPpm(n, FINE) + logisticPpm(-n, FINE), 1_000_000);
    }),
    { numRuns: 500 },
  );
});

test('a probability is scaled, rounded half up and kept within its range', () => {
  assert.equal(probabilityPpm(1, { mantissa: 1, exponent: -1 }), 500_000);
  assert.equal(probabilityPpm(1, { mantissa: 1, exponent: -7 }), 7_813);
  assert.equal(probabilityPpm(127, { mantissa: 1, exponent: -7 }), 992_188);
  assert.equal(probabilityPpm(-3, ONE), 0);
  assert.equal(probabilityPpm(1, ONE), 1_000_000);
  assert.equal(probabilityPpm(3, ONE), 1_000_000);
  assert.equal(probabilityPpm(2 ** 30 - 1, { mantissa: 2 ** 53 - 1, exponent: -83 }), 1_000_000);
});
