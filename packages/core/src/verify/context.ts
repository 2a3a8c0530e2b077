/** What a verifier may use beside the receipt itself. Everything is optional: what is missing is not shown. */
import type { QuestionClaim } from '../claim.ts';
import type { Result } from '../errors.ts';
import type { Execution, MarketRecord } from '../evidence.ts';
import type { Json } from '../json.ts';
import type { Network } from '../receipt.ts';
import type { TrustedPersonIssuer } from '../trust.ts';

/** What came of running a program again. */
export type ProgramRun =
  /** The verifier does not have this program (by its full `name@digest`). */
  | { readonly kind: 'not-held' }
  /** The program is held, but reads more than its listed input (a network, a chain, a remote model). */
  | { readonly kind: 'not-repeatable'; readonly why: string }
  /** The program ran on the listed input alone: probability of the claim's first outcome, `null` for abstaining. */
  | {
      readonly kind: 'reading';
      readonly probabilityPpm: number | null;
      /** Of a tensor program: the lists that went in and came out here. */
      readonly execution?: Pick<Execution, 'inputs' | 'outputs'>;
    };

/**
 * Programs that the verifier holds. Pure: the same program and input always give the same reading.
 * `adapter` is given exactly for tensor programs.
 */
export type ProgramRegistry = { readonly run: (program: string, input: Json, adapter?: Json) => ProgramRun };

/** Recomputes a market from its record: the prices its trades lead to, or which trade does not fit. */
export type ReplayMarket = (
  record: MarketRecord,
  outcomes: number,
) => Result<{ readonly probabilitiesPpm: readonly number[] }>;

export type EvidenceContext = {
  /** The network that the receipt names: signatures are bound to it. */
  readonly network: Network;
  /** When the receipt was issued, Unix seconds. */
  readonly issuedAt: number;
  /** The prices that the receipt states, in the order of the outcomes. */
  readonly probabilitiesPpm: readonly number[];
  readonly programs?: ProgramRegistry;
  readonly replayMarket?: ReplayMarket;
  /** Whose tokens this verifier takes for one person each. */
  readonly personIssuers?: readonly TrustedPersonIssuer[];
  /** The words in which this verifier would read the claim back. */
  readonly plainWords?: (claim: QuestionClaim) => string;
};
