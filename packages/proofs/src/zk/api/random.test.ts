/** Random programs over all operators (spec 12.5), proved in every way of hiding. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { commitProgram, type CheckedProgram, type OpName, runReference, type Tensor } from '@surety/programs';
import { randomInputs, randomProgram } from '../../../../programs/test/random-program.ts';
import { commit } from './commit.ts';
import { prove } from './prove.ts';
import { verify } from './verify.ts';

const SEEDS = Number(process.env['SEEDS'] ?? 120);

const expected = (program: CheckedProgram, inputs: readonly Tensor[]): Tensor[] => {
  const values = runReference(program, inputs);
  return program.outputs.map(({ value }) => values[value]!);
};

test('runs of random programs are proved, and of the right outputs', async () => {
  const proved = new Map<OpName, number>();
  const refusals = new Map<string, number>();
  for (let seed = 0; seed < SEEDS; seed++) {
    const program = randomProgram(seed);
    const inputs = randomInputs(program, seed);
    const subject = { kind: 'public', program, id: commitProgram(program).id } as const;
    const made = await prove(subject, inputs, { hideInput: seed % 3 === 1 });
    if (!made.ok) {
      refusals.set(made.problem.message, 1);
      assert.equal(made.problem.code, 'proof.unsupported');
      continue;
    }
    assert.deepEqual(made.value.outputs, expected(program, inputs), `seed ${seed}`);
    const verified = await verify(made.value.file, subject);
    assert.deepEqual(verified.ok ? verified.value.outputs : verified.problem, made.value.outputs, `seed ${seed}`);
    for (const { form } of program.nodes) proved.set(form.op, (proved.get(form.op) ?? 0) + 1);
  }
  console.log(proved, [...refusals.keys()]);
});
