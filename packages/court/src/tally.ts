/** Votes become a ruling, or none (spec 21.4). */
import { OUTCOME, pluralityOf } from '@surety/core';
import type { Round } from './state.ts';

/** What a seat cast: an outcome, or `null` where it abstained, was absent or is void. */
export const castOf = ({ vote }: Round['seats'][number]): number | null =>
  vote.kind === 'revealed' && vote.outcome !== OUTCOME.abstain ? vote.outcome : null;

/** The plurality of cast votes, or `null` where they are fewer than the quorum or the lead is shared: a panel never guesses. */
export const rulingOf = (round: Round, quorum: number): number | null =>
  pluralityOf(
    round.seats.flatMap((seat) => castOf(seat) ?? []),
    quorum,
  );
