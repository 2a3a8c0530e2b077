import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERRORS } from '@surety/core';
import fc from 'fast-check';
import { after, buying, funding, opened, TERMS, USD } from '../test/support.ts';
import { encodeMarket, type MarketEvent, type Order, step } from './index.ts';

const huge = fc.bigInt({ min: -(1n << 300n), max: 1n << 300n });
const amount = fc.oneof(
  huge,
  fc.constantFrom(0n, 1n, -1n, 1n << 60n, (1n << 60n) + 1n, 1n << 63n),
  fc.bigInt({ min: 1n, max: 100n * USD }),
);
const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, 1, 2, 500_000, 999_999, 1_000_000, -0, Number.MAX_SAFE_INTEGER),
);
const outcome = fc.oneof(number, fc.constantFrom(0, 1));
const name = fc.oneof(fc.string({ maxLength: 300 }), fc.constantFrom('ann', 'bob', '__proto__', ''));
const at = fc.oneof(number, fc.constant(1));

const order: fc.Arbitrary<Order> = fc.oneof(
  fc.record({
    kind: fc.constant('buy' as const),
    outcome,
    sharesMicroShares: amount,
    maxCostMicroUsd: amount,
    limitProbabilityPpm: number,
  }),
  fc.record({ kind: fc.constant('buy' as const), outcome, sharesMicroShares: amount }),
  fc.record({ kind: fc.constant('sell' as const), outcome, sharesMicroShares: amount, minProceedsMicroUsd: amount }),
  fc.record({ kind: fc.constant('spend' as const), outcome, amountMicroUsd: amount, minSharesMicroShares: amount }),
  fc.record({ kind: fc.constant('spend' as const), outcome, amountMicroUsd: amount }),
  fc.record({ kind: fc.constant('to-probability' as const), outcome, probabilityPpm: number }),
);

const event: fc.Arbitrary<MarketEvent> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('order' as const), account: name, order, at }) },
  fc.record({ kind: fc.constant('fund' as const), account: name, amountMicroUsd: amount }),
  fc.record({ kind: fc.constant('withdraw' as const), account: name, amountMicroUsd: amount }),
  fc.record({ kind: fc.constant('attach-evidence' as const), account: name, evidenceId: name, at }),
  fc.record({ kind: fc.constant('close' as const), at }),
  fc.record({
    kind: fc.constant('resolve' as const),
    outcome: fc.oneof(number, fc.constant('undecided' as const)),
    decidedBy: name,
  }),
  fc.record({
    kind: fc.constant('open' as const),
    claimId: name,
    outcomes: number,
    subsidyMicroUsd: amount,
    subsidyPayer: name,
    closesAt: number,
    feePpm: number,
    feeRecipient: name,
  }),
  fc.constant({ kind: 'settle' as const }),
);

const market = after(opened(), funding('ann', 100n), funding('bob', 1_000_000n), buying('ann', 0, 10n * USD));
const encoded = encodeMarket(market);

test('whatever comes in, the game throws nothing, refuses by listed codes and leaves its state alone', () => {
  fc.assert(
    fc.property(event, fc.boolean(), (any, fresh) => {
      const next = step(fresh ? undefined : market, any);
      if (next.kind === 'refused') {
        assert.ok(next.problem.code in ERRORS);
        for (const said of [next.problem.message, next.problem.next, next.problem.field, next.problem.limit])
          assert.ok(said);
        assert.ok(next.problem.value!.length <= 120);
      }
      assert.deepEqual(encodeMarket(market), encoded);
    }),
    { numRuns: 2_000 },
  );
});

test('a market with the largest subsidy takes the largest trades', () => {
  const state = after(
    undefined,
    { kind: 'open', ...TERMS, outcomes: 16, subsidyMicroUsd: 10n ** 15n },
    { kind: 'fund', account: 'ann', amountMicroUsd: 10n ** 18n },
    buying('ann', 3, 5n * 10n ** 15n),
  );
  assert.ok(state.makerMicroUsd > 5n * 10n ** 15n);
});
