/** The seam for a language model: it may draft what the grammar cannot read, and the draft is checked like any claim. */
import { type Result, shapes } from '@surety/core';
import { type ParseOptions, parseQuestion } from './parse.ts';
import type { Reading } from './reading.ts';

/** Drafts `{ question }`: the same question in words that the grammar reads. It never sees money or keys. */
export type Interpreter = (text: string) => Promise<unknown>;

export type InterpretOptions = ParseOptions & { readonly interpreter?: Interpreter };

const draftShape = shapes.object({ question: shapes.text({ min: 1, max: 4_000 }) });

/**
 * As {@link parseQuestion}; where the grammar does not understand, the interpreter's draft is read by the same
 * grammar and screened again. What the asker confirms is always the grammar's plain words.
 *
 * @returns refused with the first reading's problem where the draft is of no use
 */
export const interpretQuestion = async (text: unknown, options: InterpretOptions): Promise<Result<Reading>> => {
  const direct = parseQuestion(text, options);
  if (direct.ok || options.interpreter === undefined || typeof text !== 'string') return direct;
  if (direct.problem.code !== 'intent.not-understood' && direct.problem.code !== 'intent.no-subject') return direct;
  const draft = draftShape(await options.interpreter(text), 'draft');
  if (!draft.ok) return direct;
  const read = parseQuestion(draft.value.question, options);
  return read.ok ? read : direct;
};
