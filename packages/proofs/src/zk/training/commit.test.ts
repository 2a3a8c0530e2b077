/** Roots that are made before a run are those that its proof is held against. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { unwrap } from '@surety/core';
import { tensor } from '@surety/programs';
import { codeOf, inPieces, proved, SECRET, SETTING, settled } from '../../../test/training.ts';
import { commitAuditSet, commitDataSet, commitFirstModel } from './commit.ts';
import { roomFor } from './room.ts';
import type { TrainingRun } from './run.ts';
import { verifyTraining } from './verify.ts';

const { openings } = SETTING;

let run: TrainingRun;

before(async () => {
  run = await settled(SETTING, 1);
});

test('data set, audit set and first model are committed to apart, and their roots are those of the proof', async () => {
  const { data } = run;
  const expected = {
    dataSet: unwrap(await commitDataSet(data.batches, { openings, seed: SECRET.dataSet })).root,
    auditSet: unwrap(await commitAuditSet(data.audit, { openings, seed: SECRET.auditSet })),
    model: unwrap(await commitFirstModel(data.states, { openings, seed: SECRET.model })),
  };
  unwrap(await verifyTraining(inPieces((await proved(run)).file), { expected }));
  const { batches } = data;
  const swapped = unwrap(await commitDataSet(batches.toReversed(), { openings, seed: SECRET.dataSet }));
  assert.notDeepEqual(swapped.root, expected.dataSet);
  for (const other of [
    { openings, seed: SECRET.model },
    { openings: 5, seed: SECRET.auditSet },
  ]) {
    assert.notDeepEqual(unwrap(await commitAuditSet(data.audit, other)), expected.auditSet);
  }
});

test('what is no data, and what cannot be hidden so often, is refused by name', async () => {
  const { batches, audit } = run.data;
  const options = { openings, seed: SECRET.dataSet };
  const [first, ...rest] = batches;
  const commit = async (batch: Partial<typeof first>) =>
    codeOf(await commitDataSet([{ ...first!, ...batch }, ...rest], options));
  assert.equal(await commit({}), 'accepted');
  assert.equal(await commit({ x: tensor('i8', [8, 5], Array(40).fill(17)) }), 'program.input batches[0].x');
  assert.equal(await commit({ labels: tensor('i8', [8], Array(8).fill(-1)) }), 'program.input batches[0].labels');
  assert.equal(await commit({ labels: tensor('i8', [7], Array(7).fill(0)) }), 'program.input batches[0].labels');
  // The batches behind are not like the first.
  assert.equal(await commit({ x: tensor('i8', [8, 4], Array(32).fill(0)) }), 'program.input batches[1].x');
  const group = tensor('i8', [20], Array(20).fill(2));
  assert.equal(codeOf(await commitAuditSet({ ...audit, group }, options)), 'program.input audit.group');
  assert.equal(codeOf(await commitAuditSet(audit, { ...options, openings: 1 })), 'proof.unsupported openings');
  assert.equal(codeOf(await commitAuditSet(audit, { ...options, seed: new Uint8Array(31) })), 'proof.malformed seed');
  assert.equal(codeOf(await commitDataSet(batches, { ...options, seed: new Uint8Array(31) })), 'proof.malformed seed');
});

test('rows have room for what hides them in so many proofs, and are no longer than that takes', () => {
  const room = (count: number) => unwrap(roomFor(count));
  const counts = [2, 17, 18, 35, 36, 64];
  for (const count of counts) assert.ok(room(count).randomness <= 2 ** room(count).rowVars);
  assert.deepEqual(
    counts.map((count) => room(count).rowVars),
    [12, 12, 13, 13, 14, 14],
  );
});
