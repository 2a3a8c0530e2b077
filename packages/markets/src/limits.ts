/** Limits of one market. */
export const MARKET_LIMITS = {
  accounts: 1_000_000,
  evidence: 1_024,
  nameCharacters: 128,
  feePpm: 100_000,
  /** Most that one account may put into one market, in micro-USD: $1 trillion. */
  depositMicroUsd: 1_000_000_000_000_000_000n,
} as const;
