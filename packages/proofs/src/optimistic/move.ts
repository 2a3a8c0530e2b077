/** Moves of a watcher, and what refutations show. */
import type { Problem } from '@surety/core';
import { encodeQuestion, type Question } from './question.ts';
import type { InputFault } from './refute.ts';

/** A question that was answered. */
export type Exchange = { readonly question: Uint8Array; readonly answer: Uint8Array };

/** What a refutation shows to be wrong; elements are null where a type is. */
export type Wrong =
  | {
      readonly what: 'element' | 'partial' | 'end';
      readonly step: number;
      readonly node: number;
      readonly element: number;
    }
  /** Null: their count. */
  | { readonly what: 'output'; readonly output: number | null }
  | { readonly what: 'stacked'; readonly step: number; readonly output: number; readonly element: number | null }
  | { readonly what: 'link'; readonly step: number; readonly input: number }
  | { readonly what: 'slice'; readonly step: number; readonly input: number; readonly element: number | null }
  | { readonly what: 'input'; readonly fault: InputFault };

export type NextMove =
  | { readonly kind: 'ask'; readonly question: Uint8Array }
  /** A proof that decides. It builds on the record of the dispute's last answer where `inDispute`. */
  | { readonly kind: 'refute'; readonly proof: Uint8Array; readonly inDispute: boolean; readonly wrong: Wrong }
  /** The claim is the own run. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'cannot'; readonly problem: Problem };

export const ask = (question: Question): NextMove => ({ kind: 'ask', question: encodeQuestion(question) });

export const refuteWith = (wrong: Wrong, proof: Uint8Array, inDispute = false): NextMove => ({
  kind: 'refute',
  proof,
  inDispute,
  wrong,
});

/** What differs is nothing that anybody could be shown. */
export const NOT_DISPUTABLE: NextMove = {
  kind: 'cannot',
  problem: {
    code: 'optimistic.not-disputable',
    message: 'The claim differs from the own run in nothing that a contract could be shown.',
    next: 'Do not rely on claims about programs without nodes or inputs.',
    field: 'program',
  },
};
