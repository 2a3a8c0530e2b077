/** How a panel is called. */
import type { CaseEffect } from './events.ts';
import type { Case, Round } from './state.ts';

/** When a round starts by schedule, when the step that starts it is taken, and the rung that pays its panel. */
export type Opening = { readonly opensAt: number; readonly at: number; readonly paidBy: number };

/**
 * The case with its next round open. Windows run from `opensAt`, so that a late step extends nothing; the beacon lies ahead of
 * the step itself, so that nobody knows it while the snapshot can still change.
 */
export const openRound = (
  state: Case,
  { opensAt, at, paidBy }: Opening,
): { readonly state: Case; readonly effects: readonly CaseEffect[] } => {
  const { policy } = state.terms;
  const number = state.rounds.length + 1;
  const { drawSeconds, commitSeconds, revealSeconds } = policy.rounds[number - 1]!;
  const round: Round = {
    number,
    paidBy,
    opensAt,
    beaconAt: at + policy.beaconDelaySeconds,
    drawEndsAt: opensAt + drawSeconds,
    commitEndsAt: opensAt + drawSeconds + commitSeconds,
    revealEndsAt: opensAt + drawSeconds + commitSeconds + revealSeconds,
    beacon: null,
    candidates: [],
    nextTicket: 0,
    seats: [],
    struck: [],
    result: { kind: 'open' },
  };
  return {
    state: { ...state, phase: { kind: 'round' }, rounds: [...state.rounds, round] },
    effects: [{ kind: 'round-opened', round: number, beaconAt: round.beaconAt }],
  };
};
