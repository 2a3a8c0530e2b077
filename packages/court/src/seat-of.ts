/** The seat of a juror in a round. */
import { no, type Refusal } from './problem.ts';
import type { Case, Round, Seat } from './state.ts';

/** A juror's seat and its place, or a refusal where he has none. */
export const seatOf = (
  round: Round,
  juror: string,
): { readonly ok: true; readonly seat: Seat; readonly place: number } | Refusal => {
  const place = round.seats.findIndex((seat) => seat.juror === juror);
  if (place >= 0) return { ok: true, seat: round.seats[place]!, place };
  const message = 'The account has no seat in this round.';
  return no('court.not-seated', 'juror', juror, 'a juror of this round', message, 'Wait to be drawn.');
};

/** The case with one seat of its last round replaced. */
export const withSeat = (state: Case, place: number, seat: Seat): Case => {
  const round = state.rounds.at(-1)!;
  return { ...state, rounds: state.rounds.with(-1, { ...round, seats: round.seats.with(place, seat) }) };
};
