/** Outcomes, when a vote is cast, and what votes come to: the same at every node, in every court and in a contract (spec 21). */

/** What can be voted beside the outcomes 0 .. n − 1 that a claim lists. */
export const OUTCOME = {
  /** A vote only: the juror is not sure enough. */
  abstain: 252,
  /** The rule of the claim cannot answer it. */
  undecidable: 253,
  tooEarly: 254,
  /** The question itself is broken. */
  invalid: 255,
} as const;

/** Outcomes that a claim lists at most. */
export const MOST_OUTCOMES = 16;

/** Whether an outcome can be proposed, bonded and ruled in a case that lists `outcomes` of them. */
export const isOutcome = (outcome: number, outcomes: number): boolean =>
  Number.isInteger(outcome) &&
  ((outcome >= 0 && outcome < outcomes) || (outcome >= OUTCOME.undecidable && outcome <= OUTCOME.invalid));

/** Whether a probability is high enough to vote under L/G = `lossGainRatio`: `p > L/(L+G)`, in integers. */
export const isSureEnough = (probabilityPpm: number, lossGainRatio: number): boolean =>
  probabilityPpm * (lossGainRatio + 1) > lossGainRatio * 1_000_000;

/** Which of two outcomes a probability of the first is sure enough of, or `null`. */
export const sureOfTwo = (firstPpm: number, lossGainRatio: number): 0 | 1 | null => {
  if (isSureEnough(firstPpm, lossGainRatio)) return 0;
  return isSureEnough(1_000_000 - firstPpm, lossGainRatio) ? 1 : null;
};

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
