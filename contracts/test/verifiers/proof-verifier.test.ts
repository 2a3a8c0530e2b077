/** The proof route: proofs made in TypeScript, checked by the contract. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sameBytes, unwrap } from '@surety/core';
import { chainKey, chainProgramId, chainProof, commit, prove } from '@surety/proofs/zk';
import { anyInput, mlpProgram, randomLayers } from '../../../packages/programs/test/networks.ts';
import { Random } from '../../../packages/programs/test/random.ts';
import { CHAINS, chainProgram, modelOf, provedRun } from './chains.ts';
import { type Harness, openProofVerifier } from './harness.ts';

const NONE = new Uint8Array();
const NO_RECORD = new Uint8Array(32);
const LARGEST_TRANSACTION_GAS = 2 ** 24;
const [HEAD_BYTES, LAYER_BYTES, TABLE_BYTES] = [111, 14, 20];
/** Bytes of the key that a proof begins with. */
const keyBytes = (proof: Uint8Array): number => HEAD_BYTES + LAYER_BYTES * proof[107]! + TABLE_BYTES * proof[108]!;
/** What inputs a program takes is checked, and is nothing that a proof is about. */
const OF_INPUT_RANGE = { from: 98, to: 106 } as const;

let route: Harness;
before(async () => {
  route = await openProofVerifier();
});
after(() => route.close());

type Run = Parameters<Harness['verify']>[0];

const said = async (run: Run, proof: Uint8Array, question = NONE) => {
  const { holds, reverted } = await route.verify(run, question, NO_RECORD, proof);
  return reverted ? 'reverted' : holds;
};

const flipped = (bytes: Uint8Array, at: number, bit = 0): Uint8Array => {
  const changed = bytes.slice();
  changed[at]! ^= 1 << bit;
  return changed;
};

test('what was run is shown, at every edge of what a key says, whatever is asked', async (context) => {
  for (const [name, spec] of Object.entries(CHAINS)) {
    const model = await modelOf(spec);
    const { run, proof } = await provedRun(model);
    assert.equal(await said(run, proof), 'shown', name);
    assert.equal(await said(run, proof, Uint8Array.of(42)), 'shown', name);
    const gas = await route.gas(run, NONE, NO_RECORD, proof);
    context.diagnostic(`${name}: ${proof.length} bytes, ${gas} gas`);
    assert.ok(gas < LARGEST_TRANSACTION_GAS, name);
    // An input of which nothing counts.
    const [x] = anyInput(model.program, 7);
    const zeros = await provedRun(model, [{ ...x!, values: x!.values.slice().fill(0) }]);
    assert.equal(await said(zeros.run, zeros.proof), 'shown', name);
    assert.equal(await said(run, zeros.proof), 'not-shown', name);
  }
});

test('another program, input or output is not shown', async () => {
  const { run, proof } = await provedRun(await modelOf(CHAINS['32 → 16 → 2']!));
  for (const part of ['program', 'input', 'output'] as const) {
    assert.equal(await said({ ...run, [part]: flipped(run[part], 5) }, proof), 'not-shown', part);
  }
  // The trace is nobody's business here.
  assert.equal(await said({ ...run, trace: new Uint8Array(32).fill(1) }, proof), 'shown');
});

test('nobody proves with other weights under the same name', async () => {
  const spec = CHAINS['32 → 16 → 2']!;
  const [mine, theirs] = [await modelOf(spec, 1), await modelOf(spec, 2)];
  const posing = Object.create(theirs.committed, {
    architecture: { value: mine.committed.architecture },
  }) as typeof theirs.committed;
  const { file } = unwrap(await prove(posing, anyInput(mine.program, 7)));
  const { run, proof } = unwrap(await chainProof(mine.committed.architecture, file));
  assert.equal(await said(run, proof), 'not-shown');
});

test('a key says all of a program: no byte of it can be changed, and none that a proof is about together with the id', async () => {
  const { run, proof } = await provedRun(await modelOf(CHAINS['16 → 32 → 8 → 1']!));
  const length = keyBytes(proof);
  for (let at = 0; at < length; at++) {
    const changed = flipped(proof, at, at % 8);
    assert.notEqual(await said(run, changed), 'shown', `byte ${at}`);
    if (at >= OF_INPUT_RANGE.from && at < OF_INPUT_RANGE.to) continue;
    const posing = { ...run, program: chainProgramId(changed.subarray(0, length)) };
    assert.notEqual(await said(posing, changed), 'shown', `byte ${at} with its id`);
  }
});

test('no byte of a proof can be changed, added or left out', async (context) => {
  const random = new Random(3);
  const { run, proof } = await provedRun(await modelOf(CHAINS['32 → 16 → 2']!));
  const start = keyBytes(proof);
  let [reverted, tried] = [0, 0];
  const places = new Set(Array.from({ length: 60 }, () => random.int(start, proof.length - 1)));
  // Every message, of two elements or more, and both ends.
  for (let at = start; at < start + 7_000; at += 101) places.add(at);
  for (const at of [start, proof.length - 1, proof.length - 33]) places.add(at);
  for (const at of places) {
    const answer = await said(run, flipped(proof, at, random.int(0, 7)));
    assert.notEqual(answer, 'shown', `byte ${at}`);
    tried++;
    if (answer === 'reverted') reverted++;
  }
  for (const cut of [0, 1, 16, HEAD_BYTES, start, start + 40, proof.length - 32, proof.length - 1]) {
    assert.equal(await said(run, proof.subarray(0, cut)), 'reverted', `cut to ${cut}`);
  }
  assert.equal(await said(run, Uint8Array.of(...proof, 0)), 'reverted');
  context.diagnostic(`${tried} changes, ${reverted} of them no proofs at all`);
});

test('programs that no contract checks have no key', async () => {
  const keyOf = async (program: Parameters<typeof commit>[0], proofs = 0) =>
    chainKey(unwrap(await commit(program, { proofs })).architecture);
  const spec = CHAINS['32 → 16 → 2']!;
  const refused = async (...given: Parameters<typeof keyOf>): Promise<string> => {
    const key = await keyOf(...given);
    return key.ok ? 'accepted' : key.problem.code;
  };
  assert.equal(await refused(chainProgram(spec)), 'accepted');
  assert.equal(await refused(chainProgram(spec), 1), 'proof.unsupported');
  // Sizes that are no powers of two; wider than a contract takes.
  assert.equal(await refused(mlpProgram([20, 12, 10], randomLayers([20, 12, 10], 1))), 'proof.unsupported');
  assert.equal(await refused(chainProgram({ ...spec, inputs: 1024 })), 'proof.unsupported');
  const [a, b] = [unwrap(await keyOf(chainProgram(spec))), unwrap(await keyOf(chainProgram(spec, 2)))];
  assert.equal(sameBytes(a, b), false);
  assert.equal(sameBytes(chainProgramId(a), chainProgramId(b)), false);
});
