/**
 * What votes cost somebody who buys them (spec 21.8). In a p + ε bribe each juror is promised more than voting truthfully can bring,
 * to be paid only if the bribe fails; when all take it, nobody is paid. So what it takes is money that jurors believe in, not money
 * that is spent. Source: Buterin, "The P + epsilon Attack" (2015), after Schelling.
 */
import { bondsOf, needOf } from './need.ts';
import { feesOf, lockOf } from './policy.ts';
import type { Case } from './state.ts';
import type { CourtPolicy } from './terms.ts';

/** The price of one round. */
export type BribePrice = {
  /** Seats whose votes make a majority of the full panel. */
  readonly seats: number;
  /** More than a seat can gain by the truth and lose by the bribe, with ε = 1 base unit. */
  readonly perSeatMicroUsd: bigint;
  /** Money that must be seen to be there; none of it is spent if it works. */
  readonly budgetMicroUsd: bigint;
};

/**
 * The price of a majority of a round.
 * @param number the round, from 1
 * @param bondsMicroUsd bonds of the case when its winner is paid: half of the losers' is the most that people's seats share
 */
export const bribePrice = (policy: CourtPolicy, number: number, bondsMicroUsd: bigint): BribePrice => {
  const round = policy.rounds[number - 1]!;
  const seats = Math.floor(round.seats / 2) + 1;
  // If the bribe takes hold of a majority the rest votes the truth, and the fewest share the pot.
  const share = round.jurors === 'people' ? bondsMicroUsd / 2n / BigInt(round.seats - seats + 1) : 0n;
  const perSeatMicroUsd = round.feePerSeatMicroUsd + lockOf(round) + share + 1n;
  return { seats, perSeatMicroUsd, budgetMicroUsd: BigInt(seats) * perSeatMicroUsd };
};

/** Price of the round that would decide a case next, with the bonds that going on would bring; `null` where none is left. */
export const priceOfNextRound = (state: Case): BribePrice | null => {
  const { policy } = state.terms;
  const number = state.phase.kind === 'round' ? state.rounds.length : state.rounds.length + 1;
  const over = state.phase.kind === 'final' || state.phase.kind === 'undecided';
  if (over || number > policy.rounds.length) return null;
  const next = needOf(state, state.rungs[0]!.outcome)?.bondMicroUsd ?? 0n;
  return bribePrice(policy, number, bondsOf(state) + next);
};

/** What going on to the last round costs in all, from a first bond on: bonds of every rung and the fees of every panel. */
export const ladderOf = (
  policy: CourtPolicy,
  firstBondMicroUsd: bigint,
): readonly { readonly bondMicroUsd: bigint; readonly feesMicroUsd: bigint }[] => {
  const rungs = [{ bondMicroUsd: firstBondMicroUsd, feesMicroUsd: 0n }];
  let bonds = firstBondMicroUsd;
  for (const [i, round] of policy.rounds.entries()) {
    const bondMicroUsd = 2n * bonds;
    const ahead = policy.rounds.slice(1).filter(({ jurors }) => i === 0 && round.jurors === 'ai' && jurors === 'ai');
    const feesMicroUsd = ahead.reduce((sum, other) => sum + feesOf(other), feesOf(round));
    rungs.push({ bondMicroUsd, feesMicroUsd });
    bonds += bondMicroUsd;
  }
  return rungs;
};
