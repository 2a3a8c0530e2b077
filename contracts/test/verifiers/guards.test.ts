/** Proofs that are right in all but one thing, each the thing that one check of the contract is for. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { unwrap } from '@surety/core';
import { allocate, type CheckedProgram, type Shape, type Tensor } from '@surety/programs';
import { answer, encodeQuestion, NO_RECORD, openProgram, openRun, type Question, type RunBook } from '@surety/proofs';
import { ProgramBuilder } from '../../../packages/programs/src/build.ts';
import { readAccumulators } from '../../../packages/proofs/src/optimistic/answer-judge.ts';
import * as refute from '../../../packages/proofs/src/optimistic/refute.ts';
import type { StepView, View } from '../../../packages/proofs/src/optimistic/view.ts';
import { tell, truth } from '../../../packages/proofs/test/liar.ts';
import { agreed, close, NONE } from './agree.ts';

after(close);

const UNIT = { mantissa: 1, exponent: 0 };

/** Places of integers in a refutation of an element of a run of one step. */
const [STEP, NODE, ELEMENT] = [81, 117, 121];

/** x `[2, 3]` and a state s `[2]`; sums of rows, indices of the largest, x + its own rows' first column, the next state. */
const program = (): CheckedProgram => {
  const b = new ProgramBuilder();
  const input = (name: string, shape: Shape): number =>
    b.input({ name, dtype: 'i8', shape, low: -100, high: 100, encoding: UNIT });
  const [x, s] = [input('x', [2, 3]), input('s', [2])];
  const stage = { shift: 0, low: -128, high: 127 };
  const sums = unwrap(b.node({ form: { op: 'reduce_sum', x }, dtype: 'i8', stage }));
  const best = unwrap(b.node({ form: { op: 'argmax', x }, dtype: 'i32', stage: null }));
  const double = unwrap(
    b.node({
      form: { op: 'affine', x: [x, x], c: [1, 1], d: 1 },
      dtype: 'i16',
      stage: { ...stage, low: -500, high: 500 },
    }),
  );
  const next = unwrap(
    b.node({
      form: { op: 'affine', x: [s, sums], c: [0, 1], d: 0 },
      dtype: 'i8',
      stage: { ...stage, low: -100, high: 100 },
    }),
  );
  for (const [name, value] of Object.entries({ sums, best, double, next })) b.output(name, value, UNIT);
  b.state('s', 'next');
  return unwrap(b.finish());
};

const tensor = (shape: Shape, ...values: number[]): Tensor => {
  const room = allocate('i8', values.length);
  room.set(values);
  return { dtype: 'i8', shape, values: room };
};

const CHECKED = program();
const [SUMS, BEST, DOUBLE] = [0, 1, 2];
const once: RunBook = unwrap(
  await openRun(openProgram(CHECKED), [tensor([2, 3], 1, 5, 2, 9, 8, 7), tensor([2], 3, 4)]),
);
const twice: RunBook = unwrap(
  await openRun(openProgram(CHECKED), [tensor([2, 2, 3], 1, 5, 2, 9, 8, 7, 4, 4, 4, 3, 2, 1), tensor([2], 3, 4)], {
    steps: 2,
  }),
);
after(() => Promise.all([once.close(), twice.close()]));

/** A run of one step of which the last value of a node is one more. */
const liar = async (node: number): Promise<{ readonly view: View; readonly step: StepView; readonly last: number }> => {
  const story = await truth(once);
  const [told] = story.steps;
  const { values, ...type } = told!.nodes[node] as Tensor;
  const wrong = values.slice();
  wrong[wrong.length - 1]! += 1;
  const view = tell({ ...story, steps: [{ ...told!, nodes: told!.nodes.with(node, { ...type, values: wrong }) }] });
  return { view, step: (await view.step(0))!, last: wrong.length - 1 };
};

const with32 = (bytes: Uint8Array, place: number, value: number): Uint8Array => {
  const changed = bytes.slice();
  new DataView(changed.buffer).setUint32(place, value);
  return changed;
};

const holds = async (view: View | RunBook, record: Uint8Array, proof: Uint8Array): Promise<string> =>
  (await agreed(view.run, NONE, record, proof, 'proof')).holds;

/** What an honest provider of `once` answers, and the record that it leaves. */
const told = async (question: Question, before = NO_RECORD) => {
  const asked = encodeQuestion(question);
  const given = unwrap(await answer(once, asked, before));
  const { record } = await agreed(once.run, asked, before, given, 'answer');
  return { record, partials: readAccumulators(asked, before, given) };
};

test('an element of another step, node or place than there is', async () => {
  const { view, step, last } = await liar(3);
  const proof = refute.refuteElement(view, step, 3, last, null);
  assert.equal(await holds(view, NO_RECORD, proof), 'refuted');
  assert.equal(await holds(view, NO_RECORD, with32(proof, STEP, 1)), 'not-shown');
  // The path of the last leaf is also that of all numbers beyond it.
  assert.equal(await holds(view, NO_RECORD, with32(proof, NODE, 4)), 'not-shown');
  assert.equal(await holds(view, NO_RECORD, with32(proof, ELEMENT, last + 1)), 'not-shown');
});

test('a kind of proof and a source that there is not', async () => {
  const { view, step, last } = await liar(SUMS);
  const proof = refute.refuteElement(view, step, SUMS, last, null);
  const source = 125 + 2 + once.program.encoding(SUMS).length;
  assert.equal(proof[source], 0);
  for (const kind of [2, 255]) assert.equal(await holds(view, NO_RECORD, proof.with(source, kind)), 'not-shown');
  for (const kind of [0, 9, 255]) assert.equal(await holds(view, NO_RECORD, proof.with(0, kind)), 'not-shown');
});

test('operands that are not opened, or opened where they have no chunks', async () => {
  const { view, step, last } = await liar(SUMS);
  const proof = refute.refuteElement(view, step, SUMS, last, null);
  assert.equal(await holds(view, NO_RECORD, proof), 'refuted');
  // The only operand's one run: `runs u8 ‖ chunk u32 ‖ count u8 ‖ 6 bytes`.
  const runs = proof.length - 12;
  assert.deepEqual([...proof.subarray(runs, runs + 6)], [1, 0, 0, 0, 0, 1]);
  assert.equal(await holds(view, NO_RECORD, proof.with(runs, 0).slice(0, runs + 1)), 'not-shown');
  assert.equal(await holds(view, NO_RECORD, proof.with(runs + 5, 0).slice(0, runs + 6)), 'not-shown');
  assert.equal(await holds(view, NO_RECORD, proof.with(runs + 5, 2)), 'not-shown');
  assert.equal(await holds(view, NO_RECORD, with32(proof, runs + 1, 1)), 'not-shown');
});

test('argmax: an index of another row, an equal one after the claimed, and a claim that is no index', async () => {
  const step = (await once.step(0))!;
  const proof = refute.refuteElement(once, step, BEST, 0, null);
  // The rival stands before the one operand: type 10, root 32, list 32 + 32, runs 1 + 5 + 6 bytes.
  const rival = proof.length - 122;
  for (const index of [0, 1, 2, 3, 5])
    assert.equal(await holds(once, NO_RECORD, with32(proof, rival, index)), 'not-shown');
  const { view, step: lied, last } = await liar(BEST);
  assert.equal(await holds(view, NO_RECORD, refute.refuteElement(view, lied, BEST, last, null)), 'refuted');
});

test('an element out of a record of other chunks, of another node, or of none', async () => {
  const { view, step, last } = await liar(SUMS);
  const place = { of: 'node', step: 0, index: SUMS } as const;
  const asked = encodeQuestion({ kind: 'chunks', place, level: 0, first: 0, marks: null });
  const given = unwrap(await answer(view, asked, NO_RECORD));
  const { record } = await agreed(view.run, asked, NO_RECORD, given, 'data');
  const proof = refute.refuteElement(view, step, SUMS, last, { chunk: 0, count: 1 });
  assert.equal(await holds(view, record, proof), 'refuted');
  assert.equal(await holds(view, NO_RECORD, proof), 'not-shown');
  assert.equal(await holds(view, record, with32(proof, NODE, DOUBLE)), 'not-shown');
  assert.equal(await holds(view, record, with32(proof, ELEMENT, last + 1)), 'not-shown');
});

test('accumulators that were asked for of what is no fold, no element, or of another length mean nothing', async () => {
  const step = (await once.step(0))!;
  const question = { kind: 'partials', step: 0, node: DOUBLE, element: 0, segments: 2, per: 1 } as const;
  const right = await told(question);
  assert.deepEqual(right.partials!.accumulators, [1, 2]);
  for (const part of [0, 1]) {
    const proof = refute.refutePartial(once, step, right.partials!, part);
    assert.equal(await holds(once, right.record, proof), 'not-shown');
    // Zeros are what is answered to these, and would differ.
    const beyond = await told({ ...question, element: 6 });
    assert.equal(await holds(once, beyond.record, with32(proof, 9, 6).fill(0, 33, 41)), 'not-shown');
  }
  const longer = await told({ ...question, segments: 3 });
  const proof = refute.refutePartial(once, step, right.partials!, 0);
  const claimed = Uint8Array.of(...proof.subarray(0, 33), ...new Uint8Array(12), ...proof.subarray(41));
  assert.equal(await holds(once, longer.record, with32(with32(claimed, 13, 3), 21, 3)), 'not-shown');
  const lookup = await told({ ...question, node: BEST, segments: 1 });
  assert.equal(lookup.partials!.accumulators.length, 1);
});

test('accumulators that are not the last have no end, and there are no others than the recorded', async () => {
  const step = (await once.step(0))!;
  const all = { kind: 'partials', step: 0, node: DOUBLE, element: 1, segments: 2, per: 2 } as const;
  const { record, partials } = await told(all);
  assert.equal(await holds(once, record, refute.refuteEnd(once, step, partials!)), 'not-shown');
  const fine = await told({ ...all, per: 1 });
  const first = await told({ kind: 'refine', part: 0, per: 1, partials: fine.partials! }, fine.record);
  assert.equal(first.partials!.last, 1);
  assert.equal(await holds(once, first.record, refute.refuteEnd(once, step, first.partials!)), 'not-shown');
  // A part that is not there, and accumulators that nobody told.
  const proof = refute.refutePartial(once, step, fine.partials!, 1);
  assert.equal(await holds(once, fine.record, proof.with(41, 2)), 'not-shown');
  const invented = { ...fine.partials!, accumulators: [5, 11] };
  assert.equal(await holds(once, fine.record, refute.refutePartial(once, step, invented, 1)), 'not-shown');
  const refine = encodeQuestion({ kind: 'refine', part: 0, per: 1, partials: invented });
  assert.equal((await agreed(once.run, refine, fine.record, NONE, 'refine')).holds, 'shown');
});

test('states are no streams and streams no states; a run of one step has neither', async () => {
  const step = (await twice.step(1))!;
  const single = (await once.step(0))!;
  const before = (await twice.step(0))!;
  const [sums, next] = CHECKED.outputs
    .map(({ value }, index) => ({ index, value }))
    .filter(({ index }) => index % 3 === 0);
  const of = { ...next!, element: 0 };
  assert.equal(
    await holds(twice, NO_RECORD, refute.refuteOutput(twice, twice.outputs, step, sums!.index, sums!.value)),
    'not-shown',
  );
  assert.equal(
    await holds(twice, NO_RECORD, refute.refuteStacked(twice, twice.outputs, step, { ...of, element: null })),
    'not-shown',
  );
  assert.equal(
    await holds(once, NO_RECORD, refute.refuteStacked(once, once.outputs, single, { ...sums!, element: null })),
    'not-shown',
  );
  assert.equal(await holds(twice, NO_RECORD, refute.refuteSlice(twice, step, 1, null)), 'not-shown');
  assert.equal(await holds(once, NO_RECORD, refute.refuteSlice(once, single, 0, null)), 'not-shown');
  const link = refute.refuteLink(twice, step, before, { state: 0, input: 1, value: next!.value });
  assert.equal(await holds(twice, NO_RECORD, link), 'not-shown');
  assert.equal(
    await holds(once, NO_RECORD, refute.refuteLink(once, single, null, { state: 0, input: 1, value: next!.value })),
    'not-shown',
  );
});

test('lists of inputs and outputs of another length', async () => {
  const story = await truth(once);
  const longer = tell({ ...story, outputs: [...story.outputs, story.outputs[0]!] });
  assert.equal(await holds(longer, NO_RECORD, refute.refuteOutputCount(longer, longer.outputs!)), 'refuted');
  assert.equal(await holds(once, NO_RECORD, refute.refuteOutputCount(once, once.outputs)), 'not-shown');
  const inputs = [...story.inputs, story.inputs[1]!];
  const more = tell({ ...story, inputs, steps: [{ ...story.steps[0]!, inputs }] });
  assert.equal(
    await holds(more, NO_RECORD, refute.refuteInput(more, more.inputs!, null, { kind: 'count' })),
    'refuted',
  );
  const own = refute.refuteInput(once, once.inputs, null, { kind: 'range', index: 1, element: 1 });
  assert.equal(await holds(once, NO_RECORD, own), 'not-shown');
  const where = 81 + 2 + once.program.interface.length + 32 * 3;
  assert.equal(own[where], 2);
  for (const other of [0, 3]) assert.equal(await holds(once, NO_RECORD, own.with(where, other)), 'not-shown');
});
