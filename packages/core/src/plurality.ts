/**
 * What votes come to: the outcome with most of them, or `null` where they are fewer than the quorum or the lead is shared.
 * A panel that is not sure never guesses (spec 21).
 * @param cast the outcomes voted for, one for each vote that counts
 */
export const pluralityOf = (cast: readonly number[], quorum: number): number | null => {
  if (cast.length < quorum) return null;
  const counts = new Map<number, number>();
  for (const outcome of cast) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const leaders = [...counts].filter(([, count]) => count === most);
  return leaders.length === 1 ? leaders[0]![0] : null;
};
