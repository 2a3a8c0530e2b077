import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { elements, runReference } from '@surety/programs';
import { randomInputs, randomProgram } from '../../../programs/test/random-program.ts';
import { answer } from './answer.ts';
import { explainAnswer, explainRefutation } from './explain.ts';
import { NO_RECORD } from './partials.ts';
import { openProgram } from './program-book.ts';
import { encodeQuestion, type Question } from './question.ts';
import { openRun, type RunBook } from './run-book.ts';

const explained = async (run: RunBook, question: Question) => {
  const bytes = encodeQuestion(question);
  return explainAnswer(run.run, bytes, NO_RECORD, unwrap(await answer(run, bytes, NO_RECORD)));
};

test('an answer is explained by what it opens: type, operator and values are those of the run', async () => {
  for (let seed = 0; seed < 24; seed++) {
    const program = randomProgram(seed, 5);
    const inputs = randomInputs(program, seed);
    const run = unwrap(await openRun(openProgram(program), inputs));
    const values = runReference(program, inputs);
    for (const [index, { form }] of program.nodes.entries()) {
      const value = values[values.length - program.nodes.length + index]!;
      const place = { of: 'node', step: 0, index } as const;
      const found = await explained(run, { kind: 'chunks', place, level: 2, first: 0, marks: null });
      assert.equal(found.shows, 'values');
      assert.deepEqual([found.type?.dtype, found.type?.shape], [value.dtype, value.shape]);
      assert.equal(found.node?.node.form.op, form.op);
      assert.deepEqual([found.head?.nodes, found.head?.steps], [program.nodes.length, 1]);
      const { first, values: opened } = found.opened!;
      assert.deepEqual([first, opened], [0, [...value.values].slice(0, opened.length)]);
      assert.ok(opened.length === elements(value.shape) || opened.length >= 256);
    }
    const whole = { of: 'node', step: 0, index: 0 } as const;
    const part = { kind: 'part', place: whole, level: 0, count: 128 } as const;
    assert.equal((await explained(run, { ...part, first: 0 })).shows, 'hashes');
    assert.equal((await explained(run, { ...part, first: 4_000 })).shows, 'nothing-there');
    const beyond = { of: 'node', step: 0, index: program.nodes.length } as const;
    const nothing = await explained(run, { kind: 'chunks', place: beyond, level: 0, first: 0, marks: null });
    assert.deepEqual([nothing.shows, nothing.opened], ['nothing-there', null]);
    const asked = { kind: 'partials', step: 0, node: 0, element: 0, segments: 3, per: 1 } as const;
    assert.equal((await explained(run, asked)).opened?.values.length, 3);
    await run.close();
  }
});

test('bytes that the judge does not accept are not explained', async () => {
  const program = randomProgram(3, 5);
  const run = unwrap(await openRun(openProgram(program), randomInputs(program, 3)));
  const place = { of: 'node', step: 0, index: 0 } as const;
  const question = encodeQuestion({ kind: 'chunks', place, level: 0, first: 0, marks: null });
  const given = unwrap(await answer(run, question, NO_RECORD)).slice();
  given[given.length - 1]! ^= 1;
  assert.equal(explainAnswer(run.run, question, NO_RECORD, given).shows, 'unread');
  assert.equal(explainAnswer(run.run, Uint8Array.of(9), NO_RECORD, new Uint8Array(0)).shows, 'unread');
  assert.equal(explainRefutation(run.run, NO_RECORD, Uint8Array.of(1, 2, 3)), null);
  await run.close();
});
