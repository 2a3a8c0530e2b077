import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import {
  chunkCount,
  iterate,
  listRoot,
  ProgramBuilder,
  runReference,
  tensor,
  tensorRoot,
  traceRoot,
} from '@surety/programs';
import { Random } from '../../../programs/test/random.ts';
import {
  randomInputs,
  randomProgram,
  randomStepProgram,
  randomStreams,
} from '../../../programs/test/random-program.ts';
import { anyQuestion } from '../../test/any-question.ts';
import { answer } from './answer.ts';
import { judge } from './judge.ts';
import { NO_RECORD } from './partials.ts';
import { openProgram } from './program-book.ts';
import { encodeQuestion } from './question.ts';
import { openRun, type RunBook } from './run-book.ts';

/** A run of the program of a seed, iterated where it is odd. */
const runOfSeed = async (seed: number): Promise<RunBook> => {
  const random = new Random(seed);
  if (seed % 2 === 0) {
    const program = randomProgram(seed, 6);
    return unwrap(await openRun(openProgram(program), randomInputs(program, seed)));
  }
  const program = randomStepProgram(seed, 6);
  const steps = random.int(2, 9);
  const iteration = iterate(program, steps);
  if (!iteration.ok) return runOfSeed(seed + 1);
  return unwrap(await openRun(openProgram(program), randomStreams(iteration.value, seed), { steps }));
};

test('an honest provider answers every question, and the judge accepts the answer and no other bytes', async () => {
  for (let seed = 0; seed < 60; seed++) {
    const run = await runOfSeed(seed);
    const random = new Random(seed + 1_000);
    for (let tries = 0; tries < 20; tries++) {
      const question = encodeQuestion(anyQuestion(random, run));
      const given = unwrap(await answer(run, question, NO_RECORD));
      const found = judge(run.run, question, NO_RECORD, given);
      assert.equal(found.holds, 'shown', `seed ${seed}: ${found.why}`);
      const changed = given.slice();
      if (changed.length === 0) continue;
      changed[random.int(0, changed.length - 1)]! ^= 1 << random.int(0, 7);
      // Numbers of partials are not checked before they are refuted.
      if (question[0] !== 3) assert.equal(judge(run.run, question, NO_RECORD, changed).holds, 'not-shown');
      assert.equal(judge(run.run, question, NO_RECORD, given.subarray(1)).holds, 'not-shown');
      assert.equal(judge(run.run, question, NO_RECORD, Uint8Array.of(...given, 0)).holds, 'not-shown');
      await run.close();
    }
  }
});

test('a run whose values do not all fit the memory is opened too, by the reference', async () => {
  const b = new ProgramBuilder();
  const encoding = { mantissa: 1, exponent: 0 };
  let value = b.input({ name: 'x', dtype: 'i8', shape: [300_000], low: 0, high: 1, encoding });
  const stage = { shift: 0, low: 0, high: 100 };
  for (let i = 0; i < 9; i++) {
    value = unwrap(b.node({ form: { op: 'affine', x: [value], c: [1], d: 1 }, dtype: 'i8', stage }));
  }
  b.output('y', value, encoding);
  const program = openProgram(unwrap(b.finish()));
  const inputs = [tensor('i8', [300_000], new Int8Array(300_000).fill(1))];
  const wide = unwrap(await openRun(program, inputs));
  const narrow = unwrap(await openRun(program, inputs, { machine: { maxBytes: 2_000_000 } }));
  assert.deepEqual(narrow.run, wide.run);
  assert.deepEqual((await narrow.step(0))!.valuesRoot, (await wide.step(0))!.valuesRoot);
});

test('a run opened states what the reference computes', async () => {
  for (let seed = 0; seed < 40; seed += 2) {
    const { run, step, program, inputTensors } = await runOfSeed(seed);
    const { checked } = program;
    const values = runReference(checked, inputTensors);
    const nodes = values.slice(values.length - checked.nodes.length).map((value) => tensorRoot(value));
    assert.deepEqual(run.trace, traceRoot(program.id, listRoot(inputTensors), nodes));
    const shown = (await step(0))!;
    for (const [i, root] of nodes.entries()) {
      assert.deepEqual(shown.node(i)!.root, root);
      assert.equal(shown.node(i)!.chunks.size, chunkCount(values[values.length - nodes.length + i]!));
    }
  }
});
