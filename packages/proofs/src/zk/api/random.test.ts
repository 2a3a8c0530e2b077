/** Random programs over all operators (spec 12.5): what is proved is what the reference computes, however it is hidden. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Result } from '@surety/core';
import { type CheckedProgram, commitProgram, type OpName, runReference, type Tensor } from '@surety/programs';
import { randomInputs, randomProgram } from '../../../../programs/test/random-program.ts';
import type { Architecture } from '../graph/architecture.ts';
import { commit } from './commit.ts';
import { type Proof, prove } from './prove.ts';
import type { PublicProgram } from './subject.ts';
import { verify } from './verify.ts';

const publicly = (program: CheckedProgram): PublicProgram => ({
  kind: 'public',
  program,
  id: commitProgram(program).id,
});

const outputsOf = (program: CheckedProgram, inputs: readonly Tensor[]): Tensor[] => {
  const values = runReference(program, inputs);
  return program.outputs.map(({ value }) => values[value]!);
};

/** Whether the run was proved; a program that cannot be has to say so in so many words. */
const holds = async (
  program: CheckedProgram,
  inputs: readonly Tensor[],
  subject: PublicProgram | Architecture,
  made: Result<Proof>,
  seed: number,
): Promise<boolean> => {
  if (!made.ok) {
    assert.equal(made.problem.code, 'proof.unsupported', `seed ${seed}: ${made.problem.message}`);
    return false;
  }
  assert.deepEqual(made.value.outputs, outputsOf(program, inputs), `seed ${seed}`);
  const verified = await verify(made.value.file, subject);
  assert.deepEqual(verified.ok ? verified.value.outputs : verified.problem, made.value.outputs, `seed ${seed}`);
  return true;
};

test('runs of public programs, with the input shown or hidden', async () => {
  const proved = new Map<OpName, number>();
  for (let seed = 0; seed < 90; seed++) {
    const program = randomProgram(seed, 5);
    const inputs = randomInputs(program, seed);
    const subject = publicly(program);
    const made = await prove(subject, inputs, { hideInput: seed % 3 === 2 });
    if (!(await holds(program, inputs, subject, made, seed))) continue;
    for (const { form } of program.nodes) proved.set(form.op, (proved.get(form.op) ?? 0) + 1);
  }
  assert.equal(proved.size, 15, `operators proved: ${[...proved.keys()]}`);
});

test('runs of programs whose constants are hidden', async () => {
  let proved = 0;
  for (let seed = 0; seed < 150 && proved < 25; seed++) {
    const program = randomProgram(seed, 5);
    const hidden = await commit(program);
    if (!hidden.ok) continue;
    const inputs = randomInputs(program, seed);
    const made = await prove(hidden.value, inputs, { hideInput: seed % 2 === 1 });
    if (await holds(program, inputs, hidden.value.architecture, made, seed)) proved++;
  }
  assert.equal(proved, 25);
});

/** Where inputs and outputs lie in the file of a public program. */
const statedAt = ({ inputs, outputs, types }: CheckedProgram) => {
  const bytes = { i8: 1, i16: 2, i32: 4 } as const;
  const size = ({ dtype, shape }: CheckedProgram['types'][number]): number =>
    shape.reduce((n, d) => n * d, bytes[dtype]);
  const start = 8 + 1 + 32;
  const total = [...inputs, ...outputs.map(({ value }) => types[value]!)].reduce((sum, type) => sum + size(type), 0);
  return { start, end: start + total };
};

test('any other input or output is refused', async () => {
  for (let seed = 0; seed < 60; seed++) {
    const program = randomProgram(seed, 4);
    const subject = publicly(program);
    const made = await prove(subject, randomInputs(program, seed));
    if (!made.ok) continue;
    const { file } = made.value;
    const { start, end } = statedAt(program);
    // Where a verifier computes all itself the proof is empty, and another input that gives the same is as true.
    if (end === file.length) continue;
    for (let at = start; at < end; at += Math.max(1, Math.floor((end - start) / 6))) {
      const changed = file.slice();
      changed[at]! ^= 1;
      const result = await verify(changed, subject);
      assert.ok(!result.ok, `seed ${seed}, byte ${at}`);
    }
  }
});
