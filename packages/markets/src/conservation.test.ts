import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { opened, USD } from '../test/support.ts';
import { decodeMarket, eachAccount, encodeMarket, type Market, type MarketEvent, step, totalValue } from './index.ts';

/** Value that an event brings in. */
const inflow = (event: MarketEvent): bigint => (event.kind === 'fund' ? event.amountMicroUsd : 0n);

/** Runs events through the real game and checks after every one that nothing appeared or vanished. */
const drive = (start: Market, events: readonly MarketEvent[]): Market => {
  let state = start;
  for (const event of events) {
    const before = totalValue(state);
    const next = step(state, event);
    if (next.kind === 'refused') {
      assert.equal(totalValue(state), before, 'a refusal changes nothing');
      continue;
    }
    let outflow = 0n;
    for (const effect of next.effects) {
      if (effect.kind !== 'pay') continue;
      assert.ok(effect.amountMicroUsd > 0n);
      outflow += effect.amountMicroUsd;
    }
    assert.equal(totalValue(next.state), before + inflow(event) - outflow, event.kind);
    state = next.state;
    for (const holder of eachAccount(state.accounts)) {
      assert.ok(holder.budgetMicroUsd >= 0n && holder.depositedMicroUsd >= 0n);
      for (const held of holder.shares) assert.ok(held >= 0n);
    }
    for (const owed of state.curve.quantities)
      if (state.phase.kind !== 'settled') assert.ok(owed <= state.makerMicroUsd, 'the maker can pay every outcome');
    const read = decodeMarket(JSON.parse(JSON.stringify(encodeMarket(state))));
    assert.ok(read.ok, read.ok ? '' : read.problem.message);
    assert.deepEqual(encodeMarket(read.value), encodeMarket(state));
    assert.deepEqual(read.value.curve, state.curve, 'the curve is derived from the quantities');
  }
  return state;
};

const ACCOUNTS = ['ann', 'bob', 'cid'];

const events = (outcomes: number): fc.Arbitrary<MarketEvent> => {
  const account = fc.constantFrom(...ACCOUNTS);
  const outcome = fc.integer({ min: 0, max: outcomes - 1 });
  const shares = fc.bigInt({ min: 1n, max: 100n * USD });
  const at = fc.constant(1);
  const order = fc.oneof(
    fc.record({ kind: fc.constant('buy' as const), outcome, sharesMicroShares: shares }),
    fc.record({ kind: fc.constant('sell' as const), outcome, sharesMicroShares: shares }),
    fc.record({ kind: fc.constant('spend' as const), outcome, amountMicroUsd: shares }),
    fc.record({
      kind: fc.constant('to-probability' as const),
      outcome,
      probabilityPpm: fc.integer({ min: 1, max: 999_999 }),
    }),
  );
  return fc.oneof(
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('fund' as const), account, amountMicroUsd: shares }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), account, amountMicroUsd: shares }) },
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('order' as const), account, order, at }) },
  );
};

const ending = (outcome: number | 'undecided'): MarketEvent[] => [
  { kind: 'close', at: 1_000 },
  { kind: 'resolve', outcome, decidedBy: 'test' },
  { kind: 'settle' },
];

test('grid: every outcome count, fee and ruling conserves value through a full life', () => {
  const funds: MarketEvent[] = ACCOUNTS.map((account) => ({ kind: 'fund', account, amountMicroUsd: 70n * USD }));
  for (const outcomes of [2, 3, 7, 16])
    for (const feePpm of [0, 1, 20_000])
      for (const ruling of [0, outcomes - 1, 'undecided'] as const) {
        const trades = ACCOUNTS.flatMap((account, k): MarketEvent[] => [
          {
            kind: 'order',
            account,
            at: 1,
            order: { kind: 'buy', outcome: k % outcomes, sharesMicroShares: 33n * USD + 1n },
          },
          { kind: 'order', account, at: 2, order: { kind: 'spend', outcome: outcomes - 1, amountMicroUsd: 7n * USD } },
          {
            kind: 'order',
            account,
            at: 3,
            order: { kind: 'sell', outcome: k % outcomes, sharesMicroShares: 5n * USD },
          },
          { kind: 'order', account, at: 4, order: { kind: 'to-probability', outcome: 0, probabilityPpm: 400_000 } },
        ]);
        const end = drive(opened({ outcomes, feePpm }), [...funds, ...trades, ...ending(ruling)]);
        assert.equal(end.phase.kind, 'settled');
        assert.equal(totalValue(end), 0n);
      }
});

test('random lives conserve value after every event, whatever the ruling', () => {
  const lives = fc
    .record({
      outcomes: fc.integer({ min: 2, max: 6 }),
      feePpm: fc.constantFrom(0, 3, 100_000),
      subsidyMicroUsd: fc.bigInt({ min: 1_000n, max: 1_000n * USD }),
    })
    .chain((terms) =>
      fc.record({
        terms: fc.constant(terms),
        events: fc.array(events(terms.outcomes), { maxLength: 60 }),
        ruling: fc.oneof(fc.constant('undecided' as const), fc.integer({ min: 0, max: terms.outcomes - 1 })),
      }),
    );
  fc.assert(
    fc.property(lives, ({ terms, events: life, ruling }) => {
      assert.equal(totalValue(drive(opened(terms), [...life, ...ending(ruling)])), 0n);
    }),
    { numRuns: 120 },
  );
});
