import assert from 'node:assert/strict';
import { test } from 'node:test';
import { to0x } from '@surety/core';
import { encodeQuestion, type Question } from '@surety/proofs';
import { randomProgram } from '../../../programs/test/random-program.ts';
import { subjectOf } from './describe.ts';

const PROGRAM = randomProgram(3, 6);
const [first] = PROGRAM.nodes;
const named = `node 0 (${first!.form.op})`;

test('a question is told in words that name step, node, operator and element', () => {
  const cases: readonly (readonly [Question, string])[] = [
    [{ kind: 'part', place: { of: 'steps' }, level: 0, first: 0, count: 8 }, 'which step is the first that differs'],
    [
      { kind: 'part', place: { of: 'node', step: 2, index: 0 }, level: 0, first: 0, count: 8 },
      'which node is the first whose value differs',
    ],
    [{ kind: 'part', place: { of: 'output', index: 0 }, level: 0, first: 0, count: 1 }, 'which output differs'],
    [
      { kind: 'chunk-part', place: { of: 'node', step: 2, index: 0 }, level: 0, first: 0, count: 1 },
      `where ${named} differs`,
    ],
    [{ kind: 'data', place: { of: 'input', index: 1 }, chunk: 0, count: 1 }, 'the values of input 1, chunk 0'],
    [
      { kind: 'data', place: { of: 'node', step: 0, index: 0 }, chunk: 4, count: 4 },
      `the values of ${named}, chunks 4 to 7`,
    ],
    [
      { kind: 'partials', step: 0, node: 0, element: 17, segments: 9, per: 1 },
      `how element 17 of ${named} was summed up`,
    ],
  ];
  for (const [question, words] of cases) assert.equal(subjectOf(to0x(encodeQuestion(question)), PROGRAM).words, words);
  const summed = subjectOf(to0x(encodeQuestion(cases.at(-1)![0])), null);
  assert.deepEqual(
    [summed.words, summed.node, summed.operator, summed.step, summed.element],
    ['how element 17 of node 0 was summed up', 0, null, 0, 17],
  );
  assert.equal(subjectOf('0xff', PROGRAM).words, 'nothing that can be read');
});
