/** Integers that are one element of the field, and what could lie behind hidden constants: nothing false is proved by them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Result, unwrap } from '@surety/core';
import { type CheckedProgram, checkProgram, type Node, type Shape, type Tensor } from '@surety/programs';
import { lied, publicly } from '../../../test/zk-liar.ts';
import { commitMatrix } from '../commit/commit.ts';
import { P } from '../field/ext.ts';
import { architectureId, decodeArchitecture, encodeArchitecture } from '../graph/architecture.ts';
import { graphOf, graphWith } from '../graph/from-program.ts';
import { ProofMemory } from '../memory.ts';
import { shapesOf } from '../plan/hiding.ts';
import { planned } from '../plan/pads.ts';
import { randomWords } from '../random.ts';
import type { Run } from '../witness/run.ts';
import { commit } from './commit.ts';
import { prove } from './prove.ts';
import { verify } from './verify.ts';
import { commitWeights } from './weights.ts';

const UNIT = { mantissa: 1, exponent: 0 };
const codeOf = <T>(result: Result<T>): string => (result.ok ? 'accepted' : result.problem.code);
const i32 = (shape: Shape, ...values: number[]): Tensor => ({ dtype: 'i32', shape, values: Int32Array.from(values) });

/** `form` of one input and constants of these values. */
const programOf = (
  input: { readonly shape: Shape; readonly low: number; readonly high: number },
  constants: readonly Tensor[],
  ...nodes: readonly Node[]
): CheckedProgram =>
  unwrap(
    checkProgram({
      inputs: [{ name: 'x', dtype: 'i32', encoding: UNIT, ...input }],
      constants: constants.map(({ dtype, shape, values }) => ({ dtype, shape, read: () => values })),
      nodes,
      outputs: [{ name: 'y', value: constants.length + nodes.length, encoding: UNIT }],
      states: [],
    }),
  );

const MOST = 2 ** 30 - 1;
const plusOne = (shift: number): Node => ({
  form: { op: 'affine', x: [0], c: [1], d: 1 },
  dtype: 'i32',
  stage: { shift, low: -MOST, high: MOST },
});

test('integers of one dtype are different elements: an output that differs by p is none', async () => {
  for (const shift of [0, 3]) {
    const program = programOf({ shape: [4], low: -100, high: 100 }, [], plusOne(shift));
    const inputs = [i32([4], 1, 20, 30, 44)];
    const subject = publicly(program);
    for (const hideInput of [false, true]) {
      const { outputs } = unwrap(await prove(subject, inputs, { hideInput }));
      const other = Int32Array.from(outputs[0]!.values, (x) => x - P);
      const file = await lied({
        graph: graphOf(program, false),
        named: { kind: 'public', id: subject.id },
        inputs,
        change: (run) => ({ ...run, outputs: [{ ...outputs[0]!, values: other }] }),
        hideInput,
      });
      assert.equal(codeOf(await verify(file, subject)), 'proof.malformed');
    }
  }
});

test('nothing lies behind a hidden constant', async () => {
  // Sums the 15 values of a constant, one by one: a sixteenth would count where the check did not say it is 0.
  const constant = i32([15], ...Array.from({ length: 15 }, (_, i) => i));
  const sum: Node = {
    form: { op: 'reduce_sum', x: 1 },
    dtype: 'i32',
    stage: { shift: 0, low: -MOST, high: MOST },
  };
  const program = programOf({ shape: [1], low: 0, high: 1 }, [constant], sum);
  const graph = { ...graphOf(program, true) };
  const plan = unwrap(await planned(graph, { hideInput: false, proofs: 0 }));
  for (const behind of [0, 9]) {
    const memory = await ProofMemory.create();
    const weights = commitMatrix(memory, shapesOf(plan)[0]!, (_, words) => {
      words.fill(0);
      words.set([...constant.values, behind]);
    });
    const architecture = {
      kind: 'private' as const,
      graph,
      id: architectureId(graph, 0),
      weights: weights.root,
      proofs: 0,
    };
    const file = await lied({
      graph,
      named: { kind: 'private', architecture: architecture.id, weights: weights.root },
      inputs: [i32([1], 0)],
      change: (run) => ({
        ...run,
        outputs: run.outputs.map((y) => ({ ...y, values: y.values.map((v) => v + behind) })),
        // The prover sums what is committed to.
        value: (id) => (id === 1 ? i32([16], ...constant.values, behind) : run.value(id)),
      }),
      weights,
      memory,
    });
    assert.equal(codeOf(await verify(file, architecture)), behind === 0 ? 'accepted' : 'proof.refuted', `${behind}`);
  }
});

test('a clamp cannot be declared away', async () => {
  // 100 · 100 clamped to 127 by whoever sees the weight; 10,000 by a prover that declares that the sum never is beyond it.
  const weight: Tensor = { dtype: 'i8', shape: [1, 1], values: Int8Array.of(100) };
  const product: Node = {
    form: { op: 'matmul', a: 2, b: 1, bias: null },
    dtype: 'i8',
    stage: { shift: 0, low: -128, high: 127 },
  };
  const narrow: Node = {
    form: { op: 'affine', x: [0], c: [1], d: 0 },
    dtype: 'i8',
    stage: { shift: 0, low: -128, high: 127 },
  };
  const wide: Node = {
    form: { op: 'affine', x: [3], c: [1], d: 0 },
    dtype: 'i32',
    stage: { shift: 0, low: -MOST, high: MOST },
  };
  const program = programOf({ shape: [1, 1], low: -100, high: 100 }, [weight], narrow, product, wide);
  const graph = graphOf(program, true);
  for (const declared of [graph.quotients[3]!, { low: -128, high: 127 }]) {
    const quotients = graph.quotients.map((each, id) => (id === 3 ? declared : each));
    const other = graphWith(program, quotients, graph.hidden);
    const plan = unwrap(await planned(other, { hideInput: false, proofs: 0 }));
    const memory = await ProofMemory.create();
    const weights = commitWeights(memory, plan, randomWords);
    const architecture = {
      kind: 'private' as const,
      graph: other,
      id: architectureId(other, 0),
      weights: weights.root,
      proofs: 0,
    };
    const outputs = [i32([1, 1], 10_000)];
    const named = { kind: 'private' as const, architecture: architecture.id, weights: weights.root };
    // The values of the run as the prover wants them: the clamp does nothing.
    const change = (run: Run): Run => ({
      ...run,
      outputs,
      value: (id) => (id >= 3 ? outputs[0]! : run.value(id)),
    });
    const lie = { graph: other, named, inputs: [i32([1, 1], 100)], change, weights, memory };
    // Its values are in no table of a clamp or of its bits; without one there would be a proof.
    await assert.rejects(async () => assert.fail(codeOf(await verify(await lied(lie), architecture))), {
      code: 'internal',
    });
  }
});

test('nobody declares ranges of a program that hides nothing', () => {
  const graph = graphOf(programOf({ shape: [1], low: 0, high: 1 }, [], plusOne(0)), true);
  const bytes = encodeArchitecture({
    kind: 'private',
    graph,
    id: new Uint8Array(32),
    weights: new Uint8Array(32),
    proofs: 0,
  });
  assert.equal(codeOf(decodeArchitecture(bytes)), 'proof.malformed');
});

test('a row that a public input chooses chooses nothing of what a proof says', async () => {
  const input = { dtype: 'i32' as const, low: -9, high: 9, encoding: UNIT };
  const weights: Tensor = { dtype: 'i8', shape: [4, 4], values: Int8Array.from({ length: 16 }, (_, i) => i) };
  const program = unwrap(
    checkProgram({
      inputs: [
        { ...input, name: 'x', dtype: 'i8', shape: [1, 4] },
        { ...input, name: 'y', shape: [1, 4] },
        { ...input, name: 'row', shape: [1], low: 0, high: 1 },
      ],
      constants: [{ ...weights, read: () => weights.values }],
      nodes: [
        {
          form: { op: 'matmul', a: 0, b: 3, bias: null },
          dtype: 'i32',
          stage: { shift: 0, low: -MOST, high: MOST },
        },
        // One row takes a sumcheck under pads, the other nothing.
        { form: { op: 'concat', x: [4, 1], axis: 0 }, dtype: 'i32', stage: null },
        { form: { op: 'gather', data: 5, index: 2 }, dtype: 'i32', stage: null },
      ],
      outputs: [{ name: 'z', value: 6, encoding: UNIT }],
      states: [],
    }),
  );
  const hidden = unwrap(await commit(program, { proofs: 2 }));
  const x: Tensor = { dtype: 'i8', shape: [1, 4], values: Int8Array.of(1, 2, 3, 4) };
  for (const row of [0, 1]) {
    const { file } = unwrap(await prove(hidden, [x, i32([1, 4], 5, 6, 7, 8), i32([1], row)]));
    assert.equal(codeOf(await verify(file, hidden.architecture)), 'accepted');
  }
});
