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

type NetworkOptions = { readonly widths?: readonly number[]; readonly proofs?: number };

const network = async (seed: number, { widths = [20, 12], proofs = 0 }: NetworkOptions = {}) => {
  const program = mlpProgram(widths, randomLayers(widths, seed));
  const { architecture } = unwrap(await commit(program, { proofs }));
  const id = toHex(unwrap(await stepProgram(architecture)).id);
  return { id, architecture, file: encodeArchitecture(architecture), program: concatBytes(...writeProgram(program)) };
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

const ofHiddenInputs = async ({ architecture }: Awaited<ReturnType<typeof network>>): Promise<string> =>
  toHex(unwrap(await stepProgram(architecture, { hideInput: true })).id);

test('of inputs that are shown and of hidden ones, with what their proofs hide; hidden weights from the architecture alone', async () => {
  // Wide enough for rows in which an input can be hidden beside constants that are bound.
  const [bound, hiding, where] = [await network(4, { widths: [784, 10] }), await network(4, { proofs: 2 }), folder()];
  const file = join(where, 'bound.program');
  writeFileSync(file, bound.program);
  const held = createArchitectures({ folders: [where], programs: () => [file] });
  const hidden = [await ofHiddenInputs(bound), await ofHiddenInputs(hiding)] as const;
  assert.equal(toHex((await held.steps(hidden[0]))!.id), hidden[0]);
  assert.deepEqual(await held.hides(bound.id), { proofs: 0, input: false });
  assert.deepEqual(await held.hides(hidden[0]), { proofs: 0, input: true });
  // The program does not tell under which secret its weights were committed to.
  assert.deepEqual([await held.steps(hidden[1]), await held.hides(hiding.id)], [null, null]);
  writeFileSync(join(where, 'hiding.architecture'), hiding.file);
  assert.equal(toHex((await held.steps(hidden[1]))!.id), hidden[1]);
  assert.deepEqual(await held.hides(hiding.id), { proofs: 2, input: false });
  assert.deepEqual(await held.hides(hidden[1]), { proofs: 2, input: true });
});
