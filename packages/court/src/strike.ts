/** A drawn juror is shown to be excluded, and another is drawn in the place. */
import { credited, payouts } from './credits.ts';
import { drawSeats } from './draw.ts';
import { drawOf, seated } from './draw-step.ts';
import type { EventOf, Step } from './events.ts';
import { isExcluded } from './exclusion.ts';
import { outOfPhase, outOfTime } from './guards.ts';
import { accept, no, refused } from './problem.ts';
import { seatOf } from './seat-of.ts';
import type { Candidate, Case, Seat } from './state.ts';

const candidateOf = ({ juror, operator, cluster, lockedMicroUsd }: Seat): Candidate => ({
  juror,
  operator,
  cluster,
  weight: 0n,
  freeMicroUsd: lockedMicroUsd,
});

/** Strikes a seat by a proof in the exclusion root, before commitments begin. A struck substitute is not replaced. */
export const strike = (state: Case, { at, juror, proof }: EventOf<'strike'>): Step => {
  const wrong = outOfPhase(state, ['round'], 'Strike when a panel has been drawn.');
  if (wrong) return refused(wrong);
  const round = state.rounds.at(-1)!;
  const late = outOfTime(at, 0, round.drawEndsAt, 'The time to strike');
  if (late) return refused(late);
  const found = seatOf(round, juror);
  if (!found.ok) return refused(found);
  const root = state.terms.exclusionRoot;
  if (root === null || !isExcluded(root, juror, proof)) {
    const message = 'The proof does not lead from this juror to the root of those excluded.';
    const next = 'Bring the proof of a juror who is excluded.';
    return refused(no('court.not-excluded', 'proof', proof, `${root}`, message, next));
  }
  const back = payouts();
  back.pay(juror, found.seat.lockedMicroUsd);
  const seats = round.seats.toSpliced(found.place, 1);
  const next = { ...round, seats, struck: [...round.struck, juror] };
  const without = credited({ ...state, rounds: state.rounds.with(-1, next) }, back.done());
  if (found.seat.substitute) return accept(without);
  const rules = drawOf(without, next, round.beacon!.randomness, round.candidates);
  const { drawn, nextTicket } = drawSeats(rules, seats.map(candidateOf), 1, round.nextTicket);
  const panel = drawn.map((one) => seated(one, rules.lockMicroUsd, true));
  const full = { ...next, nextTicket, seats: seats.toSpliced(found.place, 0, ...panel.map(({ seat }) => seat)) };
  return accept(
    { ...without, rounds: without.rounds.with(-1, full) },
    panel.flatMap(({ locks }) => locks),
  );
};
