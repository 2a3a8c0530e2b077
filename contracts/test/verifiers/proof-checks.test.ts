/** Checks of `ProofVerifier.sol` that come before or beside those of the proof: each alone keeps something from being shown. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { concatBytes, unwrap } from '@surety/core';
import { listRoot, type Tensor, valueBytes } from '@surety/programs';
import { chainKey, chainProgramId, chainProof, prove } from '@surety/proofs/zk';
import { anyInput } from '../../../packages/programs/test/networks.ts';
import { commitWeights } from '../../../packages/proofs/src/zk/api/weights.ts';
import { P } from '../../../packages/proofs/src/zk/field/ext.ts';
import { ProofMemory } from '../../../packages/proofs/src/zk/memory.ts';
import { planned } from '../../../packages/proofs/src/zk/plan/pads.ts';
import { randomWords } from '../../../packages/proofs/src/zk/random.ts';
import { type Lie, lied } from '../../../packages/proofs/test/zk-liar.ts';
import { CHAINS, type Model, modelOf, provedRun } from './chains.ts';
import { type Harness, openProofVerifier } from './harness.ts';

const [NONE, NO_RECORD] = [new Uint8Array(), new Uint8Array(32)];
/** Where a key says of what type the output is: i32 is 3. */
const OUTPUT_TYPE_AT = 106;
const I32 = 3;

let route: Harness;
before(async () => {
  route = await openProofVerifier();
});
after(() => route.close());

const said = async (run: Parameters<Harness['verify']>[0], proof: Uint8Array): Promise<string> => {
  const { holds, reverted, error } = await route.verify(run, NONE, NO_RECORD, proof);
  return reverted ? (error ?? 'reverted') : holds;
};

/** What a prover that follows the protocol sends of a lie. */
const told = async ({ committed }: Model, lie: Pick<Lie, 'inputs' | 'runs' | 'stated' | 'change'>) => {
  const memory = await ProofMemory.create();
  const { graph, architecture } = committed;
  const plan = unwrap(await planned(graph, { hideInput: false, proofs: 0 }));
  const weights = commitWeights(memory, plan, randomWords);
  const named = { kind: 'private', architecture: architecture.id, weights: architecture.weights } as const;
  const file = await lied({ ...lie, graph, named, weights, memory });
  return { ...unwrap(await chainProof(architecture, file)), key: unwrap(await chainKey(architecture)) };
};

const plus = (tensor: Tensor, at: number, by: number): Tensor => {
  const values = tensor.values.slice() as Tensor['values'];
  values[at]! += by;
  return { ...tensor, values };
};

test('the values of the input are those that the run names, though the proof is of them', async () => {
  const model = await modelOf(CHAINS['32 → 16 → 2']!);
  const [x] = anyInput(model.program, 7) as [Tensor];
  const other = plus(x, 0, 1);
  // The statement names x; what was run and proved, and lies beside the proof, is another.
  const { run, proof, key } = await told(model, { inputs: [x], runs: [other], change: (same) => same });
  const values = valueBytes(other.values);
  const shown = concatBytes(key, values, proof.subarray(key.length + values.length));
  assert.equal(await said(run, shown), 'not-shown');
  // All else of it is right: with the name of that input in the statement it is shown.
  const right = await told(model, { inputs: [other], change: (same) => same });
  assert.equal(await said(right.run, right.proof), 'shown');
});

/** A proof of what is so whose statement names other outputs than those that lie beside it. */
const statedApart = async (model: Model, at: (y: Tensor) => Tensor) => {
  const inputs = anyInput(model.program, 7);
  const { outputs } = unwrap(await prove(model.committed, inputs));
  const stated = outputs.map(at);
  const { run, ...rest } = await told(model, { inputs, stated, change: (same) => same });
  return { ...rest, run: { ...run, output: listRoot(stated) }, stated };
};

test('the values of the output are those that the run names, though the proof is of them', async () => {
  const model = await modelOf(CHAINS['32 → 16 → 2']!);
  const right = await statedApart(model, (y) => y);
  assert.equal(await said(right.run, right.proof), 'shown');
  const { run, proof } = await statedApart(model, (y) => plus(y, 0, 1));
  assert.equal(await said(run, proof), 'not-shown');
});

test('an output is the integer itself, not another one that is the same element', async () => {
  const model = await modelOf(CHAINS['no clamp, and one without a shift']!);
  const negative = (y: Tensor): number => y.values.findIndex((value) => value < 0);
  const { run, proof, key, stated } = await statedApart(model, (y) => plus(y, negative(y), P));
  const input = valueBytes(anyInput(model.program, 7)[0]!.values);
  const output = valueBytes(stated[0]!.values);
  const begin = concatBytes(key, input, output);
  assert.equal(await said(run, concatBytes(begin, proof.subarray(begin.length))), 'ProofOutOfRange');
});

test('bytes that end before the output does are too short', async () => {
  const model = await modelOf(CHAINS['32 → 16 → 2']!);
  const { run, proof } = await provedRun(model);
  const { length } = unwrap(await chainKey(model.committed.architecture));
  for (const cut of [length, length + 32, length + 33]) {
    assert.equal(await said(run, proof.subarray(0, cut)), 'ProofTooShort', `${cut - length} bytes behind the key`);
  }
});

test('a key of a tensor that is hashed in more than one chunk is none', async () => {
  // 512 bytes of output that a key calls integers of four bytes: 2,048.
  const wide = { size: 512, shift: 8, low: -128, high: 127 };
  const model = await modelOf({ inputs: 16, layers: [wide] });
  const { run, proof } = await provedRun(model);
  const { length } = unwrap(await chainKey(model.committed.architecture));
  assert.equal(await said(run, proof), 'shown');
  const changed = proof.slice();
  changed[OUTPUT_TYPE_AT] = I32;
  const posing = { ...run, program: chainProgramId(changed.subarray(0, length)) };
  assert.equal(await said(posing, changed), 'KeyUnfit');
});

test('nothing behind a check that failed is read', async () => {
  const model = await modelOf(CHAINS['32 → 16 → 2']!);
  const inputs = anyInput(model.program, 7);
  const last = model.program.constants.length + model.program.nodes.length;
  const { run, proof } = await told(model, {
    inputs,
    change: (same) => ({ ...same, sums: (id) => (id === last ? plus(same.sums(id), 0, 1) : same.sums(id)) }),
  });
  // Its columns are cut off: of a proof whose checks had held so far that were too short.
  assert.equal(await said(run, proof.subarray(0, -64)), 'not-shown');
  const right = await provedRun(model);
  assert.equal(await said(right.run, right.proof.subarray(0, -64)), 'ProofTooShort');
});
