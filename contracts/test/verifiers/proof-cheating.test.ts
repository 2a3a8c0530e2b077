/** Proofs of what is not so, by a prover that follows the protocol on values of its own: the contract shows none of them. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { unwrap } from '@surety/core';
import type { Tensor } from '@surety/programs';
import { chainProof } from '@surety/proofs/zk';
import { anyInput } from '../../../packages/programs/test/networks.ts';
import { commitWeights } from '../../../packages/proofs/src/zk/api/weights.ts';
import { ProofMemory } from '../../../packages/proofs/src/zk/memory.ts';
import { planned } from '../../../packages/proofs/src/zk/plan/pads.ts';
import { randomWords } from '../../../packages/proofs/src/zk/random.ts';
import type { Run } from '../../../packages/proofs/src/zk/witness/run.ts';
import { lied } from '../../../packages/proofs/test/zk-liar.ts';
import { CHAINS, type Model, modelOf } from './chains.ts';
import { type Harness, openProofVerifier } from './harness.ts';

let route: Harness;
before(async () => {
  route = await openProofVerifier();
});
after(() => route.close());

const plus = (tensor: Tensor, by: number): Tensor => {
  const values = tensor.values.slice() as Tensor['values'];
  values[0]! += by;
  return { ...tensor, values };
};

/** The exact sum of the first element of a value larger; what is rounded away takes it, and the value stays. */
const moreSum =
  (id: number, by: number) =>
  (run: Run): Run => ({ ...run, sums: (other) => (other === id ? plus(run.sums(other), by) : run.sums(other)) });

type Lie = {
  readonly input: Tensor;
  /** The input that is run instead. */
  readonly run?: Tensor;
  /** Whose constants the prover takes. */
  readonly of?: Model;
  readonly change?: (run: Run) => Run;
};

const said = async ({ committed }: Model, { input, run = input, of, change = (same) => same }: Lie) => {
  const memory = await ProofMemory.create();
  const { graph } = of?.committed ?? committed;
  const plan = unwrap(await planned(graph, { hideInput: false, proofs: 0 }));
  const { architecture } = committed;
  const file = await lied({
    graph,
    named: { kind: 'private', architecture: architecture.id, weights: architecture.weights },
    inputs: [input],
    runs: [run],
    change,
    weights: commitWeights(memory, plan, randomWords),
    memory,
  });
  const made = unwrap(await chainProof(architecture, file));
  const { holds, reverted } = await route.verify(made.run, new Uint8Array(), new Uint8Array(32), made.proof);
  return reverted ? 'reverted' : holds;
};

test('no lie is shown: outputs, inputs, sums of the first layer and of later ones, other weights', async () => {
  const spec = CHAINS['32 → 16 → 2']!;
  const model = await modelOf(spec);
  const { nodes, constants } = model.program;
  const [first, last] = [1 + constants.length, constants.length + nodes.length];
  const [x] = anyInput(model.program, 7) as [Tensor];
  assert.equal(await said(model, { input: x }), 'shown');
  const lies: Readonly<Record<string, Lie>> = {
    output: { input: x, change: (run) => ({ ...run, outputs: run.outputs.map((y) => plus(y, 1)) }) },
    input: { input: x, run: plus(x, 1) },
    'first sum': { input: x, change: moreSum(first, 1) },
    'last sum': { input: x, change: moreSum(last, 1) },
    weights: { input: x, of: await modelOf(spec, 2) },
  };
  for (const [name, lie] of Object.entries(lies)) assert.equal(await said(model, lie), 'not-shown', name);
});

test('where the input is 0 the sum of the first layer is its bias, and nothing else', async () => {
  const model = await modelOf(CHAINS['32 → 16 → 2']!);
  const [x] = anyInput(model.program, 7) as [Tensor];
  const input: Tensor = { ...x, values: x.values.slice().fill(0) as Tensor['values'] };
  assert.equal(await said(model, { input }), 'shown');
  const first = 1 + model.program.constants.length;
  assert.equal(await said(model, { input, change: moreSum(first, 1) }), 'not-shown');
});

test('an input that the program does not take is shown by no proof', async () => {
  const model = await modelOf(CHAINS['no clamp, and one without a shift']!);
  const [{ low, high }] = model.program.inputs as [(typeof model.program.inputs)[number]];
  const [x] = anyInput(model.program, 7) as [Tensor];
  const at = (value: number): Tensor => {
    const values = x.values.slice() as Tensor['values'];
    values[0] = value;
    return { ...x, values };
  };
  for (const value of [low, high]) assert.equal(await said(model, { input: at(value) }), 'shown', `${value}`);
  for (const value of [low - 1, high + 1]) {
    assert.equal(await said(model, { input: at(value) }), 'reverted', `${value}`);
  }
});
