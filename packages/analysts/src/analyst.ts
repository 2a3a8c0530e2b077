/**
 * What an analyst is: a reader of one subject that says how likely it is a scam, with what it saw, what it did
 * not look at, and by which program. Start here, then `players.ts`.
 */

import type { Execution, Subject } from '@surety/core';
import type { NetworkContext } from './network/context.ts';

/** What a reader needs beyond the subject's own words. `name` needs nothing: such readers are pure. */
export type Need = 'name' | 'network' | 'chain' | 'llm';

/** One plain reason; `weightPpm` is its share of the decision where the model can say it, signed. */
export type Reason = { readonly text: string; readonly weightPpm?: number };

/** Flat facts, encodable as canonical JSON: whole numbers, strings, booleans, null. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

export type Reading = {
  /** Probability that the subject is a scam, parts per million; `null` is an abstention. */
  readonly probabilityPpm: number | null;
  /** What it looked at, in plain words. */
  readonly saw: readonly string[];
  /** What it did not look at; never empty. */
  readonly didNotSee: readonly string[];
  readonly reasons: readonly Reason[];
  /** What a person can check again. */
  readonly facts: Facts;
  /** `surety/<analyst>@<sha256>`: commits to code version and artefact; or `program:<P>` of a tensor program. */
  readonly program: string;
  /** Of a tensor program: the adapter, and which tensors went in and came out. */
  readonly execution?: Execution;
};

/** Stands among `trainedOn` for data that nobody stated: it may be anybody's. */
export const UNKNOWN_DATA = 'unknown';

/** Prior at which every analyst's probability is stated: half of what is asked about is a scam. */
export const PRIOR_PPM = 500_000;

/** Highest and lowest probability a reader states: certainty is not for sale. */
export const MIN_PPM = 2_000;
export const MAX_PPM = 998_000;

export type Analyst = {
  /** Stable id, e.g. `charmodel`. */
  readonly id: string;
  /** One sentence on its view of the subject. */
  readonly view: string;
  /** Model family; two analysts of one family are never on both sides of a panel. */
  readonly family: string;
  readonly needs: readonly Need[];
  /** Data it was fitted to or looks things up in, one id per source and part: `polkadot-js/phishing#players`. */
  readonly trainedOn: readonly string[];
  /** Fingerprint of a credential it depends on (an API key), so that a key is never on both sides; never the key. */
  readonly keyId?: string;
  /** Kinds of subject it reads; it abstains on any other. */
  readonly reads: readonly Subject['kind'][];
  /** Predicates its probability speaks to; absent where both `scam` and `genuine` follow from it. */
  readonly answers?: readonly string[];
  /** Reads a subject. Never throws: trouble is an abstention that says what went wrong. */
  readonly read: (subject: Subject, context: ReadContext) => Promise<Reading>;
  /** The same reading, pure and synchronous, on analysts that need only the name: a verifier re-runs it. */
  readonly readSync?: (subject: Subject) => Reading;
};

/** An analyst whose reading is a pure function of the subject. */
export type NameAnalyst = Analyst & { readonly readSync: (subject: Subject) => Reading };

/** Everything outside the program comes in here; what is absent makes the reader abstain. */
export type ReadContext = {
  /** Unix seconds: ages are counted from it. */
  readonly nowSeconds: number;
  /** Milliseconds after which a reader gives up. */
  readonly timeoutMs?: number;
  /** JSON-RPC of a chain; rejects where the chain id is not served or the node fails. */
  readonly rpc?: (chainId: number, method: string, params: readonly unknown[]) => Promise<unknown>;
  /** The network; absent where it is switched off. */
  readonly network?: NetworkContext;
};

/** A reading that says only why there is none. */
export const abstain = (program: string, why: string, didNotSee: readonly string[], facts: Facts = {}): Reading => ({
  probabilityPpm: null,
  saw: [],
  didNotSee: didNotSee.length === 0 ? ['the subject'] : didNotSee,
  reasons: [{ text: why }],
  facts,
  program,
});

/** Keeps a probability inside what a reader may state. */
export const clampPpm = (ppm: number): number => Math.min(MAX_PPM, Math.max(MIN_PPM, Math.round(ppm)));
