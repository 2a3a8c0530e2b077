import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { after, funding, opened, ordering, USD } from '../test/support.ts';
import { accountOf, beliefOrder, kellyMicroShares, kellyOrder, type Market, pricePpm, type Stance } from './index.ts';

type Player = { readonly account: string; readonly stance: Stance };

const player = (account: string, beliefPpm: number, dollars: bigint): Player => ({
  account,
  stance: { outcome: 0, beliefPpm, wealthMicroUsd: dollars * USD },
});

/** Lets players take turns until nobody wants to trade. */
const takeTurns = (start: Market, players: readonly Player[], strategy: typeof kellyOrder, rounds = 200): Market => {
  let state = start;
  for (let round = 0; round < rounds; round += 1) {
    let traded = false;
    for (const { account, stance } of players) {
      const order = strategy(state.curve, accountOf(state, account)!, stance, { leastMovePpm: 5 });
      if (order === null) continue;
      state = after(state, ordering(account, order));
      traded = true;
    }
    if (!traded) return state;
  }
  return state;
};

const funded = (players: readonly Player[], dollars: bigint): Market =>
  after(opened(), ...players.map(({ account }) => funding(account, dollars)));

test('a player holds what fractional Kelly calls for at the price it leaves behind', () => {
  const ann = player('ann', 800_000, 1_000n);
  const state = takeTurns(funded([ann], 1_000n), [ann], kellyOrder);
  const price = pricePpm(state.curve, 0);
  assert.ok(price > 500_000 && price < 800_000);
  const held = accountOf(state, 'ann')!.shares[0]!;
  const wanted = kellyMicroShares(ann.stance, price, 100_000);
  assert.ok(held <= wanted + 2_000n && held >= wanted - 2_000n, `${held} against ${wanted}`);
});

test('going short of two outcomes buys the other', () => {
  const bob = player('bob', 200_000, 1_000n);
  const state = takeTurns(funded([bob], 1_000n), [bob], kellyOrder);
  assert.ok(pricePpm(state.curve, 0) < 500_000);
  assert.equal(accountOf(state, 'bob')!.shares[0], 0n);
});

test('the equilibrium does not depend on who moves last, and lies nearer to the wealthier belief', () => {
  const crowd = [player('ann', 900_000, 3_000n), player('bob', 300_000, 1_000n), player('cid', 600_000, 1_000n)];
  const prices = [crowd, crowd.toReversed()].map((players) =>
    pricePpm(takeTurns(funded(players, 5_000n), players, kellyOrder).curve, 0),
  );
  assert.ok(Math.abs(prices[0]! - prices[1]!) < 500, prices.join());
  const mean = (900_000 * 3 + 300_000 + 600_000) / 5;
  assert.ok(prices[0]! > 600_000 && prices[0]! < mean, 'between the even start and the wealth-weighted mean');
});

test('betting to belief, the last mover wins', () => {
  const crowd = [player('ann', 900_000, 3_000n), player('bob', 300_000, 1_000n)];
  const price = (players: readonly Player[]): number =>
    pricePpm(takeTurns(funded(players, 5_000n), players, beliefOrder, 1).curve, 0);
  assert.ok(Math.abs(price(crowd) - 300_000) < 10);
  assert.ok(Math.abs(price(crowd.toReversed()) - 900_000) < 10);
});

test('every order that a strategy gives is one that the market accepts', () => {
  const stances = fc.record({
    outcomes: fc.integer({ min: 2, max: 5 }),
    beliefPpm: fc.integer({ min: 0, max: 1_000_000 }),
    wealth: fc.bigInt({ min: 1n, max: 1_000_000n * USD }),
    budget: fc.bigInt({ min: 1n, max: 100n }),
    feePpm: fc.constantFrom(0, 10_000),
    strategy: fc.constantFrom(kellyOrder, beliefOrder),
  });
  fc.assert(
    fc.property(stances, ({ outcomes, beliefPpm, wealth, budget, feePpm, strategy }) => {
      const state = after(
        opened({ outcomes, feePpm }),
        funding('ann', budget),
        funding('bob', 1_000n),
        ordering('bob', { kind: 'to-probability', outcome: 0, probabilityPpm: 700_000 }),
      );
      const stance = { outcome: 0, beliefPpm, wealthMicroUsd: wealth };
      const order = strategy(state.curve, accountOf(state, 'ann')!, stance, { feePpm });
      if (order !== null) after(state, ordering('ann', order));
    }),
    { numRuns: 150 },
  );
});
