/** How a case ends in money, to the base unit (spec 21.6). Shares round down; what rounding leaves is burnt. */
import { credited, type Payout, payouts } from './credits.ts';
import type { Case, Round, Rung } from './state.ts';
import { castOf } from './tally.ts';

type Out = ReturnType<typeof payouts>;

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

/** Pays what a rung gets back to those who filled it, in proportion. */
const share = (out: Out, { bondMicroUsd, feesMicroUsd, shares }: Rung, poolMicroUsd: bigint): void => {
  const whole = bondMicroUsd + feesMicroUsd;
  let left = poolMicroUsd;
  for (const { account, amountMicroUsd } of shares) {
    const part = (poolMicroUsd * amountMicroUsd) / whole;
    out.pay(account, part);
    left -= part;
  }
  out.burn(left);
};

const feeOf = (state: Case, round: Round): bigint => state.terms.policy.rounds[round.number - 1]!.feePerSeatMicroUsd;

/** Pays the seats that `earns` picks, returns locks, and gives what is forfeit and what each rung's rounds earned. */
const paySeats = (state: Case, out: Out, earns: (seat: Round['seats'][number]) => boolean, outcome: number | null) => {
  let forfeitMicroUsd = 0n;
  const earned = state.rungs.map(() => 0n);
  for (const round of state.rounds) {
    const fee = feeOf(state, round);
    const { absenceMicroUsd } = state.terms.policy.rounds[round.number - 1]!;
    for (const seat of round.seats) {
      const cast = castOf(seat);
      const absent = seat.vote.kind === 'none' ? absenceMicroUsd : 0n;
      const wrong = seat.vote.kind === 'copy' || (outcome !== null && cast !== null && cast !== outcome);
      const lost = wrong ? seat.lockedMicroUsd : absent;
      forfeitMicroUsd += lost;
      out.pay(seat.juror, seat.lockedMicroUsd - lost);
      if (!earns(seat)) continue;
      out.pay(seat.juror, fee);
      earned[round.paidBy]! += fee;
    }
  }
  return { forfeitMicroUsd, earned };
};

/**
 * Nobody decided: bonds go back, whoever revealed a vote is paid, also for abstaining, and only absence and copying cost. The
 * reward is the proposal's where that stands.
 */
const unruled = (state: Case, stands: number | null): Payout => {
  const out = payouts();
  const { rungs, terms } = state;
  const { forfeitMicroUsd, earned } = paySeats(state, out, ({ vote }) => vote.kind === 'revealed', null);
  out.burn(forfeitMicroUsd);
  const right = stands !== null && stands === rungs[0]!.outcome;
  for (const [i, rung] of rungs.entries()) {
    const back = rung.bondMicroUsd + rung.feesMicroUsd - earned[i]!;
    share(out, rung, back + (right && i === 0 ? terms.rewardMicroUsd : 0n));
  }
  if (!right) out.pay(terms.asker, terms.rewardMicroUsd);
  return out.done();
};

/** What is left of the losers' money, to the people who voted for the outcome; AI seats earn their fee and nothing else. */
const payPeople = (state: Case, out: Out, outcome: number, potMicroUsd: bigint): void => {
  const seats = state.rounds
    .filter(({ number }) => state.terms.policy.rounds[number - 1]!.jurors === 'people')
    .flatMap((round) => round.seats.filter((seat) => castOf(seat) === outcome));
  const each = seats.length === 0 ? 0n : potMicroUsd / BigInt(seats.length);
  for (const { juror } of seats) out.pay(juror, each);
  out.burn(potMicroUsd - each * BigInt(seats.length));
};

const decided = (state: Case, outcome: number): Payout => {
  const out = payouts();
  const { rungs, terms } = state;
  const { forfeitMicroUsd, earned } = paySeats(state, out, (seat) => castOf(seat) === outcome, outcome);
  const ours = rungs.map((rung) => rung.outcome === outcome);
  const won = sum(rungs.map(({ bondMicroUsd }, i) => (ours[i] ? bondMicroUsd : 0n)));
  const lost = sum(rungs.map(({ bondMicroUsd }, i) => (ours[i] ? 0n : bondMicroUsd)));
  const half = lost / 2n;
  const fees = sum(rungs.map(({ feesMicroUsd }, i) => (ours[i] ? feesMicroUsd : 0n)));
  const spent = sum(earned.map((amount, i) => (ours[i] ? amount : 0n)));
  const repaid = lost - half < spent ? lost - half : spent;
  const back = fees - spent + repaid;
  let burnt = half + back;
  let pot = lost - half - repaid + forfeitMicroUsd;
  for (const [i, rung] of rungs.entries()) {
    if (ours[i]) {
      const extra = (half * rung.bondMicroUsd) / won + (fees === 0n ? 0n : (back * rung.feesMicroUsd) / fees);
      burnt -= extra;
      share(out, rung, rung.bondMicroUsd + extra + (i === 0 ? terms.rewardMicroUsd : 0n));
    } else if (rung.outcome === null) share(out, rung, rung.feesMicroUsd - earned[i]!);
    else pot += rung.feesMicroUsd - earned[i]!;
  }
  // All of the half, where nobody stood for the outcome: nobody may gain by that.
  out.burn(burnt);
  payPeople(state, out, outcome, pot);
  if (!ours[0]) out.pay(terms.asker, terms.rewardMicroUsd);
  return out.done();
};

/**
 * The case with everything that it held paid or burnt. Where panels sat and none ruled, nobody has won against anybody. A ruling
 * that stands though a later panel had none is a ruling: else an appeal to a panel that is not sure would buy the bond back.
 */
export const settle = (state: Case): Case => {
  const outcome = state.phase.kind === 'final' ? state.phase.outcome : null;
  const isWon = state.rounds.length === 0 || state.rounds.some(({ result }) => result.kind === 'ruled');
  return credited(state, outcome !== null && isWon ? decided(state, outcome) : unruled(state, outcome));
};
