import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { accepted, after, buying, funding, opened, ordering, refusal, USD } from '../test/support.ts';
import { type Order, pricePpm, quote } from './index.ts';

const market = after(opened(), funding('ann', 100n), buying('ann', 0, 10n * USD));
const three = after(opened({ outcomes: 3 }), funding('ann', 100n), buying('ann', 0, 10n * USD));

const refused = (order: Order, state = market): string => refusal(state, ordering('ann', order));
const traded = (order: Order, state = market) => {
  const { state: next, effects } = accepted(state, ordering('ann', order));
  const [effect] = effects;
  assert.ok(effect?.kind === 'traded');
  return { next, effect };
};

test('limits on cost, proceeds and price are kept exactly', () => {
  const buy = { kind: 'buy', outcome: 0, sharesMicroShares: USD } as const;
  const { effect } = traded(buy);
  assert.equal(
    refused({ ...buy, maxCostMicroUsd: effect.costMicroUsd - 1n }),
    'market.limit-exceeded order.maxCostMicroUsd',
  );
  traded({ ...buy, maxCostMicroUsd: effect.costMicroUsd });
  assert.equal(
    refused({ ...buy, limitProbabilityPpm: effect.pricePpm }),
    'market.limit-exceeded order.limitProbabilityPpm',
  );
  traded({ ...buy, limitProbabilityPpm: effect.pricePpm + 1 });
  const sell = { ...buy, kind: 'sell' } as const;
  const { effect: sold } = traded(sell);
  assert.equal(
    refused({ ...sell, minProceedsMicroUsd: -sold.costMicroUsd + 1n }),
    'market.limit-exceeded order.minProceedsMicroUsd',
  );
  traded({ ...sell, minProceedsMicroUsd: -sold.costMicroUsd });
  assert.equal(
    refused({ ...sell, limitProbabilityPpm: sold.pricePpm + 1 }),
    'market.limit-exceeded order.limitProbabilityPpm',
  );
  traded({ ...sell, limitProbabilityPpm: sold.pricePpm });
  const spend = { kind: 'spend', outcome: 0, amountMicroUsd: USD } as const;
  const { effect: spent } = traded(spend);
  assert.equal(
    refused({ ...spend, minSharesMicroShares: spent.deltaMicroShares + 1n }),
    'market.limit-exceeded order.minSharesMicroShares',
  );
});

test('every malformed order is refused with the field at fault', () => {
  const buy = { kind: 'buy', outcome: 0, sharesMicroShares: USD } as const;
  assert.equal(refused({ ...buy, outcome: 2 }), 'market.unknown-outcome order.outcome');
  assert.equal(refused({ ...buy, outcome: -1 }), 'market.unknown-outcome order.outcome');
  assert.equal(refused({ ...buy, outcome: 0.5 }), 'market.unknown-outcome order.outcome');
  assert.equal(refused({ ...buy, sharesMicroShares: 0n }), 'market.nothing-to-trade order.sharesMicroShares');
  assert.equal(refused({ ...buy, sharesMicroShares: -1n }), 'amount.negative order.sharesMicroShares');
  assert.equal(refused({ ...buy, sharesMicroShares: 1n << 60n }), 'market.quantity-limit order.sharesMicroShares');
  assert.equal(refused({ ...buy, sharesMicroShares: 500n * USD }), 'market.budget-exceeded account.budgetMicroUsd');
  assert.equal(refused({ ...buy, limitProbabilityPpm: 0 }), 'input.out-of-range order.limitProbabilityPpm');
  assert.equal(refused({ ...buy, limitProbabilityPpm: 1_000_000 }), 'input.out-of-range order.limitProbabilityPpm');
  assert.equal(
    refused({ ...buy, kind: 'sell', sharesMicroShares: 11n * USD }),
    'market.shares-exceeded order.sharesMicroShares',
  );
  assert.equal(refused({ kind: 'spend', outcome: 0, amountMicroUsd: -5n }), 'amount.negative order.amountMicroUsd');
  assert.equal(
    refused({ kind: 'spend', outcome: 0, amountMicroUsd: 1n << 70n }),
    'market.quantity-limit order.amountMicroUsd',
  );
  assert.equal(
    refused({ kind: 'to-probability', outcome: 0, probabilityPpm: 0 }),
    'input.out-of-range order.probabilityPpm',
  );
  assert.equal(
    refused({ kind: 'to-probability', outcome: 0, probabilityPpm: 1.5 }),
    'input.out-of-range order.probabilityPpm',
  );
  assert.equal(
    refused({ kind: 'to-probability', outcome: 0, probabilityPpm: 900_000, maxCostMicroUsd: 1n }),
    'market.limit-exceeded order.maxCostMicroUsd',
  );
});

test('to-probability ends within one part per million on the near side', () => {
  const up = traded({ kind: 'to-probability', outcome: 0, probabilityPpm: 600_000 });
  assert.equal(up.effect.pricePpm, 599_999);
  const again = up.next;
  assert.equal(
    refused({ kind: 'to-probability', outcome: 0, probabilityPpm: 600_000 }, again),
    'market.nothing-to-trade order.probabilityPpm',
  );
  const down = traded({ kind: 'to-probability', outcome: 0, probabilityPpm: 520_000 });
  assert.equal(down.effect.pricePpm, 520_000);
  assert.ok(down.effect.deltaMicroShares < 0n, 'it sells what is held');
});

test('downwards beyond what is held it buys the other of two outcomes, and is refused among more', () => {
  const { effect } = traded({ kind: 'to-probability', outcome: 0, probabilityPpm: 200_000 });
  assert.equal(effect.outcome, 1);
  assert.equal(effect.pricePpm, 799_999);
  assert.equal(
    refused({ kind: 'to-probability', outcome: 0, probabilityPpm: 100_000 }, three),
    'market.shares-exceeded order.probabilityPpm',
  );
});

test('spend buys all that the amount pays for, fee included', () => {
  const cases = fc.record({
    outcomes: fc.integer({ min: 2, max: 16 }),
    feePpm: fc.integer({ min: 0, max: 100_000 }),
    amountMicroUsd: fc.bigInt({ min: 3n, max: 90n * USD }),
  });
  fc.assert(
    fc.property(cases, ({ outcomes, feePpm, amountMicroUsd }) => {
      const state = after(opened({ outcomes, feePpm }), funding('ann', 100n));
      const { effect } = traded({ kind: 'spend', outcome: 1, amountMicroUsd }, state);
      assert.ok(effect.costMicroUsd + effect.feeMicroUsd <= amountMicroUsd);
      const more = quote(state, { kind: 'buy', outcome: 1, sharesMicroShares: effect.deltaMicroShares + 40n });
      assert.ok(more.ok && more.value.costMicroUsd + more.value.feeMicroUsd > amountMicroUsd - 2n);
    }),
    { numRuns: 100 },
  );
});

test('a quote is what the trade then costs', () => {
  const orders = fc.oneof(
    fc.record({
      kind: fc.constant('buy' as const),
      outcome: fc.integer({ min: 0, max: 1 }),
      sharesMicroShares: fc.bigInt({ min: 1n, max: 40n * USD }),
    }),
    fc.record({
      kind: fc.constant('sell' as const),
      outcome: fc.constant(0),
      sharesMicroShares: fc.bigInt({ min: 1n, max: 10n * USD }),
    }),
    fc.record({
      kind: fc.constant('to-probability' as const),
      outcome: fc.integer({ min: 0, max: 1 }),
      probabilityPpm: fc.integer({ min: 250_000, max: 750_000 }),
    }),
  );
  fc.assert(
    fc.property(orders, (order) => {
      const preview = quote(market, order, 'ann');
      assert.ok(preview.ok);
      const { next, effect } = traded(order);
      assert.equal(effect.costMicroUsd, preview.value.costMicroUsd);
      assert.equal(effect.deltaMicroShares, preview.value.deltaMicroShares);
      assert.equal(pricePpm(next.curve, effect.outcome), preview.value.pricePpm);
    }),
    { numRuns: 100 },
  );
});
