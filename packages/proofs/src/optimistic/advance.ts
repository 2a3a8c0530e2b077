/** What a provider shows with its claim, unasked (spec 14.3): it costs some gas, and saves whoever disputes a first round. */
import type { TensorType } from '@surety/programs';
import { blocksUnder } from './claimed.ts';
import { questionsForInputs } from './inputs.ts';
import type { Question } from './question.ts';
import { heightOf } from './tree.ts';
import type { View } from './view.ts';

/** Most answers that a claim may bring along (`Arbiter.MAX_AHEAD`). */
export const MOST_AHEAD = 8;

/**
 * The questions that are worth answering in advance: for the top of the trace, and for the inputs where they are so small that
 * a watcher gets them from the chain.
 * @param inputs types of the claim's inputs
 * @param options.most answers in all; 8 unless stated
 * @param options.withInputs whether watchers should find the inputs on the chain
 */
export const questionsInAdvance = (
  { program, steps }: Pick<View, 'program' | 'steps'>,
  inputs: readonly TensorType[],
  options: { readonly most?: number; readonly withInputs?: boolean } = {},
): readonly Question[] => {
  const { most = MOST_AHEAD, withInputs = true } = options;
  const size = steps > 1 ? steps : program.nodes;
  const place = steps > 1 ? ({ of: 'steps' } as const) : ({ of: 'node', step: 0, index: 0 } as const);
  const top: Question = { kind: 'part', place, ...blocksUnder(size, heightOf(size), 0) };
  return [top, ...((withInputs ? questionsForInputs(inputs, most - 1) : null) ?? [])];
};
