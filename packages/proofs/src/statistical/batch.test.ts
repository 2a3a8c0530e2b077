import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sameBytes, toHex, unwrap } from '@surety/core';
import { hashChunks, Machine } from '@surety/programs';
import { anyInput, mlpProgram, randomLayers } from '../../../programs/test/networks.ts';
import { changed, pairOf, seedOf } from '../../test/statistical.ts';
import { type Batch, batchId, batchSeed, checkEntry, decodeBatch, encodeBatch, questionBatch } from './batch.ts';
import { type Beacon, beaconDelay, roundAfter } from './beacon.ts';
import { encodeRecord, joinedSums, sumsRoot } from './record.ts';

const widths = [64, 96, 64];
const program = mlpProgram(widths, randomLayers(widths, 1));
const machine = await Machine.create();
const { provider, checker, id } = await pairOf(program, machine, { gain: 16 });
const samples = Array.from({ length: 8 }, (_, i) => anyInput(program, i));
const proven = unwrap(await provider.prove(samples));
const batch: Batch = {
  program: id,
  entries: proven.map(({ record: { run }, sumsId }) => ({ ...run, sums: sumsId })).map(({ program: _, ...ids }) => ids),
};
const beacon: Beacon = { source: 'drand quicknet', round: 7_000_000, value: seedOf(3), atSeconds: 1_800_000_003 };
const question = (of: Partial<Parameters<typeof questionBatch>[2]> = {}) =>
  questionBatch(checker, id, { batch, beacon, committedAtSeconds: 1_800_000_000, ...of });

test('every run of a batch passes under the seed of its commitment and a later beacon, and the delay is told', async () => {
  const questioned = unwrap(await question());
  assert.equal(questioned.delaySeconds, 3);
  for (const [index, { record, outputs }] of proven.entries()) {
    const verdict = unwrap(
      await checkEntry(checker, questioned, { index, record: encodeRecord(record), inputs: samples[index]! }),
    );
    assert.equal(verdict.wrong, null);
    assert.deepEqual(verdict.outputs, outputs);
  }
});

test('sums chosen after the seed is known are not those that were committed', async () => {
  const questioned = unwrap(await question());
  const { record } = proven[0]!;
  // Who knows the seed finds sums that agree (bound.test.ts); but any change is another commitment, whether it agrees or not.
  const lie = { ...record, sums: changed(record.sums, 0, 0, 1) };
  const caught = await checkEntry(checker, questioned, { index: 0, record: encodeRecord(lie), inputs: samples[0]! });
  assert.deepEqual(unwrap(caught).wrong, { part: 'batch' });
  // Sums that were committed wrong are told by themselves.
  const entries = batch.entries.map((entry, i) =>
    i === 0 ? { ...entry, sums: sumsRoot(joinedSums(lie.sums), hashChunks) } : entry,
  );
  const wrongly = unwrap(await question({ batch: { ...batch, entries } }));
  const bound = await checkEntry(checker, wrongly, { index: 0, record: encodeRecord(lie), inputs: samples[0]! });
  assert.deepEqual(unwrap(bound).wrong, { part: 'sums', node: 0, row: 0 });
  // Whoever had the record before the beacon needs no commitment to its sums.
  const held = { index: 0, record: encodeRecord(lie), inputs: samples[0]!, held: true };
  assert.deepEqual(unwrap(await checkEntry(checker, questioned, held)).wrong, { part: 'sums', node: 0, row: 0 });
  const moved = await checkEntry(checker, questioned, { index: 1, record: encodeRecord(record), inputs: samples[0]! });
  assert.deepEqual(unwrap(moved).wrong, { part: 'batch' });
  const beyond = await checkEntry(checker, questioned, { index: 8, record: encodeRecord(record), inputs: samples[0]! });
  assert.equal(beyond.ok ? 'read' : beyond.problem.field, 'index');
});

test('the seed changes with everything that it is made of', () => {
  const c = batchId(batch);
  const seeds = [
    batchSeed(c, beacon),
    batchSeed(c, { ...beacon, round: 7_000_001 }),
    batchSeed(c, { ...beacon, round: 7_000_000 + 2 ** 32 }),
    batchSeed(c, { ...beacon, source: 'drand' }),
    batchSeed(c, { ...beacon, value: seedOf(4) }),
    ...(['input', 'output', 'trace', 'sums'] as const).map((name) => {
      const entries = batch.entries.map((entry, i) => (i === 5 ? { ...entry, [name]: seedOf(1) } : entry));
      return batchSeed(batchId({ ...batch, entries }), beacon);
    }),
    batchSeed(batchId({ ...batch, program: seedOf(1) }), beacon),
    batchSeed(batchId({ ...batch, entries: batch.entries.slice(1) }), beacon),
  ];
  assert.equal(new Set(seeds.map(toHex)).size, seeds.length);
});

test('a beacon that is not later than the commitment questions nothing', async () => {
  for (const committedAtSeconds of [beacon.atSeconds, beacon.atSeconds + 1]) {
    const refused = await question({ committedAtSeconds });
    assert.equal(refused.ok ? 'taken' : refused.problem.code, 'statistical.beacon');
  }
  for (const [field, wrong] of [
    ['beacon.source', { source: '' }],
    ['beacon.source', { source: 'dränd' }],
    ['beacon.round', { round: -1 }],
    ['beacon.value', { value: new Uint8Array(31) }],
  ] as const) {
    const refused = beaconDelay({ ...beacon, ...wrong }, 0);
    assert.equal(refused.ok ? 'taken' : refused.problem.field, field);
  }
  const foreign = await question({ batch: { ...batch, program: seedOf(1) } });
  assert.equal(foreign.ok ? 'taken' : foreign.problem.field, 'batch.program');
});

test('the round to wait for is the first that comes after the commitment', () => {
  const drand = { genesisSeconds: 1_692_803_367, periodSeconds: 3, firstRound: 1 };
  assert.deepEqual(roundAfter(drand, 1_692_803_367), { round: 2, atSeconds: 1_692_803_370 });
  assert.deepEqual(roundAfter(drand, 1_692_803_369), { round: 2, atSeconds: 1_692_803_370 });
  assert.deepEqual(roundAfter(drand, 1_692_803_370), { round: 3, atSeconds: 1_692_803_373 });
  assert.deepEqual(roundAfter(drand, 0), { round: 1, atSeconds: 1_692_803_367 });
});

test('a batch is read back as it was written, and nothing else is read', () => {
  const bytes = encodeBatch(batch);
  const read = unwrap(decodeBatch(bytes));
  assert.ok(sameBytes(encodeBatch(read), bytes));
  assert.deepEqual(read, batch);
  const none = bytes.slice(0, 15 + 36);
  none.fill(0, 47);
  for (const other of [bytes.subarray(0, -1), new Uint8Array([...bytes, 0]), bytes.subarray(1), none]) {
    const refused = decodeBatch(other);
    assert.equal(refused.ok ? 'read' : refused.problem.code, 'statistical.malformed');
  }
});
