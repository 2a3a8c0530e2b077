/** Proofs of what is not so, by a prover that follows the protocol on values of its own: which steps stop them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { type CheckedProgram, checkProgram, DTYPE_RANGE, type Node, type Shape, type Tensor } from '@surety/programs';
import { lied } from '../../../../test/zk-liar.ts';
import { commit } from '../../api/commit.ts';
import { prove } from '../../api/prove.ts';
import { commitWeights } from '../../api/weights.ts';
import { CountingVerifier } from '../../channel/counting.ts';
import { type Architecture, architectureId } from '../../graph/architecture.ts';
import { graphOf } from '../../graph/from-program.ts';
import { ProofMemory } from '../../memory.ts';
import { shapesOf } from '../../plan/hiding.ts';
import { planned, rehearse } from '../../plan/pads.ts';
import { stagedTie } from '../../plan/plan.ts';
import { randomWords } from '../../random.ts';
import type { Run } from '../../witness/run.ts';
import { partsOf, stepClaim } from './claim.ts';
import { proofData } from './data.ts';
import type { Step } from './machine.ts';
import { stepProgram } from './program.ts';
import { runSteps } from './run.ts';

const UNIT = { mantissa: 1, exponent: 0 };
const X: Tensor = { dtype: 'i8', shape: [2, 3], values: Int8Array.of(1, 20, -30, 44, 5, 6) };

const drawn = (shape: Shape, dtype: 'i8' | 'i32'): Tensor => {
  const length = shape.reduce((product, size) => product * size, 1);
  const values = Array.from({ length }, (_, i) => ((i * 37) % 61) - 30);
  return dtype === 'i8'
    ? { dtype, shape, values: Int8Array.from(values) }
    : { dtype, shape, values: Int32Array.from(values) };
};

const W1 = drawn([5, 3], 'i8');
const W2 = drawn([3, 5], 'i8');

/** Two layers of two rows, sizes that are no powers of two; the second clamps so many quotients that it takes two steps. */
const program = (first = W1): CheckedProgram => {
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

const plus = (tensor: Tensor, by: number): Tensor => {
  const values = tensor.values.slice() as Tensor['values'];
  values[0]! += by;
  return { ...tensor, values };
};

/** The exact sum of the first element of a value larger; the clamp leaves the value as it was. */
const moreSum =
  (id: number, by: number) =>
  (run: Run): Run => ({ ...run, sums: (other) => (other === id ? plus(run.sums(other), by) : run.sums(other)) });

type Setting = {
  readonly runs?: readonly Tensor[];
  readonly change: (run: Run) => Run;
  /** The program whose constants the prover takes. */
  readonly of?: CheckedProgram;
};

/** A layer whose quotients are many and are its values: they are looked up in two parts. */
const wide = (): CheckedProgram => {
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
const told = async ({ runs, change, of = program() }: Setting) => {
  const memory = await ProofMemory.create();
  const own = graphOf(program(), true);
  const plan = unwrap(await planned(own, { hideInput: false, proofs: 0 }));
  const { root } = commitWeights(memory, plan, randomWords);
  const architecture: Architecture = {
    kind: 'private',
    graph: own,
    id: architectureId(own, 0),
    weights: root,
    proofs: 0,
  };
  const graph = graphOf(of, true);
  const other = unwrap(await planned(graph, { hideInput: false, proofs: 0 }));
  const weights = commitWeights(memory, other, randomWords);
  const file = await lied({
    graph,
    named: { kind: 'private', architecture: architecture.id, weights: root },
    inputs: [X],
    ...(runs === undefined ? {} : { runs }),
    change,
    weights,
    memory,
  });
  const steps = unwrap(await stepProgram(architecture));
  const { run, parts } = unwrap(await partsOf(architecture, file));
  return { steps: steps.steps, run, data: unwrap(proofData(steps.data, shapesOf(plan), parts)) };
};

const kindOf = ({ code }: Step): string => code.map(({ op }) => op).join(' ');

/** The kinds of steps whose comparisons have to be left out for a lie to pass, in the order in which they stop it. */
const stopped = async (setting: Setting): Promise<readonly string[]> => {
  const { steps, run, data } = await told(setting);
  const kinds: string[] = [];
  for (let left = steps; ; ) {
    const { records, failed } = runSteps(left, run, data);
    if (failed === null) return kinds;
    const kind = kindOf(left[records.length]!);
    assert.ok(failed === 'two values differ', failed);
    kinds.push(kind);
    left = left.map((step) =>
      kindOf(step) === kind ? { ...step, code: step.code.filter(({ op }) => op !== 'same') } : step,
    );
  }
};

test('what is so passes', async () => {
  assert.deepEqual(await stopped({ change: (run) => run }), []);
});

test('each lie is stopped by one kind of step, and passes without its comparison', async () => {
  const atEnd = /^same$/;
  const inParts = /digest (element equalIndex equalIndex mul mul )+(add )+same$/;
  const product = /digest element element mul same$/;
  const path = /^position path word same$/;
  const lies: Readonly<Record<string, readonly [Setting, RegExp]>> = {
    'another output': [{ change: (run) => ({ ...run, outputs: run.outputs.map((y) => plus(y, 1)) }) }, atEnd],
    'another input': [{ runs: [plus(X, 1)], change: (run) => run }, inParts],
    'another sum in the last layer': [{ change: moreSum(6, 2) }, product],
    'other weights': [{ of: program(plus(W1, 1)), change: (run) => run }, path],
  };
  for (const [name, [lie, kind]] of Object.entries(lies)) {
    const kinds = await stopped(lie);
    assert.equal(kinds.length, 1, name);
    assert.match(kinds[0]!, kind, name);
  }
});

test('a value that was looked up in parts is the one committed to', async () => {
  const committed = unwrap(await commit(wide(), { proofs: 0 }));
  const { architecture } = committed;
  const plan = unwrap(await planned(architecture.graph, { hideInput: false, proofs: 0 }));
  assert.equal(stagedTie(plan, 2).quotients.kind, 'split');
  const x: Tensor = { dtype: 'i8', shape: [1, 8], values: Int8Array.of(1, 2, 3, 4, 5, 6, 7, 99) };
  const { file } = unwrap(await prove(committed, [x]));
  assert.ok((await stepClaim(architecture, file)).ok);
  const memory = await ProofMemory.create();
  const weights = commitWeights(memory, plan, randomWords);
  const named = { kind: 'private', architecture: architecture.id, weights: architecture.weights } as const;
  const lie = { graph: committed.graph, named, inputs: [x], weights, memory };
  const truth = await lied({ ...lie, change: (run) => run });
  assert.ok((await stepClaim(architecture, truth)).ok);
  // Another output, and the value that it is; the parts are of the sum as it is.
  const change = (run: Run): Run => {
    const y = plus(run.value(2), 1);
    return { ...run, outputs: [y], value: (id) => (id === 2 ? y : run.value(id)) };
  };
  const made = await stepClaim(architecture, await lied({ ...lie, change }));
  assert.equal(made.ok ? 'claimed' : made.problem.code, 'proof.refuted');
});

test('the steps compare as often as the verifier, and what they add to that', async () => {
  const plan = unwrap(await planned(graphOf(program(), true), { hideInput: false, proofs: 0 }));
  let checks = 0;
  const counting = new (class extends CountingVerifier {
    override readonly zero = (): void => {
      checks++;
    };
  })();
  await rehearse(counting, plan);
  const { steps } = await told({ change: (run) => run });
  const compared = steps.flatMap(({ code }) => code.filter(({ op }) => op === 'same')).length;
  const queries = steps.filter(({ code }) => code.some(({ op }) => op === 'factors')).length;
  // Two ids; the combined row at a point; of each position two roots and the code word.
  assert.equal(compared, checks + 2 + 1 + 3 * queries);
});
