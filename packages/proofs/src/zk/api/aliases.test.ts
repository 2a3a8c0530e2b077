/** Integers that are one element of the field, and what could lie behind hidden constants: nothing false is proved by them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Result, unwrap } from '@surety/core';
import { type CheckedProgram, checkProgram, type Node, type Shape, type Tensor } from '@surety/programs';
import { lied, publicly } from '../../../test/zk-liar.ts';
import { commitMatrix } from '../commit/commit.ts';
import { P } from '../field/ext.ts';
import { architectureId } from '../graph/architecture.ts';
import { graphOf } from '../graph/from-program.ts';
import { ProofMemory } from '../memory.ts';
import { shapesOf } from '../plan/hiding.ts';
import { planned } from '../plan/pads.ts';
import { prove } from './prove.ts';
import { verify } from './verify.ts';

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
      }),
      weights,
      memory,
    });
    assert.equal(codeOf(await verify(file, architecture)), behind === 0 ? 'accepted' : 'proof.refuted', `${behind}`);
  }
});
