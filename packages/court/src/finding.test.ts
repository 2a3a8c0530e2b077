import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overClaims } from '@surety/core';
import { after, ais, begun, ENOUGH, funding, ORACLE, PROPOSAL, playRound, USD, windowEnd } from '../test/support.ts';
import { bribePrice, findingOf, ladderOf, longestSeconds, POLICIES, priceOfNextRound } from './index.ts';

const T = PROPOSAL.at;

test('a finding says how many seats of how many operators said so, what that assumes, and that it is not the truth', () => {
  const ruled = playRound(after(begun(), funding('challenger', 1, ENOUGH, T)), ais(12), (i) => (i === 0 ? 0 : 1));
  assert.deepEqual(findingOf(ruled, T).proves, [], 'nothing before it is final');
  const found = findingOf(after(ruled, { kind: 'advance', at: windowEnd(ruled) }), T);
  assert.equal(found.holds, 'not-shown', 'that judges agree shows no answer to be right');
  assert.equal(found.proves[0]!.property, 'agreement');
  assert.match(
    found.summary,
    /^Final: outcome 1, by 2 of 3 AI jurors of 3 family clusters and 3 operators, drawn by drand/,
  );
  assert.ok(found.assumes.some((text) => /bribe of 2 jurors/.test(text)));
  assert.equal(found.doesNotProve[0], 'that the answer is true');
  assert.deepEqual(overClaims(found), []);
});

test('one operator is said to be one operator', () => {
  const policy = { ...ORACLE, operators: 'one' } as const;
  const pool = ais(9).map((one) => ({ ...one, operator: 'the house' }));
  const ruled = playRound(after(begun({ policy }), funding('challenger', 1, ENOUGH, T)), pool, () => 1);
  assert.ok(findingOf(ruled, T).assumes.includes('one operator runs all AI jurors of a panel'));
});

test('an unchallenged proposal shows nothing but that nobody challenged it', () => {
  const found = findingOf(after(begun(), { kind: 'advance', at: T + 7_200 }), T);
  assert.deepEqual(found.proves, []);
  assert.ok(found.doesNotProve.includes('that anybody looked'));
});

test('the price of a bribe: a majority, each promised more than fee, lock and share', () => {
  const { oracle } = POLICIES;
  assert.deepEqual(bribePrice(oracle, 1, 300n * USD), {
    seats: 2,
    perSeatMicroUsd: 500_001n,
    budgetMicroUsd: 1_000_002n,
  });
  // 15 people: 8 bribed, and 7 who share 450 dollars of the pot.
  assert.equal(bribePrice(oracle, 3, 900n * USD).perSeatMicroUsd, 20n * USD + (450n * USD) / 8n + 1n);
  const open = after(begun(), funding('challenger', 1, ENOUGH, T));
  assert.deepEqual(priceOfNextRound(open), bribePrice(oracle, 1, 300n * USD));
  const ruled = playRound(open, ais(12), () => 1);
  assert.deepEqual(priceOfNextRound(ruled), bribePrice(oracle, 2, 900n * USD));
  assert.equal(priceOfNextRound(after(ruled, { kind: 'advance', at: windowEnd(ruled) })), null);
});

test('the ladder and the latest end are known at the start', () => {
  const usd = ladderOf(POLICIES.oracle, 100n * USD).map(({ bondMicroUsd }) => bondMicroUsd / USD);
  assert.deepEqual(usd, [100n, 200n, 600n, 1_800n, 5_400n]);
  const fees = ladderOf(POLICIES.oracle, 100n * USD).map(({ feesMicroUsd }) => feesMicroUsd);
  assert.deepEqual(fees, [0n, 500_000n, 350_000n, 150n * USD, 310n * USD]);
  assert.equal(longestSeconds(POLICIES.oracle) / 3_600, 2 + 2 * 1.5 + 2 * 97 + 8 + 8 + 48);
});
