/** How claims of one verifier contract are judged here: by running them again. */
import type { ClaimView, Exchange } from '@surety/chain';
import type { NextStep, Unheld } from './knowledge.ts';

type Hex = `0x${string}`;

/** An own run that a claim was held against. */
export type Rerun = {
  readonly kind: 'right' | 'wrong';
  /** What answers the last question; `null` where nothing here does. */
  readonly answer: (exchanges: readonly Exchange[]) => Promise<Hex | null>;
  /** The next step against the claim, of which these questions were answered. */
  readonly next: (exchanges: readonly Exchange[]) => Promise<NextStep>;
  readonly close: () => Promise<void>;
};

export type Route = {
  /** @throws {SuretyError} when it cannot be run here */
  readonly check: (
    view: ClaimView,
    signal: AbortSignal,
  ) => Promise<Rerun | { readonly kind: 'unheld'; readonly what: Unheld }>;
};
