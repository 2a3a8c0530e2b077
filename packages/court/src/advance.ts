/** What is due is done: votes are counted, windows end. Anybody can take this step, so no case waits for anybody. */
import { sayingsOf } from './answer.ts';
import { withoutPots } from './credits.ts';
import type { CaseEffect, EventOf, Step } from './events.ts';
import { outOfPhase, outOfTime } from './guards.ts';
import { openRound } from './open-round.ts';
import { accept, refused } from './problem.ts';
import { settle } from './settle.ts';
import type { Case, Phase, Round } from './state.ts';
import { rulingOf } from './tally.ts';

const ended = (state: Case, outcome: number | null, effects: readonly CaseEffect[] = []): Step => {
  const phase: Phase = outcome === null ? { kind: 'undecided' } : { kind: 'final', outcome };
  return accept(settle({ ...withoutPots(state), phase }), [...effects, { kind: 'ended', outcome }]);
};

/**
 * After a round without a ruling: the next AI round by itself, people once they are paid, and nobody guesses. Where the policy
 * lets an answer stand, whoever is against it appeals as against a ruling, and the last panel ends it: a panel that nobody sits
 * in would else void the answer for nothing.
 */
const unruled = (state: Case, round: Round, endsAt: number, at: number, said: CaseEffect): Step => {
  const { rounds, unruled: rule } = state.terms.policy;
  const next = rounds[round.number];
  const stands = rule === 'stands' ? sayingsOf(state).at(-1)!.outcome : null;
  if (next === undefined) return ended(state, stands, [said]);
  if (next.jurors === 'people') {
    const until = endsAt + rounds[round.number - 1]!.appealSeconds;
    const phase: Phase =
      stands === null ? { kind: 'funding', endsAt: until } : { kind: 'appealable', endsAt: until, ruling: stands };
    return accept({ ...state, phase }, [said]);
  }
  // The rung that called the first round has paid for every AI round.
  const opened = openRound(state, { opensAt: endsAt, at, paidBy: 1 });
  return accept(opened.state, [said, ...opened.effects]);
};

const counted = (state: Case, at: number): Step => {
  const round = state.rounds.at(-1)!;
  const pending = round.seats.some(({ commitment, vote }) => commitment !== null && vote.kind === 'none');
  const early = outOfTime(at, pending ? round.revealEndsAt : round.commitEndsAt, Number.POSITIVE_INFINITY, 'The count');
  if (early) return refused(early);
  const rules = state.terms.policy.rounds[round.number - 1]!;
  const outcome = rulingOf(round, rules.quorum);
  const result = outcome === null ? ({ kind: 'none' } as const) : ({ kind: 'ruled', outcome } as const);
  const next: Case = { ...state, rounds: state.rounds.with(-1, { ...round, result, candidates: [] }) };
  const said: CaseEffect = { kind: 'ruled', round: round.number, outcome };
  const endsAt = Math.min(at, round.revealEndsAt);
  if (outcome === null) return unruled(next, round, endsAt, at, said);
  if (round.number === state.terms.policy.rounds.length) return ended(next, outcome, [said]);
  return accept({ ...next, phase: { kind: 'appealable', endsAt: endsAt + rules.appealSeconds, ruling: outcome } }, [
    said,
  ]);
};

/** Counts a round that is over, or ends a window that nobody used. */
export const advance = (state: Case, { at }: EventOf<'advance'>): Step => {
  const wrong = outOfPhase(state, ['proposed', 'round', 'appealable', 'funding'], 'Nothing needs to be done.');
  if (wrong) return refused(wrong);
  const { phase } = state;
  if (!('endsAt' in phase)) return counted(state, at);
  const early = outOfTime(at, phase.endsAt, Number.POSITIVE_INFINITY, 'The end of the window');
  if (early) return refused(early);
  const outcome =
    phase.kind === 'proposed' ? state.rungs[0]!.outcome : phase.kind === 'appealable' ? phase.ruling : null;
  return ended(state, outcome);
};
