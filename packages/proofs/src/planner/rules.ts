/** What the Arbiter fixes (spec 14), and what its calls cost at most (spec 17.3). */

/** How a lost bond is split, and within which limits windows and clocks lie. */
export type ArbiterRules = {
  /** Of a lost bond, to whoever showed the result wrong. */
  readonly rewardPpm: number;
  /** Of a lost bond, burnt whatever else happens. */
  readonly burnPpm: number;
  /** Least bond that a deployment accepts. */
  readonly leastBondMicroUsd: bigint;
  readonly leastWindowSeconds: bigint;
  readonly mostWindowSeconds: bigint;
  readonly leastClockSeconds: bigint;
  readonly mostClockSeconds: bigint;
  /** Questions that one dispute may have. */
  readonly mostQuestions: number;
  readonly gas: GasLimits;
};

/** Most gas of each call, calldata included. */
export type GasLimits = {
  /** Posting a claim with what it brings along, and making it final after its window. */
  readonly claimAndFinalise: bigint;
  /** Posting a claim and proving it by an accepted enclave key. */
  readonly claimAndProve: bigint;
  readonly reserveCover: bigint;
  /** What a watcher pays for in a dispute: its questions, their answers, and the deciding step. */
  readonly dispute: bigint;
};

/** The Arbiter's own numbers (spec 14.3 to 14.5) with the least bond of a development chain, and gas (spec 17.3). */
export const ARBITER_RULES: ArbiterRules = {
  rewardPpm: 250_000,
  burnPpm: 250_000,
  leastBondMicroUsd: 10_000_000n,
  leastWindowSeconds: 60n,
  mostWindowSeconds: 2_592_000n,
  leastClockSeconds: 60n,
  mostClockSeconds: 604_800n,
  mostQuestions: 32,
  gas: { claimAndFinalise: 250_000n, claimAndProve: 250_000n, reserveCover: 75_000n, dispute: 2_500_000n },
};
