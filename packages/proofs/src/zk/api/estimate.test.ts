/** What is stated before a proof starts holds when it is done. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { type CheckedProgram, commitProgram, type Tensor } from '@surety/programs';
import { anyInput, mlpProgram, randomLayers } from '../../../../programs/test/networks.ts';
import { randomInputs, randomProgram } from '../../../../programs/test/random-program.ts';
import { commit } from './commit.ts';
import { estimate } from './estimate.ts';
import { prove } from './prove.ts';
import { proveRange } from './range.ts';

/** Proves in the memory that was stated, and compares the file; null where the program cannot be proved. */
const keeps = async (program: CheckedProgram, inputs: readonly Tensor[], hidden: string): Promise<number | null> => {
  const [hideInput, hideWeights] = [hidden.includes('input'), hidden.includes('weights')];
  const stated = await estimate(program, { hideInput, hideWeights });
  if (!stated.ok) return null;
  const { memoryBytes, proofBytes } = stated.value;
  const committed = hideWeights ? await commit(program, { memoryBytes }) : null;
  if (committed?.ok === false) return null;
  const { range } = stated.value;
  assert.equal(range !== null, hideWeights);
  if (range !== null) {
    const roomy = unwrap(await commit(program, { memoryBytes: range.memoryBytes }));
    const made = unwrap(await proveRange(roomy)).range!.length;
    assert.ok(made <= range.proofBytes && 2 * made > range.proofBytes, `${made} bytes, stated ${range.proofBytes}`);
  }
  const subject = committed?.value ?? ({ kind: 'public', program, id: commitProgram(program).id } as const);
  const { file } = unwrap(await prove(subject, inputs, { hideInput, memoryBytes }));
  assert.ok(file.length <= proofBytes, `${file.length} bytes, stated ${proofBytes}, ${hidden}`);
  const less = await prove(subject, inputs, { hideInput, memoryBytes: memoryBytes - 1 });
  assert.equal(less.ok ? 'proved' : less.problem.code, 'proof.too-large');
  return proofBytes / file.length;
};

test('memory and bytes that are stated are enough', async () => {
  const ratios: number[] = [];
  for (let seed = 0; seed < 40; seed++) {
    const program = randomProgram(seed, 5);
    for (const hidden of ['', 'input', 'weights', 'weights and input']) {
      const ratio = await keeps(program, randomInputs(program, seed), hidden);
      if (ratio !== null) ratios.push(ratio);
    }
  }
  for (const widths of [
    [784, 10],
    [256, 256, 256],
  ]) {
    const program = mlpProgram(widths, randomLayers(widths, 1));
    for (const hidden of ['', 'input', 'weights']) {
      const ratio = await keeps(program, anyInput(program, 1), hidden);
      assert.ok(ratio !== null && ratio < 2, `${ratio} times what ${widths} takes, ${hidden}`);
    }
  }
  assert.ok(ratios.length > 60);
});

test('what a proof is said to have taken is its own, whatever was proved before in the same memory', async () => {
  const widths = [256, 256, 256];
  const program = mlpProgram(widths, randomLayers(widths, 1));
  const subject = unwrap(await commit(program));
  const first = unwrap(await prove(subject, anyInput(program, 1)));
  unwrap(await proveRange(subject));
  assert.equal(unwrap(await prove(subject, anyInput(program, 1))).peakBytes, first.peakBytes);
});
