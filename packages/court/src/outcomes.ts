/** Outcomes as one byte, the same in a commitment, a vote and a contract (spec 21.1). */

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

/** Whether an outcome can be proposed, bonded and ruled in a case that lists `outcomes` of them. */
export const isOutcome = (outcome: number, outcomes: number): boolean =>
  Number.isInteger(outcome) &&
  ((outcome >= 0 && outcome < outcomes) || (outcome >= OUTCOME.undecidable && outcome <= OUTCOME.invalid));
