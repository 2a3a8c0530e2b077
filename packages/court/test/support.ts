/** Shared by the tests of this package, its vectors and its benchmarks. */
import assert from 'node:assert/strict';
import { addressOfBytes, keccak256, to0x, utf8 } from '@surety/core';
import {
  type Candidate,
  type Case,
  type CaseEffect,
  type CaseEvent,
  type CourtPolicy,
  commitmentOf,
  POLICIES,
  type Round,
  type RoundPolicy,
  step,
} from '../src/index.ts';

export const USD = 1_000_000n;

/** 32 bytes that a name stands for. */
export const hashOf = (name: string): string => to0x(keccak256(utf8(name)));

/** The address that a name stands for. */
export const account = (name: string): string => addressOfBytes(keccak256(utf8(name)).subarray(12));

export const ASKER = account('asker');
export const PROPOSER = account('proposer');
export const CHALLENGER = account('challenger');

/** The policy of oracles with a rounder least bond. */
export const ORACLE: CourtPolicy = { ...POLICIES.oracle, leastBondMicroUsd: 100n * USD };

export type Propose = Extract<CaseEvent, { kind: 'propose' }>;

export const PROPOSAL: Propose = {
  kind: 'propose',
  at: 1_000_000,
  caseId: hashOf('case'),
  chainId: 31_337n,
  court: account('court'),
  outcomes: 2,
  asker: ASKER,
  rewardMicroUsd: 5n * USD,
  policy: ORACLE,
  exclusionRoot: null,
  proposer: PROPOSER,
  outcome: 0,
  bondMicroUsd: 100n * USD,
};

/** AI candidates, each of a cluster and an operator of its own unless told. */
export const ais = (count: number, weightUsd = 1_000n): readonly Candidate[] =>
  Array.from({ length: count }, (_, i) => ({
    juror: account(`ai ${i}`),
    weight: weightUsd * USD,
    freeMicroUsd: weightUsd * USD,
    operator: `operator ${i}`,
    cluster: i + 1,
  }));

export const people = (count: number, weightUsd = 100n): readonly Candidate[] =>
  Array.from({ length: count }, (_, i) => ({
    juror: account(`person ${i}`),
    weight: weightUsd * USD,
    freeMicroUsd: weightUsd * USD,
    operator: '',
    cluster: 0,
  }));

/** The state after an event that must be accepted. */
export const accepted = (
  state: Case | undefined,
  event: CaseEvent,
): { readonly state: Case; readonly effects: readonly CaseEffect[] } => {
  const next = step(state, event);
  assert.equal(next.kind, 'accepted', next.kind === 'refused' ? `${event.kind}: ${next.problem.message}` : '');
  return next as Extract<typeof next, { kind: 'accepted' }>;
};

/** The state after several events that must be accepted. */
export const after = (state: Case | undefined, ...events: readonly CaseEvent[]): Case => {
  let last = state;
  for (const event of events) last = accepted(last, event).state;
  assert.ok(last);
  return last;
};

/** Code and field of a refusal. */
export const refusal = (state: Case | undefined, event: CaseEvent): string => {
  const next = step(state, event);
  assert.equal(next.kind, 'refused');
  return next.kind === 'refused' ? `${next.problem.code} ${next.problem.field}` : '';
};

export const begun = (changes: Partial<Propose> = {}): Case => after(undefined, { ...PROPOSAL, ...changes });

export const funding = (name: string, outcome: number | null, amountMicroUsd: bigint, at: number): CaseEvent => ({
  kind: 'fund',
  at,
  account: account(name),
  outcome,
  amountMicroUsd,
});

/** More than any rung asks. */
export const ENOUGH = 1_000_000n * USD;

export const lastRound = (state: Case): Round => state.rounds.at(-1)!;

export const rulesOf = (state: Case): RoundPolicy => state.terms.policy.rounds[lastRound(state).number - 1]!;

/** The opening of a juror's vote: its reading and salt follow from who votes, unless a reading is given. */
export const openingOf = (
  state: Case,
  juror: string,
  outcome: number,
  reading = hashOf(`reading of ${juror}`),
): { readonly outcome: number; readonly reading: string; readonly salt: string } => ({
  outcome,
  reading,
  salt: hashOf(`${state.terms.caseId} ${lastRound(state).number} ${juror}`),
});

export const committing = (state: Case, juror: string, outcome: number, at: number, reading?: string): CaseEvent => ({
  kind: 'commit',
  at,
  juror,
  commitment: commitmentOf(state.terms, lastRound(state).number, juror, openingOf(state, juror, outcome, reading)),
});

export const revealing = (state: Case, juror: string, outcome: number, at: number, reading?: string): CaseEvent => ({
  kind: 'reveal',
  at,
  juror,
  ...openingOf(state, juror, outcome, reading),
});

export const drawing = (state: Case, candidates: readonly Candidate[]): CaseEvent => ({
  kind: 'draw',
  at: lastRound(state).beaconAt,
  randomness: hashOf(`beacon ${state.terms.caseId} ${lastRound(state).number}`),
  source: 'drand',
  candidates,
});

/** Seats the open round, has the i-th seat vote (`null` stays away), and counts. */
export const playRound = (
  state: Case,
  candidates: readonly Candidate[],
  vote: (place: number, juror: string) => number | null,
): Case => {
  let now = after(state, drawing(state, candidates));
  const round = lastRound(now);
  const votes = round.seats.map(({ juror }, i) => [juror, vote(i, juror)] as const);
  for (const [juror, outcome] of votes) {
    if (outcome !== null) now = after(now, committing(now, juror, outcome, round.drawEndsAt));
  }
  for (const [juror, outcome] of votes) {
    if (outcome !== null) now = after(now, revealing(now, juror, outcome, round.commitEndsAt));
  }
  return after(now, { kind: 'advance', at: round.revealEndsAt });
};

/** A policy with its money or windows changed. */
export const withRounds = (change: (round: RoundPolicy, i: number) => Partial<RoundPolicy>): CourtPolicy => ({
  ...ORACLE,
  rounds: ORACLE.rounds.map((round, i) => ({ ...round, ...change(round, i) })),
});

/** The end of the window that the case is in. */
export const windowEnd = (state: Case): number =>
  'endsAt' in state.phase ? state.phase.endsAt : lastRound(state).revealEndsAt;
