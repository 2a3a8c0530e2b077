import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OUTCOME } from '../../packages/core/src/index.ts';
import type { Case } from '../../packages/court/src/index.ts';
import { after, begun, ENOUGH, funding, PROPOSAL, playRound } from '../../packages/court/test/support.ts';
import { confidenceAfter } from './evidence.ts';
import { type Pools, poolsOf } from './pools.ts';
import { type World, worldOf } from './world.ts';

/** Votes on half of what is so by outcome 0 and, one time in ten, on what is not. */
const WARNS = [
  { right: 0.5, wrong: 0 },
  { right: 0, wrong: 0.1 },
] as const;

const worldWith = (correlation: number): World =>
  worldOf(
    [1, 2, 3].map((cluster) => ({ name: `family ${cluster}`, cluster, chances: WARNS })),
    correlation,
  );

/** A case in which three seats said so; `null` stays away. */
const said = (pools: Pools, votes: readonly (number | null)[]): Case => {
  const challenged = after(begun(), funding('challenger', 1, ENOUGH, PROPOSAL.at + 60));
  return playRound(challenged, pools.ai, (i) => votes[i]!);
};

/** Odds of a side that believed in even ones. */
const odds = (outcome: number, votes: readonly (number | null)[], correlation = 0): number => {
  const world = worldWith(correlation);
  const pools = poolsOf(world);
  const sure = confidenceAfter({ outcome, confidence: 0.5, budgetUsd: null }, said(pools, votes), world, pools);
  return Number((sure / (1 - sure)).toFixed(3));
};

test('a vote counts by the record of its family, and so does silence', () => {
  assert.equal(odds(0, [0, null, null]), 5, 'half against a tenth');
  assert.equal(odds(0, [OUTCOME.abstain, null, null]), 0.556, 'silent on half of what it should warn of');
  assert.equal(odds(1, [OUTCOME.abstain, null, null]), 1.8);
  assert.equal(odds(0, [null, null, null]), 1, 'who is absent says nothing');
  assert.equal(odds(0, [0, 0, 0]), 125, 'errors apart');
});

test('errors that go together count once', () => {
  assert.equal(odds(0, [0, 0, 0], 1), 5);
  assert.equal(odds(0, [0, null, null], 1), 5);
});
