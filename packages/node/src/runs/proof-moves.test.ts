/** What the wire says of questions about proofs, whatever their bytes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClaimView } from '@surety/chain';
import { to0x } from '@surety/core';
import { encodeStepQuestion, type StepQuestion } from '@surety/proofs/zk';
import { runAnswer, runQuestion } from '@surety/protocol';
import { answerWords, questionWords } from '../../../sdk/src/runs/words.ts';
import { readProofMoves } from './proof-moves.ts';

type Hex = `0x${string}`;

const viewOf = (question: Hex, answer: Hex | null) =>
  ({ shown: [], disputes: [{ exchanges: [{ question, answer }] }] }) as unknown as ClaimView;

const told = (question: Hex, answer: Hex | null, kind: 'proof' | 'proof-steps' = 'proof-steps') => {
  const [exchange] = readProofMoves(viewOf(question, answer), kind).disputes[0]!.exchanges;
  assert.deepEqual(runQuestion.safeParse(exchange!.question).error, undefined);
  if (exchange!.answer !== null) assert.deepEqual(runAnswer.safeParse(exchange!.answer).error, undefined);
  return exchange!;
};

const asked = (question: StepQuestion): Hex => to0x(encodeStepQuestion(question));
const LONG: Hex = `0x${'00'.repeat(200)}`;

test('questions name chunks, records or the step, and answers what the contract took', () => {
  const data = told(asked({ kind: 'chunks', first: 64, count: 3 }), LONG);
  assert.deepEqual(data.question, { kind: 'data', chunks: { first: 64, last: 66 } });
  assert.equal(data.answer?.shows, 'data');
  const records = told(asked({ kind: 'records', level: 7, first: 1, count: 2 }), LONG);
  assert.deepEqual(records.question, { kind: 'records', leaves: { first: 128, last: 383 }, perHash: 128 });
  const step = told(asked({ kind: 'step', step: 77 }), LONG);
  assert.deepEqual([step.question, step.answer?.shows], [{ kind: 'step', step: 77 }, 'step']);
  assert.match(questionWords(step.question, false), /Carry out step 77/);
  assert.match(answerWords(step.answer!), /follows/);
});

test('what lies beyond the end, nonsense and silence are told as such', () => {
  const last = 2 ** 32 - 1;
  assert.equal(told(asked({ kind: 'step', step: last }), `0x${'00'.repeat(104)}`).answer?.shows, 'nothing-there');
  const far = told(asked({ kind: 'records', level: 31, first: last, count: 128 }), null);
  assert.deepEqual([far.question.kind, far.answer], ['records', null]);
  assert.equal(told('0xff', '0x').question.kind, 'unread');
});

test('a proof that the contract checks whole answers any bytes', () => {
  const { question, answer } = told('0xff', LONG, 'proof');
  assert.deepEqual([question, answer?.shows], [{ kind: 'proof' }, 'proof']);
});
