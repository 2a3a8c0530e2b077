/** A challenger's next question in a dispute, from its questions and answers so far: nothing else is remembered. */
import { sameBytes } from '@surety/core';
import { encodeStepQuestion } from './question.ts';
import { type Checked, type Focus, hashesIn, narrowed, questionAt, wholeClaim } from './search.ts';
import type { StepExchange } from './shown.ts';

export type StepDisputeMove =
  | { readonly kind: 'ask'; readonly question: Uint8Array }
  /** The step without an answer was answered, or no block of records differs: the claim is as it should be. */
  | { readonly kind: 'nothing' };

/**
 * Where a dispute about a wrong claim goes on: down to the first block of records that differs from the own run, and to its step.
 * Questions of another kind, for data above all, are passed over.
 * @param exchanges of one dispute, all answered; answers are those that the contract took
 */
export const nextStepQuestion = (checked: Checked, exchanges: readonly StepExchange[]): StepDisputeMove => {
  let focus: Focus = wholeClaim(checked);
  let next = encodeStepQuestion(questionAt(focus));
  for (const { question, answer } of exchanges) {
    if (!sameBytes(question, next)) continue;
    const found = question[0] === STEP ? null : narrowed(checked, focus, hashesIn(checked.size, focus, answer));
    if (found === null) return { kind: 'nothing' };
    if (found.kind === 'step') next = encodeStepQuestion(found);
    else {
      focus = found;
      next = encodeStepQuestion(questionAt(found));
    }
  }
  return { kind: 'ask', question: next };
};

/** First byte of a question for a step. */
const STEP = encodeStepQuestion({ kind: 'step', step: 0 })[0];
