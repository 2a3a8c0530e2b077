/** Every limit of this package in one place; refusals quote them. */
export const LIMITS = {
  /** UTF-16 code units of a question as typed. */
  questionChars: 4_000,
  /** UTF-16 code units of a question that is not about a message: room for a delivery with its two digests. */
  plainQuestionChars: 1_300,
  /** Octets of a host name in ASCII form (RFC 1035). */
  hostChars: 253,
  /** Octets of one label of a host name (RFC 1035). */
  labelChars: 63,
  /** Characters of a link. */
  urlChars: 2_048,
  symbolChars: 32,
  nameChars: 64,
  statementChars: 1_000,
  outcomeChars: 64,
  /** Micro-USD: one million dollars. */
  budgetMicroUsd: 1_000_000_000_000n,
  /** Seconds from now to the latest deadline: five years. */
  horizonSeconds: 5 * 366 * 86_400,
} as const;
