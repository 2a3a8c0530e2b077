/** Rounds of people drawn one ticket a person: no stake, no lock, and the same votes and pay. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  accepted,
  after,
  ais,
  begun,
  CHALLENGER,
  drawing,
  ENOUGH,
  funding,
  lastRound,
  PROPOSAL,
  people,
  playRound,
  refusal,
  USD,
  windowEnd,
  withRounds,
} from '../test/support.ts';
import { type Candidate, type Case, heldMicroUsd } from './index.ts';

const BY_PERSON = withRounds(({ jurors }) => (jurors === 'people' ? { lossToGain: 0, absenceMicroUsd: 0n } : {}));
const persons = (count: number): readonly Candidate[] =>
  people(count).map((one) => ({ ...one, weight: 1n, freeMicroUsd: 0n }));

/** People have been called, by the challenger. */
const called = (): Case => {
  let state = after(begun({ policy: BY_PERSON }), funding('challenger', 1, ENOUGH, PROPOSAL.at + 60));
  state = playRound(
    playRound(state, ais(12), () => 252),
    ais(12),
    () => 252,
  );
  return after(state, funding('challenger', 1, ENOUGH, windowEnd(state) - 1));
};

test('only people can be drawn without a lock, and nobody of them is fined', () => {
  const ai = withRounds(({ jurors }) => (jurors === 'ai' ? { lossToGain: 0, absenceMicroUsd: 0n } : {}));
  assert.equal(refusal(undefined, { ...PROPOSAL, policy: ai }), 'input.out-of-range policy.rounds.0.lossToGain');
  const fined = withRounds(({ jurors }) => (jurors === 'people' ? { lossToGain: 0, absenceMicroUsd: 1n } : {}));
  assert.equal(
    refusal(undefined, { ...PROPOSAL, policy: fined }),
    'input.out-of-range policy.rounds.2.absenceMicroUsd',
  );
});

test('no candidate weighs more than one person, so that money buys no seat', () => {
  const heavy = persons(60).with(7, { ...persons(8)[7]!, weight: 2n });
  assert.equal(refusal(called(), drawing(called(), heavy)), 'input.out-of-range candidates.7.weight');
  const unshown = persons(60).with(7, { ...persons(8)[7]!, weight: 0n });
  const { state, effects } = accepted(called(), drawing(called(), unshown));
  assert.equal(lastRound(state).seats.length, 15);
  assert.deepEqual(effects, [], 'nothing is locked');
});

test('votes pay as elsewhere, a wrong one and absence cost nothing, and every base unit is accounted for', () => {
  const state = called();
  // Ten for the challenger, three against, one says nothing, and one stays away.
  const vote = (i: number): number | null => (i < 10 ? 1 : i < 13 ? 0 : i === 13 ? 252 : null);
  const ruled = playRound(state, persons(60), vote);
  const end = after(ruled, { kind: 'advance', at: windowEnd(ruled) });
  assert.deepEqual(end.phase, { kind: 'final', outcome: 1 });
  const { seats } = lastRound(ruled);
  for (const [i, { juror, lockedMicroUsd }] of seats.entries()) {
    assert.equal(lockedMicroUsd, 0n);
    assert.equal(end.credits.get(juror) ?? 0n, i < 10 ? 10n * USD : 0n);
  }
  assert.equal(
    heldMicroUsd(end),
    [...end.credits.values()].reduce((sum, amount) => sum + amount, 0n) + end.burntMicroUsd,
  );
  assert.ok(end.credits.get(CHALLENGER)! > 0n);
});
