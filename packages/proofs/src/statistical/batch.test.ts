import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Result, sameBytes, sha256, toHex, unwrap } from '@surety/core';
import { Machine } from '@surety/programs';
import { anyInput, mlpProgram, randomLayers } from '../../../programs/test/networks.ts';
import { changed, pairOf, seedOf } from '../../test/statistical.ts';
import {
  type Batch,
  batchId,
  batchSeed,
  checkEntries,
  decodeBatch,
  type EntryOptions,
  type EntryToCheck,
  encodeBatch,
  type Questioned,
  questionBatch,
} from './batch.ts';
import { type Beacon, beaconDelay, roundAfter } from './beacon.ts';
import { createChecker, type Verdict } from './check.ts';
import { committedBytes, encodeRecord } from './record.ts';

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

const one = async (questioned: Questioned, entry: EntryToCheck, options: EntryOptions = {}): Promise<Result<Verdict>> =>
  (await checkEntries(checker, questioned, [entry], options))[0]!;

test('every run of a batch passes under the seed of its commitment and a later beacon, and the delay is told', async () => {
  const questioned = unwrap(await question());
  assert.equal(questioned.delaySeconds, 3);
  const records = proven.map(({ record }, index) => ({
    index,
    record: encodeRecord(provider.parts, record),
    inputs: samples[index]!,
  }));
  for (const options of [{}, { trace: false }, { held: true }, { trace: false, held: true }]) {
    const verdicts = await checkEntries(checker, questioned, records, options);
    for (const [index, { outputs }] of proven.entries()) {
      const { wrong, ...verdict } = unwrap(verdicts[index]!);
      assert.equal(wrong, null);
      assert.deepEqual(verdict.outputs, outputs);
    }
  }
});

test('a record that was in hand before the beacon has to be the one of its entry all the same', async () => {
  const questioned = unwrap(await question());
  const record = encodeRecord(provider.parts, proven[0]!.record);
  const { wrong } = unwrap(await one(questioned, { index: 1, record, inputs: samples[0]! }, { held: true }));
  assert.deepEqual(wrong, { part: 'batch' });
});

test('a checker with the SHA-256 of its platform comes to the same verdicts', async () => {
  const hashMessages = (messages: readonly Uint8Array[]): Uint8Array[] => messages.map((message) => sha256(message));
  const own = await createChecker(program, id, { gain: 16, machine, hashMessages });
  const by = unwrap(await questionBatch(own, id, { batch, beacon, committedAtSeconds: 1_800_000_000 }));
  const { record } = proven[1]!;
  const records = [
    { index: 0, record: encodeRecord(provider.parts, proven[0]!.record), inputs: samples[0]! },
    {
      index: 1,
      record: encodeRecord(provider.parts, { ...record, sums: changed(record.sums, 0, 0, 1) }),
      inputs: samples[1]!,
    },
  ];
  const verdicts = await checkEntries(own, by, records);
  assert.deepEqual(
    verdicts.map((each) => unwrap(each).wrong),
    [null, { part: 'batch' }],
  );
});

test('records of a batch are judged one by one: what is wrong with some says nothing of their neighbours', async () => {
  const questioned = unwrap(await question());
  const asked = (index: number, record = proven[index]!.record, inputs = samples[index]!) => {
    return { index, record: encodeRecord(provider.parts, record), inputs };
  };
  const { record } = proven[2]!;
  const other = { ...record, sums: changed(record.sums, 0, 0, 1) };
  const records = [
    asked(0),
    asked(1, proven[1]!.record, samples[0]!),
    { ...asked(2), record: new Uint8Array(3) },
    asked(2, other),
    asked(3, { ...proven[3]!.record, run: { ...proven[3]!.record.run, output: seedOf(1) } }),
    asked(9, proven[4]!.record),
    asked(5, proven[5]!.record, []),
    asked(6),
    asked(7, { ...proven[7]!.record, run: { ...proven[7]!.record.run, trace: seedOf(1) } }),
  ];
  for (const trace of [true, false]) {
    const verdicts = await checkEntries(checker, questioned, records, { trace });
    assert.deepEqual(
      verdicts.map((each) => (each.ok ? (each.value.wrong?.part ?? 'right') : each.problem.code)),
      [
        'right',
        'input',
        'statistical.malformed',
        'batch',
        'batch',
        'statistical.unfit',
        'program.input',
        'right',
        'batch',
      ],
    );
  }
});

test('sums chosen after the seed is known are not those that were committed', async () => {
  const questioned = unwrap(await question());
  const { record } = proven[0]!;
  // Who knows the seed finds sums that agree (bound.test.ts); but any change is another commitment, whether it agrees or not.
  const lie = { ...record, sums: changed(record.sums, 0, 0, 1) };
  const told = { index: 0, record: encodeRecord(provider.parts, lie), inputs: samples[0]! };
  const caught = await one(questioned, told);
  assert.deepEqual(unwrap(caught).wrong, { part: 'batch' });
  // Sums that were committed wrong are told by themselves.
  const entries = batch.entries.map((entry, i) =>
    i === 0 ? { ...entry, sums: sha256(committedBytes(provider.parts, lie)) } : entry,
  );
  const wrongly = unwrap(await question({ batch: { ...batch, entries } }));
  const bound = await one(wrongly, told);
  assert.deepEqual(unwrap(bound).wrong, { part: 'sums', node: 0, row: 0 });
  // Whoever had the record before the beacon needs no commitment to its sums.
  assert.deepEqual(unwrap(await one(questioned, told, { held: true })).wrong, { part: 'sums', node: 0, row: 0 });
  const moved = await one(questioned, { ...told, index: 1, record: encodeRecord(provider.parts, record) });
  assert.deepEqual(unwrap(moved).wrong, { part: 'batch' });
  const beyond = await one(questioned, { ...told, index: 8 });
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
