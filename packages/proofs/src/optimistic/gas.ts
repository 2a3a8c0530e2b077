/** What it costs to bring a proof to a contract, roughly: enough to choose between two proofs. */

/** Gas that the deciding transaction should stay under (the goal of spec 15). */
export const DECIDING_GAS = 300_000;

const BASE = 21_000;

/** The claim in calldata, mostly zeros; the state of the dispute, and payments. */
const AROUND = { tokens: 1_200, execution: 70_000 } as const;

/** What `TensorVerifier` takes whatever is proved: ids, places, the node; then for each byte, and for each term not in a dot product. */
const EXECUTION = { always: 95_000, byte: 16, term: 330 } as const;

/** A byte of zero is one token of calldata, any other four. */
const tokensOf = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum + (byte === 0 ? 1 : 4), 0);

/**
 * Gas of the transaction that brings a proof, within some tens of per cent.
 * @param terms how many terms it folds that are no products
 */
export const gasOf = (proof: Uint8Array, terms = 0): number => {
  const tokens = tokensOf(proof) + AROUND.tokens;
  const execution = AROUND.execution + EXECUTION.always + EXECUTION.byte * proof.length + EXECUTION.term * terms;
  // At least the floor of EIP-7623.
  return BASE + Math.max(4 * tokens + execution, 10 * tokens);
};
