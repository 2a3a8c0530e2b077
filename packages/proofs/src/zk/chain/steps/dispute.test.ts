/** The questions of a challenger, made again from what stands on the chain each time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHex } from '@surety/core';
import { mlpProgram, randomLayers } from '../../../../../programs/test/networks.ts';
import { honestClaim, pretended } from '../../../../test/step-lies.ts';
import { answerStep } from './answer.ts';
import type { StepClaimed } from './claim.ts';
import { nextStepQuestion } from './dispute.ts';
import { encodeStepQuestion } from './question.ts';
import { checkData } from './search.ts';
import type { StepExchange } from './shown.ts';

const WIDTHS = [16, 8, 2];

/** A question for data, which the search passes over. */
const data = (claim: StepClaimed): StepExchange => {
  const question = encodeStepQuestion({ kind: 'chunks', first: 0, count: 1 });
  return { question, answer: answerStep(claim, question) };
};

test('a dispute goes down to the wrong step from its questions and answers alone', async () => {
  const claim = await honestClaim(mlpProgram(WIDTHS, randomLayers(WIDTHS, 1)));
  const { steps } = claim.program;
  for (const at of [0, 130, steps.length - 2]) {
    if (steps[at]!.writes.length === 0) continue;
    const lying = pretended(claim, claim.data, (index) => index === at);
    const checked = checkData(lying.program, lying.run, lying.data);
    const exchanges: StepExchange[] = [data(lying)];
    for (let questions = 1; ; questions++) {
      assert.ok(questions <= 4);
      const move = nextStepQuestion(checked, exchanges);
      assert.ok(move.kind === 'ask');
      if (toHex(move.question) === toHex(encodeStepQuestion({ kind: 'step', step: at }))) {
        // Had it an answer after all, nothing would be left to ask.
        exchanges.push({ question: move.question, answer: new Uint8Array(0) });
        assert.deepEqual(nextStepQuestion(checked, exchanges), { kind: 'nothing' });
        break;
      }
      exchanges.push({ question: move.question, answer: answerStep(lying, move.question) });
    }
  }
});
