/** A seated juror commits to a vote. */

import type { EventOf, Step } from './events.ts';
import { badHash, outOfPhase, outOfTime } from './guards.ts';
import { accept, no, refused } from './problem.ts';
import { seatOf, withSeat } from './seat-of.ts';
import type { Case } from './state.ts';

/** Takes one commitment of each seat, for good. */
export const commit = (state: Case, { at, juror, commitment }: EventOf<'commit'>): Step => {
  const wrong = outOfPhase(state, ['round'], 'Commit when you have been drawn.') ?? badHash('commitment', commitment);
  if (wrong) return refused(wrong);
  const round = state.rounds.at(-1)!;
  const untimely = outOfTime(at, round.drawEndsAt, round.commitEndsAt, 'The time to commit');
  if (untimely) return refused(untimely);
  const found = seatOf(round, juror);
  if (!found.ok) return refused(found);
  if (found.seat.commitment !== null) {
    const next = 'Open your first commitment.';
    return refused(no('court.already-voted', 'commitment', commitment, 'one a seat', 'The seat has committed.', next));
  }
  const order = round.seats.filter((seat) => seat.commitment !== null).length;
  return accept(withSeat(state, found.place, { ...found.seat, commitment: { hash: commitment, order } }));
};
