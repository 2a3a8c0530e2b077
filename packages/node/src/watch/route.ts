/** How claims of one verifier contract are judged here: by running them again. */
import type { ClaimView, Exchange } from '@surety/chain';
import type { Problem } from '@surety/core';
import type { NextStep, Unheld } from './knowledge.ts';

type Hex = `0x${string}`;

/** An own run that a claim was held against; `withheld` where what it takes has to be asked for. */
export type Rerun = {
  readonly kind: 'right' | 'wrong' | 'withheld';
  /** Makes a claim of one's own final at once. */
  readonly proof?: Hex;
  /** Why what was published for a withheld claim is not what it takes. */
  readonly problem?: Problem;
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
