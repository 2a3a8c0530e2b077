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
  readonly gas: GasLimits;
};

/** Most gas of each call, calldata included. */
export type GasLimits = {
  /** Posting a claim and making it final after its window. */
  readonly claimAndFinalise: bigint;
  /** Posting a claim and proving it by an accepted enclave key. */
  readonly claimAndProve: bigint;
  readonly reserveCover: bigint;
  /** A watcher's own transactions of a dispute, the deciding one included. */
  readonly dispute: bigint;
};

/** The Arbiter's own numbers (spec 14.3, 14.5), and the gas that its calls may cost. */
export const ARBITER_RULES: ArbiterRules = {
  rewardPpm: 250_000,
  burnPpm: 250_000,
  leastBondMicroUsd: 1_000_000n,
  leastWindowSeconds: 60n,
  mostWindowSeconds: 2_592_000n,
  leastClockSeconds: 60n,
  mostClockSeconds: 604_800n,
  gas: { claimAndFinalise: 250_000n, claimAndProve: 250_000n, reserveCover: 120_000n, dispute: 600_000n },
};
