/** Which contract judges a claim, by the address that it names. */
import type { Contracts } from '@surety/chain';
import type { RunRouteKind } from '@surety/protocol';

/** Contracts that are known to judge by spec 15 and spec 20. */
export type KnownRoutes = Pick<Contracts, 'tensorVerifier' | 'proofVerifier' | 'proofStepVerifier'>;

export const routeKindOf = (routes: KnownRoutes, verifier: string): RunRouteKind => {
  const named = verifier.toLowerCase();
  if (named === routes.tensorVerifier.toLowerCase()) return 'tensor';
  if (named === routes.proofVerifier.toLowerCase()) return 'proof';
  return named === routes.proofStepVerifier.toLowerCase() ? 'proof-steps' : 'other';
};
