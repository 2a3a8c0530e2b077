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
const expenses = fc.record({ checkMicroUsd: fc.bigInt(1n, 10n ** 9n), disputeMicroUsd: fc.bigInt(0n, 10n ** 9n) });
const wrongs = fc.bigInt(1n, 1_000_000n);

test('at the least bond rewards pay for the checks, and a micro-dollar below it they do not', () => {
  fc.assert(
    fc.property(expenses, watchers, wrongs, (expense, given, wrong) => {
      const bond = watchingBond(wrong, expense, given, RULES);
      const spent = BigInt(given.count) * BigInt(given.checkPpm) * expense.checkMicroUsd * 1_000_000n * 10n ** 18n;
      const earned = (at: bigint): bigint =>
        wrong *
        lookedAtE18(given) *
        (BigInt(1_000_000 - given.copiedPpm) * rewardMicroUsd(at, RULES) - 1_000_000n * expense.disputeMicroUsd);
      assert.ok(earned(bond) >= spent);
      assert.ok(earned(bond - 1n) < spent);
    }),
  );
});

test('the share that a bond asks for is no larger than the share that the bond was made for', () => {
  fc.assert(
    fc.property(expenses, watchers, wrongs, (expense, given, wrong) => {
      assert.ok(evenWrongPpm(watchingBond(wrong, expense, given, RULES), expense, given, RULES) <= wrong);
    }),
  );
});

test('five at even odds share a reward of a dollar; half is copied; a check costs a cent, a dispute ten', () => {
  // 5 * 0.5 * $0.01 spent; 31/32 * (0.5 * $1 - $0.10) earned if all were wrong: 6.4517 %.
  const expense = { checkMicroUsd: 10_000n, disputeMicroUsd: 100_000n };
  assert.equal(evenWrongPpm(4_000_000n, expense, WATCHERS, RULES), 64_517n);
});

test('what costs nothing needs nothing wrong; what can earn nothing is never worth it', () => {
  const [free, cheap] = [0n, 1n].map((checkMicroUsd) => ({ checkMicroUsd, disputeMicroUsd: 500_000n }));
  assert.equal(evenWrongPpm(4_000_000n, free!, WATCHERS, RULES), 0n);
  assert.equal(evenWrongPpm(4_000_000n, cheap!, WATCHERS, RULES), 1_000_000n);
  assert.equal(watchingBond(1n, cheap!, { ...WATCHERS, count: 0 }, RULES), 0n);
});
