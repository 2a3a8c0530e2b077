/** What it costs to bring a proof to a contract, roughly: enough to choose between two proofs. */

/** Gas that the deciding transaction should stay under (the goal of spec 15). */
export const DECIDING_GAS = 300_000;

/** A transaction, and everything around the proof: the claim in calldata, storage of the dispute, payments. */
const BASE = 21_000;
const AROUND = { calldata: 12_000, execution: 70_000 } as const;

/** Execution for each byte of a proof: hashing and folding, measured on `TensorVerifier`. */
const EXECUTION_PER_BYTE = 9;

/** Gas of a transaction whose calldata costs so many tokens: at least the floor of EIP-7623. */
const ofTokens = (tokens: number, execution: number): number => BASE + Math.max(4 * tokens + execution, 10 * tokens);

/** A byte of zero is one token, any other four. */
const tokensOf = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum + (byte === 0 ? 1 : 4), 0);

/** Gas of the transaction that brings a proof, within some tens of per cent. */
export const gasOf = (proof: Uint8Array): number =>
  ofTokens(tokensOf(proof) + AROUND.calldata / 10, AROUND.execution + EXECUTION_PER_BYTE * proof.length);
