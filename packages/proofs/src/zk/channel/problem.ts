/** How the inside of a verifier says that a proof does not hold; its outside makes a `Problem` of it. */
export class ProofError extends Error {
  override readonly name = 'ProofError';
}
