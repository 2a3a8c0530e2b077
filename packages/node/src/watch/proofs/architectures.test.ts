/** Architectures are found by what is derived of them, whatever their files are called. */
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { concatBytes, toHex, unwrap } from '@surety/core';
import { writeProgram } from '@surety/programs';
import { commit, encodeArchitecture, stepProgram } from '@surety/proofs/zk';
import { mlpProgram, randomLayers } from '../../../../programs/test/networks.ts';
import { randomProgram } from '../../../../programs/test/random-program.ts';
import { createArchitectures } from './architectures.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'surety-architectures-'));

const network = async (seed: number) => {
  const program = mlpProgram([20, 12], randomLayers([20, 12], seed));
  const { architecture } = unwrap(await commit(program, { proofs: 0 }));
  const id = toHex(unwrap(await stepProgram(architecture)).id);
  return { id, file: encodeArchitecture(architecture), program: concatBytes(...writeProgram(program)) };
};

test('from files of architectures, under any name, and from programs, whose weights are committed to', async () => {
  const [one, two, where] = [await network(1), await network(2), folder()];
  const programs = [join(where, 'any.program'), join(where, 'other.program')];
  const held = createArchitectures({ folders: [where, join(where, 'missing')], programs: () => programs });
  assert.equal(await held.steps(one.id), null);
  // Other weights are another program, also under its name.
  writeFileSync(join(where, `${one.id}.architecture`), two.file);
  assert.equal(await held.steps(one.id), null);
  writeFileSync(join(where, 'named-otherwise.architecture'), one.file);
  assert.equal(toHex((await held.steps(one.id))!.id), one.id);
  assert.equal(toHex((await held.steps(two.id))!.id), two.id);
  const three = await network(3);
  // A program of which no contract judges proofs, and bytes that are none, are passed over.
  writeFileSync(programs[0]!, concatBytes(...writeProgram(randomProgram(3))));
  writeFileSync(join(where, 'rubbish.architecture'), 'nothing of the kind');
  writeFileSync(programs[1]!, three.program);
  assert.equal(toHex((await held.steps(three.id))!.id), three.id);
  // A file that was replaced is not what it was.
  writeFileSync(programs[1]!, two.program);
  assert.equal(await createArchitectures({ folders: [], programs: () => programs }).steps(three.id), null);
});
