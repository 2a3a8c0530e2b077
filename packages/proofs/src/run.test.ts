import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromHex, toHex, unwrap } from '@surety/core';
import { bytesSource, checkProgram, createEngine, readProgram, runReference } from '@surety/programs';
import { randomInputs } from '../../programs/test/random-program.ts';
import { runBytes, runOf } from './run.ts';

type Written = { file: string; id: string; inputsRoot: string; outputsRoot: string; traceRoot: string };

test('a run has the commitments that the vectors of spec 12 state', async () => {
  const file = new URL('../../../vectors/program.json', import.meta.url);
  const { programs } = JSON.parse(readFileSync(file, 'utf8')) as { programs: readonly Written[] };
  for (const [seed, written] of programs.slice(0, 4).entries()) {
    const program = unwrap(checkProgram(unwrap(await readProgram(bytesSource(unwrap(fromHex(written.file)))))));
    const inputs = randomInputs(program, seed);
    const values = runReference(program, inputs);
    const { trace } = unwrap(await unwrap(await createEngine(program)).run(inputs, { trace: true }));
    const outputs = program.outputs.map(({ value }) => values[value]!);
    const run = runOf(program, unwrap(fromHex(written.id)), { inputs, outputs, trace: trace! });
    assert.equal(toHex(runBytes(run)), written.id + written.inputsRoot + written.outputsRoot + written.traceRoot);
  }
});
