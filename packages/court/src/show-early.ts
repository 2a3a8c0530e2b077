/** Whoever is shown a vote before it may be shown takes half of what the seller locked: a receipt for a vote is dangerous. */
import { credited, payouts } from './credits.ts';
import type { EventOf, Step } from './events.ts';
import { badAddress, outOfPhase, outOfTime } from './guards.ts';
import { opened } from './opening.ts';
import { accept, refused } from './problem.ts';
import { withSeat } from './seat-of.ts';
import type { Case } from './state.ts';

/**
 * Voids a vote whose opening is shown before the reveal phase. Half of the lock, rounded down, is the shower's and the rest is
 * burnt: if all of it were paid, a juror could save his stake by showing his own vote through a friend.
 */
export const showEarly = (state: Case, { at, by, juror, ...opening }: EventOf<'show-early'>): Step => {
  const wrong = outOfPhase(state, ['round'], 'Show it while the round runs.') ?? badAddress('by', by);
  if (wrong) return refused(wrong);
  const late = outOfTime(at, 0, state.rounds.at(-1)!.commitEndsAt, 'The time to show a vote early');
  if (late) return refused(late);
  const found = opened(state, juror, opening);
  if (!found.ok) return refused(found);
  const { lockedMicroUsd } = found.seat;
  const out = payouts();
  out.pay(by, lockedMicroUsd / 2n);
  out.burn(lockedMicroUsd - lockedMicroUsd / 2n);
  const seat = { ...found.seat, lockedMicroUsd: 0n, vote: { kind: 'shown', by } } as const;
  return accept(credited(withSeat(state, found.place, seat), out.done()));
};
