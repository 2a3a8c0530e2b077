/**
 * Lies in proofs that hide. Claims and statements are checked all at once there, so an honest proof passes only if each of them
 * counts for what it counts to the prover; a lie about any is one about the value of the combined row.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { anyInput, mlpProgram, randomLayers } from '../../../../../programs/test/networks.ts';
import { saying } from '../../../../test/said-otherwise.ts';
import { stoppedBy } from '../../../../test/step-checks.ts';
import { moreSum, plus, program, type Setting, told, W1 } from '../../../../test/step-scene.ts';
import { commit } from '../../api/commit.ts';
import { prove } from '../../api/prove.ts';
import { SALT_BYTES } from '../../commit/commit.ts';
import { partsOf } from './claim.ts';
import { proofData } from './data.ts';
import { type StepProgram, stepProgram } from './program.ts';

const VALUE = 'the row has the value';
const COLUMNS = 'the row has the columns';
const ROOT = 'the root';

test('each lie about a run is stopped by one check, and passes without it', async () => {
  const lies: Readonly<Record<string, readonly [Setting, readonly string[]]>> = {
    'what is so': [{ change: (run) => run }, []],
    'another output': [{ change: (run) => ({ ...run, outputs: run.outputs.map((y) => plus(y, 1)) }) }, [VALUE]],
    'another sum in the last layer': [{ change: moreSum(6, 2) }, [VALUE]],
    'other weights': [{ of: program(plus(W1, 1)), change: (run) => run }, [ROOT]],
  };
  for (const [name, [lie, checks]] of Object.entries(lies)) {
    const { steps, run, data } = await told({ ...lie, proofs: 1 });
    assert.deepEqual(stoppedBy(steps, run, data), checks, name);
  }
});

const WIDTHS = [16, 8];

type Lie = {
  /** Another message, by its number from the end where it is negative; and the byte of it that is another. */
  readonly message?: readonly [number: number, byte: number];
  /** What whoever lays out the data changes. */
  readonly data?: (data: Uint8Array, program: StepProgram) => void;
};

const NETWORK = mlpProgram(WIDTHS, randomLayers(WIDTHS, 1));

/** The commitment made again for every proof, and the steps for all of them. */
const sceneOf = async (proofs: number) => {
  const secret = { seed: new Uint8Array(32).fill(proofs), used: 0 };
  const again = async () => unwrap(await commit(NETWORK, { proofs, secret }));
  const { architecture } = await again();
  return { again, architecture, program: unwrap(await stepProgram(architecture)) };
};

/** Which checks stop a proof of what is so, in which something else is said. */
const stopped = async (
  { again, architecture, program: { steps, data: layout }, program: all }: Awaited<ReturnType<typeof sceneOf>>,
  { message, data: change }: Lie,
): Promise<readonly string[]> => {
  const { messages } = layout;
  const number = message === undefined ? null : (message[0] + messages.length) % messages.length;
  const committed = await again();
  const prover = async () => unwrap(await prove(committed, anyInput(NETWORK, 3)));
  const { file } = await saying(number, message?.[1] ?? 0, prover);
  const { run, parts } = unwrap(await partsOf(architecture, file));
  const data = unwrap(proofData(layout, parts));
  change?.(data, all);
  return stoppedBy(steps, run, data);
};

/** The first column opened of a matrix. @param opening 0 of the stack; then of its levels */
const column =
  (opening: number, matrix: number, at: (length: number) => number) =>
  (data: Uint8Array, { data: { columns } }: StepProgram): void => {
    const { offset, columns: places } = columns[opening]!;
    const place = places[matrix]!;
    const from = offset + place.at;
    data[from + at(place.pathAt - place.at)]! ^= 1;
  };

const firstWord = () => 3;
const salt = (length: number) => length - SALT_BYTES;
const node = (length: number) => length;

test('a message, a column, a salt or a node that is another is stopped where it is read: a row that is sent', async () => {
  // From the end: the row, 9 rounds, the blinded sum, factors shown, values of products, the claim on the pads.
  const lies: Readonly<Record<string, readonly [Lie, readonly string[]]>> = {
    'the root of the witness': [{ message: [0, 0] }, [ROOT]],
    'a value under a pad, in the lookups': [{ message: [2, 0] }, [VALUE]],
    'a product': [{ message: [3, 0] }, [VALUE]],
    'the claim on the pads': [{ message: [-14, 0] }, [VALUE]],
    'a value that the products leave open': [{ message: [-13, 0] }, [VALUE]],
    'the first factor at τ': [{ message: [-12, 0] }, [VALUE]],
    'the second factor at τ': [{ message: [-12, 16] }, [VALUE]],
    'the blinded sum': [{ message: [-11, 0] }, [VALUE]],
    'a round over the columns': [{ message: [-5, 0] }, [VALUE]],
    // A random coefficient behind the values has no part in the value.
    'the row': [{ message: [-1, 16 * 2 ** 9] }, [COLUMNS]],
    'a column': [{ data: column(0, 0, firstWord) }, [ROOT, COLUMNS]],
    'a column of the witness': [{ data: column(0, 1, firstWord) }, [ROOT, COLUMNS]],
    'the salt of a column': [{ data: column(0, 0, salt) }, [ROOT]],
    'a node': [{ data: column(0, 1, node) }, [ROOT]],
  };
  const scene = await sceneOf(1);
  assert.equal(scene.program.data.columns.length, 1);
  for (const [name, [lie, checks]] of Object.entries(lies)) assert.deepEqual(await stopped(scene, lie), checks, name);
});

test('and a row that is opened through a level', async () => {
  // From the end: the row, 4 rounds over the rows of the level, its sample, its root.
  const lies: Readonly<Record<string, readonly [Lie, readonly string[]]>> = {
    nothing: [{}, []],
    'the root of the level': [{ message: [-7, 0] }, [ROOT]],
    'the sample': [{ message: [-6, 0] }, [VALUE]],
    'a round over the rows of the level': [{ message: [-3, 16] }, [VALUE]],
    'the last row': [{ message: [-1, 0] }, [VALUE, COLUMNS]],
    'a column of the weights': [{ data: column(0, 0, firstWord) }, [ROOT, VALUE]],
    'a column of the level': [{ data: column(1, 0, firstWord) }, [ROOT, COLUMNS]],
    'the salt of a column': [{ data: column(0, 1, salt) }, [ROOT]],
    'a node beside a column of the level': [{ data: column(1, 0, node) }, [ROOT]],
  };
  // Eight proofs: so many random coefficients that the row is not sent.
  const scene = await sceneOf(8);
  assert.equal(scene.program.data.columns.length, 2);
  for (const [name, [lie, checks]] of Object.entries(lies)) assert.deepEqual(await stopped(scene, lie), checks, name);
});
