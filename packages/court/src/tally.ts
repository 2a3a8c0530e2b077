/** Votes become a ruling, or none (spec 21.4). */
import { OUTCOME } from './outcomes.ts';
import type { Round } from './state.ts';

/** What a seat cast: an outcome, or `null` where it abstained, was absent or is void. */
export const castOf = ({ vote }: Round['seats'][number]): number | null =>
  vote.kind === 'revealed' && vote.outcome !== OUTCOME.abstain ? vote.outcome : null;

/** The plurality of cast votes, or `null` where they are fewer than the quorum or the lead is shared: a panel never guesses. */
export const rulingOf = (round: Round, quorum: number): number | null => {
  const counts = new Map<number, number>();
  let cast = 0;
  for (const seat of round.seats) {
    const outcome = castOf(seat);
    if (outcome === null) continue;
    cast += 1;
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  if (cast < quorum) return null;
  const most = Math.max(...counts.values());
  const leaders = [...counts].filter(([, count]) => count === most);
  return leaders.length === 1 ? leaders[0]![0] : null;
};
