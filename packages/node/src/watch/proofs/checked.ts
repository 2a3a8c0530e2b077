/**
 * The route of proofs that a contract checks whole (spec 20.1): whoever claims has the proof, which makes the claim final at once and
 * answers any question. There is nothing for others to check.
 */
import { existsSync, readFileSync } from 'node:fs';
import { to0x } from '@surety/core';
import type { Route } from '../route.ts';

/**
 * The route of the contract `ProofVerifier`.
 * @param fileOf where the proof of an own claim is kept
 */
export const checkedRoute = (fileOf: (claimId: string) => string): Route => ({
  check: async ({ id }) => {
    const file = fileOf(id);
    if (!existsSync(file)) return { kind: 'unheld', what: 'proof' };
    const proof = to0x(new Uint8Array(readFileSync(file)));
    return {
      kind: 'right',
      proof,
      answer: async () => proof,
      next: async () => ({ kind: 'nothing' }),
      close: async () => undefined,
    };
  },
});
