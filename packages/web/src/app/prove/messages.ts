/** What the page and the worker that proves tell each other. Everything stays in the tab. */
import type { Problem } from '@surety/sdk/page';
import type { Estimate, Finding, ProvedOutput, Secrecy } from '@surety/sdk/proofs';

export type Hide = 'nothing' | 'input' | 'weights' | 'both';

/** Numbers of a run: a program's own integers by input, or the JSON that a person wrote. */
export type GivenInput =
  | { readonly kind: 'integers'; readonly name: string; readonly values: readonly number[] }
  | { readonly kind: 'json'; readonly text: string };

export type Task =
  | { readonly kind: 'prove'; readonly program: Uint8Array; readonly input: GivenInput; readonly hide: Hide }
  /** `held`: a program file or an architecture. */
  | { readonly kind: 'verify'; readonly proof: Uint8Array; readonly held: Uint8Array };

/** What a proof shows, whoever made it. */
export type Shown = {
  readonly outputs: readonly ProvedOutput[];
  readonly secrecy: readonly Secrecy[];
  readonly finding: Finding;
  readonly milliseconds: number;
};

export type Proved = Shown & {
  readonly proof: Uint8Array;
  /** What a verifier needs where weights are hidden. */
  readonly architecture: Uint8Array | null;
  readonly clamped: number;
  /** Threads that proved. */
  readonly threads: number;
};

export type Told =
  | { readonly kind: 'stated'; readonly estimate: Estimate }
  | { readonly kind: 'progress'; readonly words: string; readonly done: number; readonly total: number }
  | { readonly kind: 'proved'; readonly proved: Proved }
  | { readonly kind: 'verified'; readonly shown: Shown }
  | { readonly kind: 'refused'; readonly problem: Problem };
