/** What a commitment hides, brought to light: too early, or in time. */

import { OUTCOME } from '@surety/core';
import type { Opening } from './events.ts';
import { badHash, unknownOutcome } from './guards.ts';
import { commitmentOf } from './hashes.ts';
import { no, type Refusal } from './problem.ts';
import { seatOf } from './seat-of.ts';
import type { Case, Seat } from './state.ts';

/** The unopened seat that an opening belongs to, or why there is none. */
export const opened = (
  state: Case,
  juror: string,
  opening: Opening,
): { readonly ok: true; readonly seat: Seat; readonly place: number } | Refusal => {
  const { outcome, reading, salt } = opening;
  const wrong =
    badHash('reading', reading) ??
    badHash('salt', salt) ??
    (outcome === OUTCOME.abstain ? undefined : unknownOutcome(state, outcome));
  if (wrong) return wrong;
  const round = state.rounds.at(-1)!;
  const found = seatOf(round, juror);
  if (!found.ok) return found;
  if (found.seat.vote.kind !== 'none') {
    return no(
      'court.already-voted',
      'juror',
      juror,
      'one a seat',
      'The vote of this seat is open.',
      'Nothing needs to be done.',
    );
  }
  const made = commitmentOf(state.terms, round.number, juror, opening);
  if (found.seat.commitment?.hash === made) return found;
  const message = 'These are not outcome, reading and salt of what the seat committed to.';
  const limit = `${found.seat.commitment?.hash ?? 'a commitment'}`;
  return no('court.commitment-differs', 'salt', made, limit, message, 'Send what you committed to.');
};
