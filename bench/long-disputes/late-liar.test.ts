import assert from 'node:assert/strict';
import { test } from 'node:test';
import { to0x } from '@surety/core';
import { Machine } from '@surety/programs';
import { Random } from '../../packages/programs/test/random.ts';
import { dispute } from '../../packages/proofs/test/dialogue.ts';
import { goOn, lie, type Story, tell, truth } from '../../packages/proofs/test/liar.ts';
import { iteratedRun } from '../../packages/proofs/test/runs.ts';
import { lieLate } from './late-liar.ts';

const BIT = 0;

test('a late lie is the claim of a story told whole, and loses', async () => {
  const machine = await Machine.create();
  let compared = 0;
  for (let seed = 1; seed < 60; seed += 2) {
    const own = await iteratedRun(seed, machine);
    if (own === null) continue;
    const random = new Random(seed);
    const story = await truth(own);
    const [step, node] = [random.int(0, own.steps - 1), random.int(0, own.program.nodes - 1)];
    const told = story.steps[step]!.nodes[node]!;
    assert.ok(!(told instanceof Uint8Array));
    const element = random.int(0, told.values.length - 1);
    const view = await lieLate(own, { step, node, element, bit: BIT }, machine);
    if (view === null) continue;
    const values = told.values.slice();
    values[element]! ^= 1 << BIT;
    const { inputs, nodes } = story.steps[step]!;
    const steps = story.steps.with(step, { inputs, nodes: nodes.with(node, { ...told, values }) });
    const whole: Story = goOn({ ...story, steps }, step, node + 1);
    const { run } = tell(whole);
    for (const id of ['program', 'input', 'output', 'trace'] as const) {
      assert.equal(to0x(view.run[id]), to0x(run[id]), `seed ${seed}, ${id}`);
    }
    const { end, wrong } = await dispute(own, { run, answer: (question, record) => lie(view, question, record, 0) });
    assert.equal(end, 'refuted', `seed ${seed}`);
    assert.ok(wrong?.what === 'element' && wrong.step === step && wrong.node === node, `seed ${seed}`);
    compared++;
  }
  await machine.close();
  assert.ok(compared > 10, `${compared} lies`);
});
