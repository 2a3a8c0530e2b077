/** What it costs to bring a proof to a contract, roughly: enough to choose between two proofs. */

/** Gas that the deciding transaction should stay under (the goal of spec 15). */
export const DECIDING_GAS = 300_000;

const BASE = 21_000;

/** Calldata around the proof: the claim, mostly zeros. */
const AROUND_TOKENS = 1_200;

/**
 * Execution of a refutation in the arbiter and the verifier, whatever it is; for each byte of the proof; and for each term that
 * is not one of a dot product. Fitted to `bench disputes-gas`, which it meets within a fifth.
 */
const EXECUTION = { always: 50_000, byte: 19, term: 105 } as const;

/** A byte of zero is one token of calldata, any other four. */
const tokensOf = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum + (byte === 0 ? 1 : 4), 0);

/**
 * Gas of the transaction that brings a proof, roughly.
 * @param terms how many terms it folds that are no products
 */
export const gasOf = (proof: Uint8Array, terms = 0): number => {
  const tokens = tokensOf(proof) + AROUND_TOKENS;
  const execution = EXECUTION.always + EXECUTION.byte * proof.length + EXECUTION.term * terms;
  // At least the floor of EIP-7623.
  return BASE + Math.max(4 * tokens + execution, 10 * tokens);
};
