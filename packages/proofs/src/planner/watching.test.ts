import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ASSUMED_MARKET } from './assumed.ts';
import { rewardMicroUsd } from './bond.ts';
import type { WatcherFacts } from './question.ts';
import { ARBITER_RULES as RULES } from './rules.ts';
import { evenWrongPpm, lookedAtE18, watchingBond } from './watching.ts';

const WATCHERS = ASSUMED_MARKET.watchers;
const watchers: fc.Arbitrary<WatcherFacts> = fc
  .record({
    count: fc.integer({ min: 1, max: 30 }),
    checkPpm: fc.integer({ min: 1, max: 1_000_000 }),
    copiedPpm: fc.integer({ min: 0, max: 999_999 }),
  })
  .map((changes) => ({ ...WATCHERS, ...changes }));
const wrongs = fc.bigInt(1n, 1_000_000n);

test('at the least bond rewards pay for the checks, and a micro-dollar below it they do not', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 9n), watchers, wrongs, (check, given, wrong) => {
      const bond = watchingBond(wrong, check, given, RULES);
      const spent = BigInt(given.count) * BigInt(given.checkPpm) * check * 1_000_000n * 10n ** 18n;
      const paid = wrong * BigInt(1_000_000 - given.copiedPpm) * lookedAtE18(given);
      assert.ok(rewardMicroUsd(bond, RULES) * paid >= spent);
      assert.ok(rewardMicroUsd(bond - 1n, RULES) * paid < spent);
    }),
  );
});

test('the share that a bond asks for is no larger than the share that the bond was made for', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 9n), watchers, wrongs, (check, given, wrong) => {
      assert.ok(evenWrongPpm(watchingBond(wrong, check, given, RULES), check, given, RULES) <= wrong);
    }),
  );
});

test('five at even odds share a reward of a dollar; half is copied; a check costs a cent', () => {
  // 5 * 0.5 * $0.01 spent; 31/32 * 0.5 * $1 earned if all were wrong: 5.162 %.
  assert.equal(evenWrongPpm(4_000_000n, 10_000n, WATCHERS, RULES), 51_613n);
});

test('what costs nothing needs nothing wrong; what can earn nothing is never worth it', () => {
  assert.equal(evenWrongPpm(4_000_000n, 0n, WATCHERS, RULES), 0n);
  assert.equal(evenWrongPpm(0n, 1n, WATCHERS, RULES), 1_000_000n);
  assert.equal(watchingBond(1n, 1n, { ...WATCHERS, count: 0 }, RULES), 0n);
});
