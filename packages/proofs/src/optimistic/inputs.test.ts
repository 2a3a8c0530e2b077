import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import type { Tensor } from '@surety/programs';
import { Random } from '../../../programs/test/random.ts';
import { dispute } from '../../test/dialogue.ts';
import { tell, truth } from '../../test/liar.ts';
import { flip } from '../../test/lies.ts';
import { iteratedRun, plainRun } from '../../test/runs.ts';
import { questionsInAdvance } from './advance.ts';
import { answer } from './answer.ts';
import { faultOf, inputsShown, nextMoveAgainstInputs, questionsForInputs } from './inputs.ts';
import { judge } from './judge.ts';
import type { Exchange } from './move.ts';
import { NO_RECORD } from './partials.ts';
import { encodeQuestion } from './question.ts';
import { refuteInput } from './refute.ts';
import type { RunBook } from './run-book.ts';

const NONE = new Uint8Array(0);

/** Inputs with one thing wrong. */
const wrongOf = ({ inputTensors, program }: RunBook, random: Random): (readonly [string, Tensor[]])[] => {
  const at = random.int(0, inputTensors.length - 1);
  const one = inputTensors[at]!;
  const { low, high } = program.checked.inputs[at]!;
  const outside = one.values.slice();
  outside[random.int(0, outside.length - 1)] = one.dtype === 'i32' ? 2 ** 31 - 1 : high < 127 ? high + 1 : low - 1;
  return [
    ['count', [...inputTensors, one]],
    ['count', inputTensors.slice(1)],
    ['type', inputTensors.with(at, { ...one, shape: [1, ...one.shape] })],
    ...(low === -128 && high === 127 ? [] : [['range', inputTensors.with(at, { ...one, values: outside })] as const]),
  ];
};

test('inputs that a program does not take refute the claim about them', async () => {
  const seen = new Set<string>();
  for (let seed = 0; seed < 60; seed++) {
    const run = seed % 2 === 0 ? await plainRun(seed) : await iteratedRun(seed);
    if (run === null || run.inputTensors.length === 0) continue;
    const story = await truth(run);
    const types = run.inputs.count === 0 ? [] : run.inputTensors.map(({ dtype, shape }) => ({ dtype, shape }));
    assert.equal(faultOf(run.program, types, run.inputTensors), null);
    for (const [kind, inputs] of wrongOf(run, new Random(seed))) {
      if (faultOf(run.program, types, inputs) === null) continue;
      assert.equal(faultOf(run.program, types, inputs)!.kind, kind, `seed ${seed}`);
      const claim = tell({ ...story, inputs });
      const given = { steps: run.steps, inputs };
      let move = nextMoveAgainstInputs(run.program, given, claim.run, []);
      if (run.steps > 1) {
        assert.equal(move.kind, 'ask');
        const question = move.kind === 'ask' ? move.question : NONE;
        const exchange: Exchange = { question, answer: unwrap(await answer(claim, question, NO_RECORD)) };
        move = nextMoveAgainstInputs(run.program, given, claim.run, [exchange]);
      }
      const proof = move.kind === 'refute' ? move.proof : NONE;
      assert.equal(judge(claim.run, NONE, NO_RECORD, proof).holds, 'refuted', `seed ${seed}, ${kind}`);
      assert.equal(judge(run.run, NONE, NO_RECORD, proof).holds, 'not-shown');
      seen.add(`${kind} ${run.steps > 1}`);
    }
    await run.close();
  }
  assert.equal(seen.size, 6);
});

test('what goes into a step is refuted by its own list too', async () => {
  for (let seed = 1; seed < 40; seed += 2) {
    const run = await iteratedRun(seed);
    if (run === null) continue;
    const story = await truth(run);
    const shown = story.steps[1]!.inputs;
    const claim = tell({ ...story, steps: story.steps.with(1, { ...story.steps[1]!, inputs: [...shown, shown[0]!] }) });
    const step = (await claim.step(1))!;
    const proof = refuteInput(claim, step.list!, step, { kind: 'count' });
    assert.equal(judge(claim.run, NONE, NO_RECORD, proof).holds, 'refuted');
    assert.equal(judge(run.run, NONE, NO_RECORD, proof).holds, 'not-shown');
    await run.close();
  }
});

test('what is shown with a claim saves a round of the dispute about it', async () => {
  let saved = 0;
  for (let seed = 0; seed < 40; seed++) {
    const run = seed % 2 === 0 ? await plainRun(seed) : await iteratedRun(seed);
    if (run === null) continue;
    const story = await truth(run);
    const nodes = story.steps[0]!.nodes;
    const wrong = nodes.with(0, flip(nodes[0]!, new Random(seed)));
    const claim = tell({ ...story, steps: story.steps.with(0, { ...story.steps[0]!, nodes: wrong }) });
    const provider = {
      run: claim.run,
      answer: async (question: Uint8Array, record: Uint8Array) => unwrap(await answer(claim, question, record)),
    };
    const elsewhere: Exchange[] = [];
    for (const question of questionsInAdvance(run, run.inputTensors).map(encodeQuestion)) {
      elsewhere.push({ question, answer: await provider.answer(question, NO_RECORD) });
    }
    const alone = await dispute(run, provider);
    const prepared = await dispute(run, provider, { elsewhere });
    assert.equal(prepared.end, 'refuted');
    assert.ok(prepared.transactions <= alone.transactions);
    if (prepared.transactions < alone.transactions) saved++;
    if (run.steps === 1 && (await run.step(0))!.node(0)!.chunks.size <= 4) assert.ok(prepared.transactions <= 5);
    await run.close();
  }
  assert.ok(saved > 10, `${saved} rounds saved`);
});

test('answers in advance show small inputs whole, and parts of them show none', async () => {
  for (let seed = 0; seed < 30; seed++) {
    const run = await plainRun(seed);
    const types = run.program.checked.inputs;
    const questions = questionsForInputs(types, 8);
    if (questions === null) continue;
    const exchanges: Exchange[] = [];
    for (const question of questions.map(encodeQuestion)) {
      exchanges.push({ question, answer: unwrap(await answer(run, question, NO_RECORD)) });
    }
    const shown = unwrap(inputsShown(run.run, types.length, exchanges));
    assert.deepEqual(
      shown.map(({ values }) => [...values]),
      run.inputTensors.map(({ values }) => [...values]),
    );
    if (exchanges.length > 0) assert.equal(inputsShown(run.run, types.length, exchanges.slice(1)).ok, false);
    await run.close();
  }
});
