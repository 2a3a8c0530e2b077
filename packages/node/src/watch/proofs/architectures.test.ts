/** Architectures are found by what is derived of them, whatever their files are called. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ClaimView } from '@surety/chain';
import { concatBytes, to0x, toHex, unwrap } from '@surety/core';
import { writeProgram } from '@surety/programs';
import { commit, encodeArchitecture, publishedArchitecture, stepClaim, stepProgram } from '@surety/proofs/zk';
import { mlpProgram, randomLayers } from '../../../../programs/test/networks.ts';
import { randomProgram } from '../../../../programs/test/random-program.ts';
import { pretended } from '../../../../proofs/test/step-lies.ts';
import { provedRun, startPublisher } from '../../../test/step-party.ts';
import { createArchitectures } from './architectures.ts';
import { createStepData } from './step-data.ts';
import { stepsRoute } from './steps.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'surety-architectures-'));

type NetworkOptions = { readonly widths?: readonly number[]; readonly proofs?: number };

const network = async (seed: number, { widths = [20, 12], proofs = 0 }: NetworkOptions = {}) => {
  const program = mlpProgram(widths, randomLayers(widths, seed));
  const { architecture } = unwrap(await commit(program, { proofs }));
  const id = toHex(unwrap(await stepProgram(architecture)).id);
  return { id, architecture, file: encodeArchitecture(architecture), program: concatBytes(...writeProgram(program)) };
};

const heldIn = (folders: readonly string[], programs: readonly string[] = [], urls: readonly string[] = []) => {
  const fetched = folder();
  return createArchitectures({ folders: [...folders, fetched], programs: () => programs, fetched, urls });
};

test('from files of architectures, under any name, and from programs, whose weights are committed to', async () => {
  const [one, two, where] = [await network(1), await network(2), folder()];
  const programs = [join(where, 'any.program'), join(where, 'other.program')];
  const held = heldIn([where, join(where, 'missing')], programs);
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
  assert.equal(await heldIn([], programs).steps(three.id), null);
});

const ofHiddenInputs = async ({ architecture }: Awaited<ReturnType<typeof network>>): Promise<string> =>
  toHex(unwrap(await stepProgram(architecture, { hideInput: true })).id);

test('of inputs that are shown and of hidden ones, with what their proofs hide; hidden weights from the architecture alone', async () => {
  // Wide enough for rows in which an input can be hidden beside constants that are bound.
  const [bound, hiding, where] = [await network(4, { widths: [784, 10] }), await network(4, { proofs: 2 }), folder()];
  const file = join(where, 'bound.program');
  writeFileSync(file, bound.program);
  const held = heldIn([where], [file]);
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

test('from a node, of claims whose input is shown or hidden; kept, and believed only if the program follows from it', async (context) => {
  const publisher = await startPublisher();
  context.after(publisher.stop);
  const [bound, other, fetched] = [await network(5, { widths: [784, 10] }), await network(6), folder()];
  const hidden = await ofHiddenInputs(bound);
  publisher.publishArchitecture(hidden, publishedArchitecture({ architecture: bound.architecture, hideInput: true }));
  const of = (urls: readonly string[]) =>
    createArchitectures({ folders: [fetched], programs: () => [], fetched, urls });
  assert.equal(toHex((await of(['http://127.0.0.1:9', publisher.url]).steps(hidden))!.id), hidden);
  assert.deepEqual(await of([]).hides(hidden), { proofs: 0, input: true });
  // Of the one architecture both programs follow.
  assert.equal(toHex((await of([]).steps(bound.id))!.id), bound.id);
  const before = readdirSync(fetched);
  for (const wrong of [
    publishedArchitecture({ architecture: bound.architecture, hideInput: false }),
    publishedArchitecture({ architecture: other.architecture, hideInput: true }),
    other.file,
    Uint8Array.of(0),
    new Uint8Array(),
  ]) {
    publisher.publishArchitecture(other.id, wrong);
    assert.equal(await of([publisher.url]).steps(other.id), null);
  }
  assert.deepEqual(readdirSync(fetched), before);
  publisher.publishArchitecture(
    other.id,
    publishedArchitecture({ architecture: other.architecture, hideInput: false }),
  );
  assert.equal(toHex((await of([publisher.url]).steps(other.id))!.id), other.id);
});

test('a stranger who has nothing but what is published finds the step of a claim that does not follow', async (context) => {
  const publisher = await startPublisher();
  context.after(publisher.stop);
  const { architecture, file } = await provedRun([20, 12]);
  const honest = unwrap(await stepClaim(architecture, file));
  const last = honest.program.steps.findLastIndex(({ writes }) => writes.length > 0);
  const lying = pretended(honest, honest.data, (index) => index === last);
  publisher.publish(lying);
  publisher.publishArchitecture(toHex(honest.program.id), publishedArchitecture({ architecture, hideInput: false }));
  const urls = [publisher.url];
  const route = stepsRoute(heldIn([], [], urls), createStepData({ own: folder(), fetched: folder(), urls }));
  const { run } = lying;
  const view = {
    claim: {
      request: { program: to0x(run.program), input: to0x(run.input) },
      output: to0x(run.output),
      trace: to0x(run.trace),
    },
    shown: [],
    disputes: [],
  } as unknown as ClaimView;
  const found = await route.check(view, new AbortController().signal);
  assert.equal(found.kind, 'wrong');
});
