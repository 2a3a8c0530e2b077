/** That the steps accept what `verify` accepts, and nothing else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHex, unwrap } from '@surety/core';
import { anyInput, mlpProgram, randomLayers } from '../../../../../programs/test/networks.ts';
import { Random } from '../../../../../programs/test/random.ts';
import { commit } from '../../api/commit.ts';
import { prove } from '../../api/prove.ts';
import { verify } from '../../api/verify.ts';
import { stepClaim } from './claim.ts';
import { stepProgram } from './program.ts';
import { runSteps } from './run.ts';

const mlp = (widths: readonly number[], seed = 1) => mlpProgram(widths, randomLayers(widths, seed));

const claimed = async (widths: readonly number[]) => {
  const program = mlp(widths);
  const committed = unwrap(await commit(program, { proofs: 0 }));
  const { architecture } = committed;
  const { file } = unwrap(await prove(committed, anyInput(program, 3)));
  return { program, committed, architecture, file, claim: unwrap(await stepClaim(architecture, file)) };
};

test('a proof that verifies can be carried out step by step, of small and of large layers', async (context) => {
  for (const widths of [
    [16, 8],
    [64, 32, 32, 4],
    [512, 256, 16],
    // Sizes that are no powers of two: padding, and constants in parts.
    [20, 12, 10],
    [100, 48, 96, 7],
  ]) {
    const { architecture, file, claim } = await claimed(widths);
    assert.ok((await verify(file, architecture)).ok);
    const { steps } = claim.program;
    assert.equal(claim.records.length, steps.length);
    context.diagnostic(`${widths}: ${steps.length} steps, ${claim.data.length} bytes of data`);
  }
});

test('no byte that a step reads can be changed', async () => {
  const random = new Random(5);
  const { claim } = await claimed([16, 8]);
  const { program, run, data } = claim;
  const seen = new Set<number>();
  for (const { stretch } of program.steps) {
    for (let i = 0; i < stretch.length; i++) seen.add(stretch.offset + i);
  }
  const places = [...seen].sort((a, b) => a - b);
  const tried = new Set(Array.from({ length: 100 }, () => random.pick(places)));
  // All messages, each of 16 bytes or more, and all of what is bound to the run.
  for (const place of places) if (place < 3_000 && place % 29 === 0) tried.add(place);
  for (const place of tried) {
    const changed = data.slice();
    changed[place]! ^= 1 << random.int(0, 7);
    assert.notEqual(runSteps(program.steps, run, changed).failed, null, `byte ${place}`);
  }
});

test('another input or output than the run names fails, whatever the proof', async () => {
  const { claim } = await claimed([16, 8]);
  for (const part of ['input', 'output'] as const) {
    const other = claim.run[part].slice();
    other[7]! ^= 1;
    assert.notEqual(runSteps(claim.program.steps, { ...claim.run, [part]: other }, claim.data).failed, null, part);
  }
});

test('a proof of another architecture, a changed one and an input that proves nothing make no claim', async () => {
  const { program, committed, architecture, file } = await claimed([16, 8]);
  const code = async (bytes: Uint8Array, of = architecture) => {
    const made = await stepClaim(of, bytes);
    return made.ok ? 'claimed' : made.problem.code;
  };
  const other = unwrap(await commit(mlp([16, 8], 2), { proofs: 0 })).architecture;
  assert.equal(await code(file, other), 'proof.other');
  const changed = file.slice();
  changed[file.length - 40]! ^= 1;
  assert.equal(await code(changed), 'proof.refuted');
  assert.equal(await code(file.slice(0, -32)), 'proof.malformed');
  assert.equal(await code(Uint8Array.of(...file, 0)), 'proof.malformed');
  const [x] = anyInput(program, 3);
  const zeros = [{ ...x!, values: x!.values.slice().fill(0) }];
  const proof = unwrap(await prove(committed, zeros)).file;
  assert.ok((await verify(proof, architecture)).ok);
  assert.equal(await code(proof), 'proof.refuted');
});

test('the id is that of one program alone, and programs without steps have none', async () => {
  const idOf = async (widths: readonly number[], seed: number, proofs = 0) => {
    const { architecture } = unwrap(await commit(mlp(widths, seed), { proofs }));
    const made = await stepProgram(architecture);
    return made.ok ? toHex(made.value.id) : made.problem.code;
  };
  const ids = [await idOf([16, 8], 1), await idOf([16, 8], 2), await idOf([16, 16], 1)];
  assert.equal(new Set(ids).size, 3);
  assert.equal(await idOf([16, 8], 1), ids[0]);
  assert.equal(await idOf([16, 8], 1, 1), 'proof.unsupported');
  // More layers than a program of steps has.
  assert.equal(await idOf(new Array(66).fill(4), 1), 'proof.unsupported');
  assert.notEqual(await idOf(new Array(65).fill(4), 1), 'proof.unsupported');
});
