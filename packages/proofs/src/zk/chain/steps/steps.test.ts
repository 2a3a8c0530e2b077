/** That the steps accept what `verify` accepts, and nothing else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHex, unwrap } from '@surety/core';
import type { CheckedProgram } from '@surety/programs';
import { anyInput, mlpProgram, randomLayers } from '../../../../../programs/test/networks.ts';
import { Random } from '../../../../../programs/test/random.ts';
import type { Hides } from '../../../../test/step-lies.ts';
import { program as scene, wide } from '../../../../test/step-scene.ts';
import { commit } from '../../api/commit.ts';
import { prove } from '../../api/prove.ts';
import { verify } from '../../api/verify.ts';
import { partsOf, type StepClaimed, stepClaim } from './claim.ts';
import { proofData } from './data.ts';
import { stepProgram } from './program.ts';
import { runSteps } from './run.ts';

const mlp = (widths: readonly number[], seed = 1) => mlpProgram(widths, randomLayers(widths, seed));

const claimedOf = async (program: CheckedProgram, { proofs = 0, hideInput = false }: Hides = {}) => {
  const committed = unwrap(await commit(program, { proofs }));
  const { architecture } = committed;
  const { file } = unwrap(await prove(committed, anyInput(program, 3), { hideInput }));
  return { program, committed, architecture, file, claim: unwrap(await stepClaim(architecture, file)) };
};

const claimed = (widths: readonly number[], hides?: Hides) => claimedOf(mlp(widths), hides);

test('a proof that verifies can be carried out step by step, of small and of large layers', async (context) => {
  for (const [widths, hides] of [
    [[16, 8], {}],
    [[64, 32, 32, 4], {}],
    [[512, 256, 16], {}],
    // Sizes that are no powers of two: padding, and constants in parts.
    [[20, 12, 10], {}],
    [[100, 48, 96, 7], {}],
    [[64, 32, 32, 4], { proofs: 1 }],
    [[100, 48, 96, 7], { proofs: 3 }],
    [[20, 12, 10], { proofs: 1, hideInput: true }],
    // Rows so long that they are opened through a level.
    [[20, 12, 10], { proofs: 8, hideInput: true }],
  ] as const) {
    const { architecture, file, claim } = await claimed(widths, hides);
    assert.ok((await verify(file, architecture)).ok);
    const { steps } = claim.program;
    assert.equal(claim.records.length, steps.length);
    context.diagnostic(`${widths} ${JSON.stringify(hides)}: ${steps.length} steps, ${claim.data.length} bytes of data`);
  }
});

test('and of several rows, with quotients looked up in two steps and in parts', async () => {
  for (const [program, hides] of [
    [scene(), { proofs: 1 }],
    [scene(), { proofs: 1, hideInput: true }],
    [wide(), { proofs: 1 }],
    [wide(), { proofs: 1, hideInput: true }],
  ] as const) {
    const { claim } = await claimedOf(program, hides);
    assert.equal(claim.records.length, claim.program.steps.length);
  }
});

const bytesRead = ({ program: { steps } }: StepClaimed): readonly number[] => {
  const seen = new Set<number>();
  for (const { stretch } of steps) for (let i = 0; i < stretch.length; i++) seen.add(stretch.offset + i);
  return [...seen].sort((a, b) => a - b);
};

test('no byte that a step reads can be changed', async () => {
  const random = new Random(5);
  for (const [hides, drawn] of [
    [{}, 100],
    [{ proofs: 1 }, 20],
    [{ proofs: 8, hideInput: true }, 20],
  ] as const) {
    const { claim } = await claimed([16, 8], hides);
    const { program, run, data } = claim;
    const places = bytesRead(claim);
    const tried = new Set(Array.from({ length: drawn }, () => random.pick(places)));
    // All messages, each of 16 bytes or more, and all of what is bound to the run.
    for (const place of places) if (!('proofs' in hides) && place < 3_000 && place % 29 === 0) tried.add(place);
    for (const place of tried) {
      const changed = data.slice();
      changed[place]! ^= 1 << random.int(0, 7);
      assert.notEqual(runSteps(program.steps, run, changed).failed, null, `${JSON.stringify(hides)}, byte ${place}`);
    }
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

test('a hidden input has a claim whatever it is, and none where the steps are of another', async () => {
  const { program, committed, architecture } = await claimed([16, 8], { proofs: 3, hideInput: true });
  const [x] = anyInput(program, 3);
  const zeros = [{ ...x!, values: x!.values.slice().fill(0) }];
  const { file } = unwrap(await prove(committed, zeros, { hideInput: true }));
  assert.ok((await stepClaim(architecture, file)).ok);
  const shown = unwrap(await prove(committed, anyInput(program, 3))).file;
  const { run, parts } = unwrap(await partsOf(architecture, shown));
  const { steps, data } = unwrap(await stepProgram(architecture, { hideInput: true }));
  const laid = proofData(data, parts);
  assert.ok(!laid.ok || runSteps(steps, run, laid.value).failed !== null);
});

test('the id is that of one program alone', async () => {
  const secret = { seed: new Uint8Array(32), used: 0 };
  const idOf = async (widths: readonly number[], seed: number, { proofs = 0, hideInput = false }: Hides = {}) => {
    const { architecture } = unwrap(await commit(mlp(widths, seed), { proofs, secret }));
    return toHex(unwrap(await stepProgram(architecture, { hideInput })).id);
  };
  const ids = [
    await idOf([16, 8], 1),
    await idOf([16, 8], 2),
    await idOf([16, 16], 1),
    await idOf([16, 8], 1, { proofs: 1 }),
    await idOf([16, 8], 1, { proofs: 2 }),
    await idOf([16, 8], 1, { proofs: 1, hideInput: true }),
  ];
  assert.equal(new Set(ids).size, 6);
  assert.equal(await idOf([16, 8], 1, { proofs: 1 }), ids[3]);
  assert.equal(await idOf([16, 8], 1), ids[0]);
});
