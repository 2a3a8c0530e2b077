/** Values committed to as other types than the program says: whatever is shown of such a claim, both judges say the same. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { allocate, elements, type Tensor } from '@surety/programs';
import { NO_RECORD } from '@surety/proofs';
import { Random } from '../../../packages/programs/test/random.ts';
import { Writer } from '../../../packages/proofs/src/optimistic/bytes.ts';
import { namedBy, viewOf } from '../../../packages/proofs/src/optimistic/operator.ts';
import { type Partials, partialsRecord, writePartials } from '../../../packages/proofs/src/optimistic/partials.ts';
import type { StepView, View } from '../../../packages/proofs/src/optimistic/view.ts';
import * as write from '../../../packages/proofs/src/optimistic/write.ts';
import { tell, truth } from '../../../packages/proofs/test/liar.ts';
import { iteratedRun, plainRun } from '../../../packages/proofs/test/runs.ts';
import { agreed, close, NONE } from './agree.ts';

after(close);

/** Small values of another shape or dtype, now and then of the same. */
const twisted = ({ dtype, shape }: Tensor, random: Random): Tensor => {
  const axis = random.int(0, shape.length);
  const other = random.pick([
    [1, ...shape].slice(0, 8),
    shape.slice(1),
    shape.slice(0, -1),
    shape.toReversed(),
    shape.map((size, i) => (i === axis ? size + 1 : size)),
    [elements(shape)],
    shape,
  ]);
  const values = allocate(random.chance(30) ? random.pick(['i8', 'i16', 'i32']) : dtype, elements(other));
  for (let i = 0; i < values.length; i++) values[i] = random.int(-5, 5);
  const kind = values instanceof Int8Array ? 'i8' : values instanceof Int16Array ? 'i16' : 'i32';
  return { dtype: kind, shape: other, values };
};

/** An operand with all that there is of it. */
const writeWhole = (out: Writer, view: View, step: StepView, id: number): void => {
  const value = write.valueIn(view, step, id)!;
  write.writeTensor(out, value);
  write.writeValue(out, view, step, id);
  write.writeChunks(out.u8(1).u32(0).u8(value.chunks.size), value, 0, value.chunks.size);
};

const elementProof = (view: View, step: StepView, node: number, random: Random): Uint8Array => {
  const { node: shown, type } = viewOf(view.program.encoding(node));
  const element = random.int(0, elements(type.shape) - 1);
  const value = step.node(node)!;
  const out = new Writer().u8(1);
  write.writeHead(out, view);
  write.writeStep(out.u32(step.step), view, step);
  write.writeEncoding(out.u32(node).u32(element), view, node);
  write.writeNodeAt(out.u8(0), view, node);
  write.writeNodeValue(out.raw(value.chunksRoot), step, node);
  write.writeChunkOf(out, value, element);
  if (shown.form.op === 'argmax') out.u32(random.int(0, 4));
  const named = namedBy(shown);
  const count = shown.form.op === 'concat' ? random.int(1, named.length) : named.length;
  for (const id of named.slice(0, count)) writeWhole(out, view, step, id);
  return out.done();
};

const partialProof = (view: View, step: StepView, partials: Partials): Uint8Array => {
  const { node: shown } = viewOf(view.program.encoding(partials.node));
  const named = namedBy(shown);
  const { op } = shown.form;
  const out = writePartials(new Writer().u8(2), partials).u8(0);
  write.writeHead(out, view);
  write.writeStep(out, view, step);
  write.writeNode(out, view, partials.node);
  const read = op === 'affine' ? partials.per : op === 'matmul' || op === 'conv' ? 2 : 1;
  for (const id of named.slice(0, read)) writeWhole(out, view, step, id);
  return out.done();
};

const isAsDeclared = (view: View, step: StepView, node: number): boolean => {
  const { type } = viewOf(view.program.encoding(node));
  const given = step.node(node)!.type!;
  return given.dtype === type.dtype && given.shape.join() === type.shape.join();
};

test('elements and parts out of operands of another type', async () => {
  let refuted = 0;
  for (let seed = 0; seed < 60; seed++) {
    const run = seed % 2 === 0 ? await plainRun(seed) : await iteratedRun(seed);
    if (run === null) continue;
    const random = new Random(seed + 99);
    const story = await truth(run);
    const t = random.int(0, story.steps.length - 1);
    const nodes = story.steps[t]!.nodes.map((told) => (random.chance(40) ? twisted(told as Tensor, random) : told));
    const view = tell({ ...story, steps: story.steps.with(t, { ...story.steps[t]!, nodes }) });
    const step = (await view.step(t))!;
    for (let node = 0; node < run.program.nodes; node++) {
      const what = `seed ${seed}, node ${node}`;
      for (let tries = 0; isAsDeclared(view, step, node) && tries < 2; tries++) {
        const proof = elementProof(view, step, node, random);
        if ((await agreed(view.run, NONE, NO_RECORD, proof, what)).holds === 'refuted') refuted++;
      }
      const segments = random.int(1, 9);
      const per = random.int(1, segments);
      const accumulators = Array.from({ length: Math.ceil(segments / per) }, () => random.int(-9, 9));
      const partials = { step: t, node, element: 0, segments, first: 0, last: segments, per, start: 0, accumulators };
      await agreed(view.run, NONE, partialsRecord(partials), partialProof(view, step, partials), `${what}, part`);
    }
    await run.close();
  }
  assert.ok(refuted > 0);
});
