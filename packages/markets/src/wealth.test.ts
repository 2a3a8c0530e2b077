import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newStanding, wealthSharesPpm, withOutcome } from './wealth.ts';

test('only audited outcomes move wealth and score', () => {
  const start = newStanding(1_000_000n);
  const right = { playerPpm: 900_000, marketPpm: 600_000 };
  assert.deepEqual(withOutcome(start, { ...right, audited: false }), { ...start, unaudited: 1 });
  const richer = withOutcome(start, { ...right, audited: true });
  assert.equal(richer.wealthMicroUsd, 1_050_000n);
  assert.equal(richer.brierSum, 20_000_000_000n);
  assert.equal(withOutcome(start, { playerPpm: 300_000, marketPpm: 600_000, audited: true }).wealthMicroUsd, 950_000n);
  assert.equal(
    withOutcome(newStanding(1n), { playerPpm: 0, marketPpm: 999_999, audited: true }, 1_000_000).wealthMicroUsd,
    1n,
  );
});

test('no share of wealth passes the cap, and none is invented', () => {
  assert.deepEqual(wealthSharesPpm([900n, 50n, 50n]), [500_000, 250_000, 250_000]);
  assert.deepEqual(wealthSharesPpm([1n, 1n]), [500_000, 500_000]);
  assert.deepEqual(wealthSharesPpm([]), []);
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 3, maxLength: 12 }), (wealths) => {
      const shares = wealthSharesPpm(wealths);
      const sum = shares.reduce((total, share) => total + share, 0);
      assert.ok(shares.every((share) => share <= 500_000));
      assert.ok(sum <= 1_000_000 && sum > 1_000_000 - wealths.length);
    }),
  );
});
