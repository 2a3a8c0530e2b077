import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OUTCOME } from '@surety/core';
import {
  after,
  ais,
  begun,
  CHALLENGER,
  ENOUGH,
  funding,
  PROPOSAL,
  people,
  playRound,
  USD,
  windowEnd,
} from '../test/support.ts';
import { type Case, type CourtPolicy, needOf, POLICIES } from './index.ts';

const BOND = 320n * USD;

/** A challenge of `0` that no AI panel of the default ladder is sure of. */
const unsure = (policy: Partial<CourtPolicy>): Case => {
  const terms = { policy: { ...POLICIES.oracle, ...policy }, bondMicroUsd: BOND, rewardMicroUsd: 0n };
  const challenged = after(begun(terms), funding('challenger', 1, ENOUGH, PROPOSAL.at + 60));
  const first = playRound(challenged, ais(14), () => OUTCOME.abstain);
  return playRound(first, ais(14), () => OUTCOME.abstain);
};

const called = (state: Case): Case => after(state, funding('challenger', 1, ENOUGH, windowEnd(state) - 1));
const ended = (state: Case): Case => after(state, { kind: 'advance', at: windowEnd(state) });
const bondOf = (state: Case): bigint => needOf(state, 1)!.bondMicroUsd;

test('the first call of people against what no panel ruled takes the multiple of all bonds; every other rung twice', () => {
  const stands = { unruled: 'stands', callMultiple: 7 } as const;
  const state = unsure(stands);
  assert.equal(bondOf(state), 7n * 3n * BOND);
  const nobodyCame = ended(called(state));
  assert.equal(bondOf(nobodyCame), 2n * 8n * 3n * BOND, 'people were called');
  const ruled = playRound(called(state), people(60), () => 0);
  assert.equal(bondOf(ruled), 2n * 8n * 3n * BOND, 'people ruled');
  assert.equal(bondOf(unsure({ ...stands, unruled: 'undecided' })), BOND, 'nothing stands');
});

test('a ruling of AI jurors is appealed for twice all bonds, also where a later AI panel had none', () => {
  const terms = { policy: { ...POLICIES.oracle, unruled: 'stands' } as const, bondMicroUsd: BOND };
  const challenged = after(begun(terms), funding('challenger', 1, ENOUGH, PROPOSAL.at + 60));
  const ruled = playRound(challenged, ais(14), () => 0);
  assert.equal(bondOf(ruled), 2n * 3n * BOND);
  const again = playRound(called(ruled), ais(14), () => OUTCOME.abstain);
  assert.equal(bondOf(again), 2n * 9n * BOND);
});

/** What the challenger has gained at the end, in dollars. */
const gained = (state: Case): number => {
  const shares = state.rungs.flatMap((rung) => rung.shares).filter(({ account }) => account === CHALLENGER);
  const paid = shares.reduce((sum, { amountMicroUsd }) => sum + amountMicroUsd, 0n);
  return Number((state.credits.get(CHALLENGER) ?? 0n) - paid) / 1e6;
};

/** How sure one has to be for a call to pay more than leaving it, with so much to gain by the outcome beside bonds. */
const breakEven = (callMultiple: number, stakeUsd: number): number => {
  const state = unsure({ unruled: 'stands', callMultiple });
  const left = gained(ended(state));
  const [right, wrong] = [1, 0].map((outcome) =>
    gained(ended(playRound(called(state), people(60), () => outcome))),
  ) as [number, number];
  assert.ok(right >= 0, 'who is right is made whole');
  assert.ok(left > -1, 'who leaves loses no bond, and pays AI seats alone');
  return (left - wrong) / (right + stakeUsd - wrong);
};

test('at six times people cost as much where no AI panel was sure as where both ruled and were appealed; by default more', () => {
  const terms = { policy: { ...POLICIES.oracle, unruled: 'stands' } as const, bondMicroUsd: BOND };
  const challenged = after(begun(terms), funding('challenger', 1, ENOUGH, PROPOSAL.at + 60));
  const ruled = playRound(called(playRound(challenged, ais(14), () => 0)), ais(14), () => 0);
  assert.equal(bondOf(unsure({ unruled: 'stands', callMultiple: 6 })), bondOf(ruled));
  assert.ok(bondOf(unsure({ unruled: 'stands' })) > bondOf(ruled));
});

test('a call pays above 80 % at twice all bonds and above 91 % at seven times, for a stake of half as much again as the least bond', () => {
  const at = (multiple: number): number => Math.round(1_000 * breakEven(multiple, 500));
  assert.deepEqual([2, 4, 7, 9].map(at), [804, 875, 919, 935]);
});
