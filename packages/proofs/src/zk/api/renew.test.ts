/** A commitment is followed by another to the same constants, and by no other. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overClaims, type Result, unwrap } from '@surety/core';
import { anyInput, mlpProgram, randomLayers } from '../../../../programs/test/networks.ts';
import { bentApart } from '../../../test/tampered.ts';
import { commitMatrix } from '../commit/commit.ts';
import { SECURITY_BITS } from '../commit/soundness.ts';
import { proveRenewal, type Renewal, renewalLayout } from '../constants/renewal.ts';
import { renewalSoundness } from '../constants/soundness.ts';
import { P } from '../field/ext.ts';
import { encodeRenewal } from '../file/renewal.ts';
import { type Architecture, architectureId, decodeArchitecture, encodeArchitecture } from '../graph/architecture.ts';
import { graphOf } from '../graph/from-program.ts';
import { ProofMemory } from '../memory.ts';
import { shapesOf } from '../plan/hiding.ts';
import { planned } from '../plan/pads.ts';
import { commit } from './commit.ts';
import { prove } from './prove.ts';
import { proveRange } from './range.ts';
import { renew, verifyRenewal } from './renew.ts';
import { verify } from './verify.ts';

const WIDTHS = [20, 12, 10];
const program = mlpProgram(WIDTHS, randomLayers(WIDTHS, 1));
const inputs = anyInput(program, 7);
const codeOf = <T>(result: Result<T>): string => (result.ok ? 'accepted' : result.problem.code);

test('proofs go on under another commitment to the same constants', async () => {
  const old = unwrap(await commit(program, { proofs: 2 }));
  const { file, secret, architecture } = unwrap(await renew(old));
  assert.notDeepEqual(architecture.weights, old.architecture.weights);
  for (const held of [old.architecture, architecture, unwrap(decodeArchitecture(encodeArchitecture(architecture)))]) {
    const { from, to, finding } = unwrap(await verifyRenewal(file, held));
    assert.deepEqual([from, to], [old.architecture.weights, architecture.weights]);
    assert.deepEqual(overClaims(finding), []);
  }
  const next = unwrap(await commit(program, { proofs: 2, secret }));
  assert.deepEqual(next.architecture, { ...architecture, graph: next.graph });
  const proof = unwrap(await prove(next, inputs));
  assert.equal(codeOf(await verify(proof.file, unwrap(await proveRange(next)))), 'accepted');
  assert.equal(codeOf(await verify(proof.file, old.architecture)), 'proof.other');
});

test('it takes one of the proofs of either commitment, and is refused where none is left', async () => {
  const old = unwrap(await commit(program, { proofs: 2 }));
  unwrap(await prove(old, inputs));
  const { secret } = unwrap(await renew(old));
  assert.deepEqual([old.secret.used, secret.used], [2, 1]);
  assert.equal(codeOf(await renew(old)), 'proof.used-up');
  const next = unwrap(await commit(program, { proofs: 2, secret }));
  unwrap(await prove(next, inputs));
  assert.equal(codeOf(await prove(next, inputs)), 'proof.used-up');
  for (const proofs of [0, 1]) {
    const few = unwrap(await commit(program, { proofs }));
    assert.equal(codeOf(await renew(few)), 'proof.unsupported');
    assert.equal(few.secret.used, 0);
  }
});

test('the last proof is taken once, whoever asks for it at the same time', async () => {
  const old = unwrap(await commit(program, { proofs: 2 }));
  unwrap(await prove(old, inputs));
  const made = await Promise.all([renew(old), renew(old), prove(old, inputs)]);
  assert.deepEqual(made.map((one) => codeOf<unknown>(one)).sort(), ['accepted', 'proof.used-up', 'proof.used-up']);
  assert.equal(old.secret.used, 2);
});

/** Two commitments to words of which the second are changed, and a proof by whoever made both that they are the same. */
const pairOf = async (change: (words: Uint32Array, row: number) => void, bent = false) => {
  const graph = graphOf(program, true);
  const plan = unwrap(await planned(graph, { hideInput: false, proofs: 2 }));
  const memory = await ProofMemory.create();
  const layout = renewalLayout(plan);
  const [shape] = shapesOf(layout);
  const fill = (row: number, words: Uint32Array): void => {
    for (let i = 0; i < words.length; i++) words[i] = (row * 7_919 + i * 104_729) % 251;
  };
  const first = commitMatrix(memory, shape!, fill);
  const second = commitMatrix(memory, shape!, (row, words) => {
    fill(row, words);
    change(words, row);
  });
  const pair = [first, bent ? bentApart(memory, second) : second] as const;
  const id = architectureId(graph, 2);
  const renewal: Renewal = { architecture: id, from: pair[0].root, to: pair[1].root };
  const proof = await proveRenewal(memory, layout, renewal, pair);
  const architecture: Architecture = { kind: 'private', graph, id, weights: renewal.from, proofs: 2 };
  return { architecture, file: encodeRenewal(renewal, proof), rows: shape!.rows };
};

test('no other constants follow, however few are changed', async () => {
  const { architecture, file, rows } = await pairOf(() => undefined);
  assert.equal(codeOf(await verifyRenewal(file, architecture)), 'accepted');
  for (const at of [0, rows - 1]) {
    const other = await pairOf((words, row) => {
      if (row === at) words[words.length - 1] = (words.at(-1)! + 1) % P;
    });
    assert.equal(codeOf(await verifyRenewal(other.file, other.architecture)), 'proof.refuted');
  }
  const bent = await pairOf(() => undefined, true);
  assert.equal(codeOf(await verifyRenewal(bent.file, bent.architecture)), 'proof.refuted');
});

test('no byte can be changed, added or left out, nor a commitment be posed for', async () => {
  const old = unwrap(await commit(program, { proofs: 2 }));
  const { file } = unwrap(await renew(old));
  const step = Math.ceil(file.length / 40);
  for (let at = 0; at < file.length; at += at < 104 ? 9 : step) {
    const changed = file.map((byte, i) => (i === at ? byte ^ 1 : byte));
    const code = codeOf(await verifyRenewal(changed, old.architecture));
    assert.match(code, /^proof\.(?:malformed|refuted|other)$/, `byte ${at}`);
  }
  for (const length of [7, 50, file.length - 1]) {
    assert.notEqual(codeOf(await verifyRenewal(file.subarray(0, length), old.architecture)), 'accepted');
  }
  assert.equal(codeOf(await verifyRenewal(Uint8Array.from([...file, 0]), old.architecture)), 'proof.refuted');
  const stranger = unwrap(await commit(program, { proofs: 2 }));
  assert.equal(codeOf(await verifyRenewal(file, stranger.architecture)), 'proof.other');
  const posing = file.slice();
  posing.set(stranger.architecture.weights, 8 + 64);
  assert.equal(codeOf(await verifyRenewal(posing, stranger.architecture)), 'proof.refuted');
  const larger = unwrap(await commit(program, { proofs: 3 }));
  assert.equal(codeOf(await verifyRenewal(file, larger.architecture)), 'proof.other');
});

test('it has 96 bits', async () => {
  const plan = unwrap(await planned(graphOf(program, true), { hideInput: false, proofs: 2 }));
  assert.ok((await renewalSoundness(renewalLayout(plan))).bits >= SECURITY_BITS);
});
