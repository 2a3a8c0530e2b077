import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepted, after, buying, funding, opened, ordering, refusal, selling, TERMS, USD } from '../test/support.ts';
import { accountOf, MARKET_LIMITS, pricePpm, step, totalValue } from './index.ts';

const funded = after(opened(), funding('ann', 100n), funding('bob', 100n));
const traded = after(funded, buying('ann', 0, 30n * USD), buying('bob', 1, 10n * USD));
const closed = after(traded, { kind: 'close', at: 1_000 });

test('a market opens at even prices with the subsidy in it', () => {
  const market = opened();
  assert.equal(pricePpm(market.curve, 0), 500_000);
  assert.equal(totalValue(market), 50n * USD);
  assert.equal(market.phase.kind, 'open');
});

test('a buy moves money to the maker, shares to the trader and the price up', () => {
  const { state, effects } = accepted(funded, buying('ann', 0, 30n * USD));
  const [effect] = effects;
  assert.deepEqual(effect, {
    kind: 'traded',
    trade: 1,
    account: 'ann',
    outcome: 0,
    deltaMicroShares: 30n * USD,
    costMicroUsd: 16_548_470n,
    feeMicroUsd: 0n,
    pricePpm: 602_498,
  });
  assert.equal(state.makerMicroUsd, 50n * USD + 16_548_470n);
  assert.deepEqual(accountOf(state, 'ann')?.shares, [30n * USD, 0n]);
  assert.equal(accountOf(state, 'ann')?.budgetMicroUsd, 100n * USD - 16_548_470n);
});

test('earlier states stay as they were, on both branches of a fork', () => {
  const left = after(funded, funding('cid', 1n), buying('ann', 0, USD));
  const right = after(funded, funding('dora', 2n), buying('ann', 1, USD));
  assert.equal(accountOf(funded, 'cid'), undefined);
  assert.equal(accountOf(left, 'dora'), undefined);
  assert.equal(accountOf(right, 'cid'), undefined);
  assert.equal(accountOf(right, 'dora')?.budgetMicroUsd, 2n * USD);
  assert.deepEqual(accountOf(left, 'ann')?.shares, [USD, 0n]);
  assert.deepEqual(accountOf(right, 'ann')?.shares, [0n, USD]);
  assert.deepEqual(accountOf(funded, 'ann')?.shares, [0n, 0n]);
});

test('a ruling pays one dollar a winning share and the rest to the asker', () => {
  const { state, effects } = accepted(after(closed, { kind: 'resolve', outcome: 0, decidedBy: 'official-record:1' }), {
    kind: 'settle',
  });
  const paid = new Map(
    effects.map((effect) => (effect.kind === 'pay' ? [effect.account, effect.amountMicroUsd] : ['', 0n])),
  );
  const ann = accountOf(closed, 'ann')!;
  const bob = accountOf(closed, 'bob')!;
  assert.equal(paid.get('ann'), ann.budgetMicroUsd + 30n * USD);
  assert.equal(paid.get('bob'), bob.budgetMicroUsd);
  assert.equal(paid.get('asker'), closed.makerMicroUsd - 30n * USD);
  assert.equal(
    [...paid.values()].reduce((a, b) => a + b),
    totalValue(closed),
  );
  assert.equal(totalValue(state), 0n);
});

test('undecided unwinds: everyone gets back what they put in, fees and trading gains included', () => {
  const market = after(
    opened({ feePpm: 10_000 }),
    funding('ann', 100n),
    funding('bob', 100n),
    buying('ann', 0, 30n * USD),
    buying('bob', 0, 60n * USD),
    selling('ann', 0, 30n * USD),
  );
  assert.ok(accountOf(market, 'ann')!.budgetMicroUsd > 100n * USD, 'ann sold at a gain');
  const { effects } = accepted(
    after(market, { kind: 'close', at: 1_000 }, { kind: 'resolve', outcome: 'undecided', decidedBy: 'panel' }),
    { kind: 'settle' },
  );
  assert.deepEqual(effects, [
    { kind: 'pay', account: 'ann', amountMicroUsd: 100n * USD, reason: 'refund' },
    { kind: 'pay', account: 'bob', amountMicroUsd: 100n * USD, reason: 'refund' },
    { kind: 'pay', account: 'asker', amountMicroUsd: 50n * USD, reason: 'subsidy' },
  ]);
});

test('fees are charged on top, rounded up, and paid to their recipient', () => {
  const market = after(opened({ feePpm: 10_000 }), funding('ann', 100n));
  const { state, effects } = accepted(market, buying('ann', 0, 30n * USD));
  assert.equal(effects[0]!.kind === 'traded' && effects[0]!.feeMicroUsd, 165_485n);
  assert.equal(state.feesMicroUsd, 165_485n);
  const { effects: payments } = accepted(
    after(state, { kind: 'close', at: 1_000 }, { kind: 'resolve', outcome: 1, decidedBy: 'x' }),
    { kind: 'settle' },
  );
  assert.ok(payments.some((one) => one.kind === 'pay' && one.account === 'house' && one.amountMicroUsd === 165_485n));
});

test('only unspent deposit can be withdrawn, not a gain that an undecided market takes back', () => {
  const gained = after(funded, buying('ann', 0, 30n * USD), buying('bob', 0, 60n * USD), selling('ann', 0, 30n * USD));
  const budget = accountOf(gained, 'ann')!.budgetMicroUsd;
  assert.equal(
    refusal(gained, { kind: 'withdraw', account: 'ann', amountMicroUsd: budget }),
    'input.out-of-range amountMicroUsd',
  );
  const { state, effects } = accepted(gained, { kind: 'withdraw', account: 'ann', amountMicroUsd: 100n * USD });
  assert.deepEqual(effects, [{ kind: 'pay', account: 'ann', amountMicroUsd: 100n * USD, reason: 'withdrawal' }]);
  assert.equal(totalValue(state), totalValue(gained) - 100n * USD);
});

test('the exploit of 18-decimal markets: 3,000 shares that push the other price to zero are refused', () => {
  const rich = after(opened(), funding('eve', 1_000_000n));
  assert.equal(refusal(rich, buying('eve', 0, 3_000n * USD)), 'market.price-floor order.sharesMicroShares');
  // As far as the floor allows, the other side still costs something.
  const far = after(rich, buying('eve', 0, 1_490n * USD));
  const other = step(far, buying('eve', 1, 3_000n * USD));
  assert.equal(other.kind, 'refused', 'and it pushes back no further than the floor');
  const { effects } = accepted(far, buying('eve', 1, 1n));
  assert.equal(effects[0]!.kind === 'traded' && effects[0]!.costMicroUsd, 1n);
  const { effects: swing } = accepted(far, buying('eve', 1, 2_900n * USD));
  assert.ok(
    swing[0]!.kind === 'traded' && swing[0]!.costMicroUsd >= 1_410n * USD,
    'both sides cost a dollar a pair, less the subsidy',
  );
});

test('events outside their phase or time are refused by name', () => {
  const resolved = after(closed, { kind: 'resolve', outcome: 1, decidedBy: 'court' });
  const settled = after(resolved, { kind: 'settle' });
  const evidence = { kind: 'attach-evidence', account: 'ann', evidenceId: 'e1' } as const;
  assert.equal(refusal(undefined, { kind: 'settle' }), 'market.not-open phase');
  assert.equal(refusal(funded, { kind: 'open', ...TERMS }), 'market.exists claimId');
  assert.equal(
    refusal(funded, ordering('ann', { kind: 'buy', outcome: 0, sharesMicroShares: 1n }, 1_000)),
    'market.past-deadline at',
  );
  assert.equal(refusal(funded, { kind: 'close', at: 999 }), 'market.before-deadline at');
  assert.equal(refusal(funded, { kind: 'resolve', outcome: 0, decidedBy: 'x' }), 'market.wrong-phase phase');
  assert.equal(refusal(funded, { kind: 'settle' }), 'market.wrong-phase phase');
  assert.equal(refusal(closed, buying('ann', 0, 1n)), 'market.not-open phase');
  assert.equal(refusal(closed, funding('ann', 1n)), 'market.not-open phase');
  assert.equal(refusal(closed, { ...evidence, at: 1 }), 'market.not-open phase');
  assert.equal(refusal(closed, { kind: 'resolve', outcome: 2, decidedBy: 'x' }), 'market.unknown-outcome outcome');
  assert.equal(refusal(closed, { kind: 'resolve', outcome: 0, decidedBy: '' }), 'input.empty decidedBy');
  assert.equal(refusal(settled, { kind: 'settle' }), 'market.wrong-phase phase');
  assert.equal(refusal(settled, { kind: 'resolve', outcome: 0, decidedBy: 'x' }), 'market.wrong-phase phase');
});

test('a later ruling replaces an earlier one until the market is settled', () => {
  const overruled = after(
    closed,
    { kind: 'resolve', outcome: 1, decidedBy: 'panel' },
    { kind: 'resolve', outcome: 0, decidedBy: 'people' },
  );
  assert.deepEqual(overruled.phase, { kind: 'resolved', ruling: { outcome: 0, decidedBy: 'people' } });
});

test('evidence is recorded once per account, up to its limit', () => {
  const one = { kind: 'attach-evidence', account: 'ann', evidenceId: 'e', at: 1 } as const;
  const with1 = after(funded, one, { ...one, account: 'bob' });
  assert.deepEqual(with1.evidence, [
    { account: 'ann', evidenceId: 'e' },
    { account: 'bob', evidenceId: 'e' },
  ]);
  assert.equal(refusal(with1, one), 'market.duplicate-evidence evidenceId');
  let full = funded;
  for (let k = 0; k < MARKET_LIMITS.evidence; k += 1) full = after(full, { ...one, evidenceId: `e${k}` });
  assert.equal(refusal(full, one), 'market.full evidenceId');
});

test('terms and amounts outside their limits are refused by name', () => {
  const opening = (terms: object) => refusal(undefined, { kind: 'open', ...TERMS, ...terms });
  assert.equal(opening({ outcomes: 1 }), 'input.out-of-range outcomes');
  assert.equal(opening({ subsidyMicroUsd: 999n }), 'input.out-of-range subsidyMicroUsd');
  assert.equal(opening({ subsidyMicroUsd: -1n }), 'input.out-of-range subsidyMicroUsd');
  assert.equal(opening({ feePpm: 100_001 }), 'input.out-of-range feePpm');
  assert.equal(opening({ closesAt: 1.5 }), 'input.out-of-range closesAt');
  assert.equal(opening({ claimId: '' }), 'input.empty claimId');
  assert.equal(opening({ subsidyPayer: 'x'.repeat(129) }), 'input.too-large subsidyPayer');
  const fund = (amountMicroUsd: bigint) => refusal(funded, { kind: 'fund', account: 'ann', amountMicroUsd });
  assert.equal(fund(0n), 'amount.negative amountMicroUsd');
  assert.equal(fund(-1n), 'amount.negative amountMicroUsd');
  assert.equal(fund(MARKET_LIMITS.depositMicroUsd), 'input.out-of-range amountMicroUsd');
  assert.equal(
    refusal(funded, { kind: 'withdraw', account: 'zoe', amountMicroUsd: 1n }),
    'market.unknown-account account',
  );
  assert.equal(refusal(funded, buying('zoe', 0, 1n)), 'market.unknown-account account');
});
