/** Lies about runs of a small program, as data of proofs and the steps that judge them. */
import { unwrap } from '@surety/core';
import { type CheckedProgram, checkProgram, DTYPE_RANGE, type Node, type Shape, type Tensor } from '@surety/programs';
import { commitWeights } from '../src/zk/api/weights.ts';
import { partsOf } from '../src/zk/chain/steps/claim.ts';
import { proofData } from '../src/zk/chain/steps/data.ts';
import { stepProgram } from '../src/zk/chain/steps/program.ts';
import type { Committed } from '../src/zk/commit/commit.ts';
import { type Architecture, architectureId } from '../src/zk/graph/architecture.ts';
import { graphOf } from '../src/zk/graph/from-program.ts';
import type { ProofGraph } from '../src/zk/graph/graph.ts';
import { ProofMemory } from '../src/zk/memory.ts';
import { planned } from '../src/zk/plan/pads.ts';
import { randomWords } from '../src/zk/random.ts';
import type { Run } from '../src/zk/witness/run.ts';
import { lied } from './zk-liar.ts';

const UNIT = { mantissa: 1, exponent: 0 };
export const X: Tensor = { dtype: 'i8', shape: [2, 3], values: Int8Array.of(1, 20, -30, 44, 5, 6) };

const drawn = (shape: Shape, dtype: 'i8' | 'i32'): Tensor => {
  const length = shape.reduce((product, size) => product * size, 1);
  const values = Array.from({ length }, (_, i) => ((i * 37) % 61) - 30);
  return dtype === 'i8'
    ? { dtype, shape, values: Int8Array.from(values) }
    : { dtype, shape, values: Int32Array.from(values) };
};

export const W1 = drawn([5, 3], 'i8');
const W2 = drawn([3, 5], 'i8');

/** Two layers of two rows, sizes that are no powers of two; the second clamps so many quotients that it takes two steps. */
export const program = (first = W1): CheckedProgram => {
  const layer = (a: number, b: number, shift: number, low: number, dtype: 'i8' | 'i32'): Node => ({
    form: { op: 'matmul', a, b, bias: b + 1 },
    dtype,
    stage: { shift, low, high: 127 },
  });
  const constants = [first, drawn([5], 'i32'), W2, drawn([3], 'i32')];
  return unwrap(
    checkProgram({
      inputs: [{ name: 'x', dtype: 'i8', shape: X.shape, low: -128, high: 127, encoding: UNIT }],
      constants: constants.map(({ dtype, shape, values }) => ({ dtype, shape, read: () => values })),
      nodes: [layer(0, 1, 3, 0, 'i8'), layer(5, 3, 1, -128, 'i8')],
      outputs: [{ name: 'y', value: 6, encoding: UNIT }],
      states: [],
    }),
  );
};

export const plus = (tensor: Tensor, by: number): Tensor => {
  const values = tensor.values.slice() as Tensor['values'];
  values[0]! += by;
  return { ...tensor, values };
};

/** The exact sum of the first element of a value larger; the clamp leaves the value as it was. */
export const moreSum =
  (id: number, by: number) =>
  (run: Run): Run => ({ ...run, sums: (other) => (other === id ? plus(run.sums(other), by) : run.sums(other)) });

export type Setting = {
  readonly runs?: readonly Tensor[];
  readonly change: (run: Run) => Run;
  /** The program whose constants the prover takes. */
  readonly of?: CheckedProgram;
  /** Proofs that the commitment hides the constants in; 0 unless stated. */
  readonly proofs?: number;
};

/** A layer whose quotients are many and are its values: they are looked up in two parts. */
export const wide = (): CheckedProgram => {
  const weights = Int16Array.from({ length: 16 }, (_, i) => (i % 2 === 0 ? 20_000 : -19_000) + i);
  const range = DTYPE_RANGE.i32;
  return unwrap(
    checkProgram({
      inputs: [{ name: 'x', dtype: 'i8', shape: [1, 8], low: -128, high: 127, encoding: UNIT }],
      constants: [{ dtype: 'i16', shape: [2, 8], read: () => weights }],
      nodes: [{ form: { op: 'matmul', a: 0, b: 1, bias: null }, dtype: 'i32', stage: { shift: 2, ...range } }],
      outputs: [{ name: 'y', value: 2, encoding: UNIT }],
      states: [],
    }),
  );
};

/** A lie as data and the steps that judge it. */
export const told = async ({ runs, change, of, proofs = 0 }: Setting) => {
  const memory = await ProofMemory.create();
  const graph = graphOf(program(), true);
  const committed = async (to: ProofGraph): Promise<Committed> =>
    commitWeights(memory, unwrap(await planned(to, { hideInput: false, proofs })), randomWords);
  const named = await committed(graph);
  const other = of === undefined ? graph : graphOf(of, true);
  const architecture: Architecture = {
    kind: 'private',
    graph,
    id: architectureId(graph, proofs),
    weights: named.root,
    proofs,
  };
  const file = await lied({
    graph: other,
    named: { kind: 'private', architecture: architecture.id, weights: named.root },
    inputs: [X],
    ...(runs === undefined ? {} : { runs }),
    change,
    proofs,
    weights: of === undefined ? named : await committed(other),
    memory,
  });
  const steps = unwrap(await stepProgram(architecture));
  const { run, parts } = unwrap(await partsOf(architecture, file));
  return { steps: steps.steps, run, data: unwrap(proofData(steps.data, parts)) };
};
