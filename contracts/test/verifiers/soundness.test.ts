/** Every element and every accumulator of a true run, computed by the contract, is what the run says. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { unwrap } from '@surety/core';
import { elements, type OpName } from '@surety/programs';
import { answer, encodeQuestion, NO_RECORD, type RunBook } from '@surety/proofs';
import { Random } from '../../../packages/programs/test/random.ts';
import { operandsIn } from '../../../packages/proofs/src/optimistic/answer.ts';
import { readAccumulators } from '../../../packages/proofs/src/optimistic/answer-judge.ts';
import { isFold, namedBy, segmentsOf, viewOf } from '../../../packages/proofs/src/optimistic/operator.ts';
import * as refute from '../../../packages/proofs/src/optimistic/refute.ts';
import type { StepView } from '../../../packages/proofs/src/optimistic/view.ts';
import { iteratedRun, plainRun } from '../../../packages/proofs/test/runs.ts';
import { agreed, close, NONE } from './agree.ts';

after(close);

/** The contract computes what was brought, and finds no difference. */
const stands = async (run: RunBook, record: Uint8Array, proof: Uint8Array, what: string): Promise<void> => {
  const { holds, reverted } = await agreed(run.run, NONE, record, proof, what);
  assert.deepEqual({ holds, reverted }, { holds: 'not-shown', reverted: false }, what);
};

const foldStands = async (run: RunBook, step: StepView, node: number, random: Random, what: string): Promise<void> => {
  const { node: shown, type } = viewOf(run.program.encoding(node));
  const segments = segmentsOf(shown, operandsIn(run, step, namedBy(shown)).type);
  const element = random.int(0, elements(type.shape) - 1);
  const per = Math.ceil(segments / random.int(1, Math.min(segments, 64)));
  const question = encodeQuestion({ kind: 'partials', step: step.step, node, element, segments, per });
  const given = unwrap(await answer(run, question, NO_RECORD));
  const { record } = await agreed(run.run, question, NO_RECORD, given, what);
  const partials = readAccumulators(question, NO_RECORD, given)!;
  for (const part of partials.accumulators.keys()) {
    await stands(run, record, refute.refutePartial(run, step, partials, part), `${what}, part ${part}`);
  }
  await stands(run, record, refute.refuteEnd(run, step, partials), `${what}, end`);
};

test('elements and accumulators of all operators', async () => {
  const seen = new Map<OpName, number>();
  for (let seed = 0; seed < 60; seed++) {
    const run = seed % 2 === 0 ? await plainRun(seed) : await iteratedRun(seed);
    if (run === null) continue;
    const random = new Random(seed);
    const step = (await run.step(random.int(0, run.steps - 1)))!;
    for (let node = 0; node < run.program.nodes; node++) {
      const { node: shown, type } = viewOf(run.program.encoding(node));
      const what = `seed ${seed}, node ${node}, ${shown.form.op}`;
      seen.set(shown.form.op, (seen.get(shown.form.op) ?? 0) + 1);
      const element = random.int(0, elements(type.shape) - 1);
      const proof = refute.refuteElement(run, step, node, element, null);
      await stands(run, NO_RECORD, proof, what);
      if (isFold(shown)) await foldStands(run, step, node, random, what);
    }
    await run.close();
  }
  assert.ok(seen.size === 15 && Math.min(...seen.values()) > 2, JSON.stringify([...seen]));
});

test('inputs, outputs and what steps hand on', async () => {
  for (let seed = 1; seed < 40; seed += 2) {
    const run = await iteratedRun(seed);
    if (run === null) continue;
    const random = new Random(seed);
    const what = `seed ${seed}`;
    const step = (await run.step(random.int(0, run.steps - 1)))!;
    const before = step.step === 0 ? null : await run.step(step.step - 1);
    const last = (await run.step(run.steps - 1))!;
    const { inputs, outputs, states } = run.program.checked;
    for (const [index, { value }] of outputs.entries()) {
      const isState = states.some(({ output }) => output === index);
      const proof = isState
        ? refute.refuteOutput(run, run.outputs, last, index, value)
        : refute.refuteStacked(run, run.outputs, step, { index, value, element: 0 });
      await stands(run, NO_RECORD, proof, `${what}, output ${index}`);
    }
    for (const [state, { input, output }] of states.entries()) {
      const link = { state, input, value: outputs[output]!.value };
      await stands(run, NO_RECORD, refute.refuteLink(run, step, before, link), `${what}, state ${state}`);
    }
    for (const [index, { shape }] of inputs.entries()) {
      const fault = { kind: 'range', index, element: random.int(0, elements(shape) - 1) } as const;
      await stands(run, NO_RECORD, refute.refuteInput(run, run.inputs, null, fault), `${what}, input ${index}`);
      await stands(run, NO_RECORD, refute.refuteInput(run, step.list!, step, fault), `${what}, step's input ${index}`);
      if (states.some(({ input }) => input === index)) continue;
      await stands(run, NO_RECORD, refute.refuteSlice(run, step, index, fault.element), `${what}, stream ${index}`);
    }
    await run.close();
  }
});
