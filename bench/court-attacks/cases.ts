/** Cases in which the truth is outcome 1, the proposal says 0, and somebody tries to have it so; all steps by the real game. */
import { type Candidate, type Case, type CourtPolicy, POLICIES } from '../../packages/court/src/index.ts';
import {
  after,
  begun,
  committing,
  drawing,
  ENOUGH,
  funding,
  hashOf,
  lastRound,
  PROPOSAL,
  type Propose,
  revealing,
  USD,
} from '../../packages/court/test/support.ts';
import type { Figure } from '../figure.ts';

export const TRUTH = 1;
export const LIE = 0;

/** Who is drawn in AI rounds, and in people's. */
export type Jurors = { readonly ai: readonly Candidate[]; readonly people: readonly Candidate[] };

/** What a juror votes. */
export type Voter = (juror: string, round: number) => number | null;

/** A lie proposed with a bond, and challenged. */
export const disputed = (changes: Partial<Propose> = {}): Case =>
  after(
    begun({ rewardMicroUsd: 0n, outcome: LIE, ...changes }),
    funding('challenger', TRUTH, ENOUGH, PROPOSAL.at + 60),
  );

/** One round: drawn at its beacon, voted, and counted as soon as all is open. */
export const round = (state: Case, jurors: Jurors, vote: Voter): Case => {
  const { number } = lastRound(state);
  const ai = state.terms.policy.rounds[number - 1]!.jurors === 'ai';
  let now = after(state, drawing(state, ai ? jurors.ai : jurors.people));
  const { seats, drawEndsAt, commitEndsAt, revealEndsAt } = lastRound(now);
  const votes = seats.flatMap(({ juror }) => {
    const outcome = vote(juror, number);
    return outcome === null ? [] : [[juror, outcome] as const];
  });
  for (const [juror, outcome] of votes) now = after(now, committing(now, juror, outcome, drawEndsAt));
  for (const [juror, outcome] of votes) now = after(now, revealing(now, juror, outcome, commitEndsAt));
  return after(now, { kind: 'advance', at: votes.length === 0 ? revealEndsAt : commitEndsAt });
};

/** Whether the loser of a ruling goes on. */
export type Goes = (loser: number, state: Case) => boolean;

/** Plays a disputed case to its end; whoever goes on pays at the first moment of the window. */
export const ended = (start: Case, jurors: Jurors, vote: Voter, goes: Goes): Case => {
  let state = start;
  for (;;) {
    if (state.phase.kind === 'round') state = round(state, jurors, vote);
    else if (state.phase.kind === 'appealable' || state.phase.kind === 'funding') {
      const sides = state.phase.kind === 'funding' ? [TRUTH, LIE] : [state.phase.ruling === TRUTH ? LIE : TRUTH];
      const side = sides.find((one) => goes(one, state));
      const at = lastRound(state).commitEndsAt;
      state = after(
        state,
        side === undefined
          ? { kind: 'advance', at: state.phase.endsAt }
          : funding(side === TRUTH ? 'challenger' : 'proposer', side, ENOUGH, at),
      );
    } else return state;
  }
};

/** A disputed case whose panels rule by turns, the loser appealing, until round `number` has opened. */
export const calledTo = (number: number, jurors: Jurors): Case => {
  let state = disputed();
  while (state.rounds.length < number) {
    const ruling = state.rounds.length % 2;
    state = round(state, jurors, () => ruling);
    const who = ruling === TRUTH ? 'proposer' : 'challenger';
    state = after(state, funding(who, 1 - ruling, ENOUGH, lastRound(state).commitEndsAt));
  }
  return state;
};

/** What an account has in the end, less what it paid into rungs, in USD. */
export const netUsd = (state: Case, who: string): number => {
  const paid = state.rungs
    .flatMap(({ shares }) => shares)
    .reduce((sum, { account, amountMicroUsd }) => (account === who ? sum + amountMicroUsd : sum), 0n);
  return Number((state.credits.get(who) ?? 0n) - paid) / Number(USD);
};

/** The same policy with the fee of people's seats, and with it their lock, changed. */
export const withPeopleFee = (usd: bigint): CourtPolicy => ({
  ...POLICIES.oracle,
  rounds: POLICIES.oracle.rounds.map((one) =>
    one.jurors === 'people' ? { ...one, feePerSeatMicroUsd: usd * USD, absenceMicroUsd: (usd * USD) / 2n } : one,
  ),
});

/** Another case each time, so that other panels are drawn. */
export const named = (i: number): Partial<Propose> => ({ caseId: hashOf(`attack ${i}`) });

/** Lines of the output. */
export const stated = (name: string, value: number | null, unit: string, peer = ''): Figure => ({
  name,
  value,
  unit,
  goal: '',
  holds: null,
  peer,
});

export const held = (name: string, value: number, unit: string, goal: string, holds: boolean, peer = ''): Figure => ({
  name,
  value,
  unit,
  goal,
  holds,
  peer,
});
