/** A commitment is opened in time. */

import type { EventOf, Step } from './events.ts';
import { outOfPhase, outOfTime } from './guards.ts';
import { opened } from './opening.ts';
import { accept, no, refused } from './problem.ts';
import { seatOf, withSeat } from './seat-of.ts';
import type { Case, Round, Seat } from './state.ts';

const NO_READING = `0x${'0'.repeat(64)}`;

/**
 * Of people who give one reason, the one who committed later copied: readings are secret until they are opened. Not so of AI
 * jurors: anybody can run a public program and be first to commit to what it says.
 */
const copyIn = (round: Round, seat: Seat, reading: string): string | null => {
  const same = round.seats.find(({ vote }) => vote.kind === 'revealed' && vote.reading === reading);
  if (same === undefined) return null;
  return same.commitment!.order < seat.commitment!.order ? seat.juror : same.juror;
};

/** Opens a vote; anybody who knows it can, once commitments have ended. */
export const reveal = (state: Case, { at, juror, ...opening }: EventOf<'reveal'>): Step => {
  const wrong = outOfPhase(state, ['round'], 'Reveal while the round runs.');
  if (wrong) return refused(wrong);
  const round = state.rounds.at(-1)!;
  const untimely = outOfTime(at, round.commitEndsAt, round.revealEndsAt, 'The time to reveal');
  if (untimely) return refused(untimely);
  const people = state.terms.policy.rounds[round.number - 1]!.jurors === 'people';
  const { outcome, reading } = opening;
  if (people && reading === NO_READING) {
    const message = 'A vote of a person rests on a reason.';
    return refused(
      no('court.reading-missing', 'reading', reading, 'not zero', message, 'Give the digest of your reason.'),
    );
  }
  const found = opened(state, juror, opening);
  if (!found.ok) return refused(found);
  const open = withSeat(state, found.place, { ...found.seat, vote: { kind: 'revealed', outcome, reading } });
  const copy = people ? copyIn(round, found.seat, reading) : null;
  if (copy === null) return accept(open);
  const copier = seatOf(open.rounds.at(-1)!, copy);
  return copier.ok
    ? accept(withSeat(open, copier.place, { ...copier.seat, vote: { kind: 'copy', reading } }))
    : refused(copier);
};
