/** A file that was left anywhere is gone on with to the same bytes, and only by whoever began it. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { sameBytes, unwrap } from '@surety/core';
import { tensor } from '@surety/programs';
import { startNodeThread } from '../../../../programs/src/engine/node-threads.ts';
import {
  codeOf,
  drawn,
  fileOf,
  inPieces,
  joined,
  proved,
  SECRET,
  SETTING,
  settled,
  type Taken,
  taken,
} from '../../../test/training.ts';
import { estimateTraining } from './estimate.ts';
import { trainingProgress } from './progress.ts';
import { proveTraining } from './prove.ts';
import { settleTraining, type TrainingRun } from './run.ts';
import { batchSeed, matrixWords, proofWords, runSeed, stateSeed } from './secret.ts';
import { verifyTraining } from './verify.ts';

let run: TrainingRun;
let file: Uint8Array;
let parts: Taken;

before(async () => {
  run = await settled(SETTING, 1);
  ({ file } = await proved(run));
  parts = await taken(run.training, file);
});

const resumed = async (begun: Uint8Array, by = run) => {
  const from = unwrap(await trainingProgress(inPieces(begun)));
  const more = fileOf(begun.slice(0, from.bytes));
  let records = 0;
  const write = (bytes: Uint8Array, at: number): void => {
    records++;
    more.write(bytes, at);
  };
  const made = await proveTraining(by, write, { from });
  return { made, records, bytes: more.bytes() };
};

test('wherever a file was cut, the same bytes follow, and only what was not whole is made again', async () => {
  const ends = parts.records.map((_, i) => joined({ ...parts, records: parts.records.slice(0, i) }).length);
  const cuts = [ends[0]!, ends[3]! - 1, ends[3]!, ends.at(-1)! + 5, file.length];
  for (const cut of cuts) {
    const { made, records, bytes } = await resumed(file.slice(0, cut));
    const whole = ends.filter((end) => end <= cut).length - 1 + (cut === file.length ? 1 : 0);
    assert.equal(unwrap(made).whole, true);
    assert.equal(records, parts.records.length - whole, `cut at ${cut}`);
    assert.ok(sameBytes(bytes, file), `cut at ${cut}`);
  }
});

test('a step has the same bytes on two threads', async () => {
  const begun = fileOf();
  const pool = { start: startNodeThread, cores: 2 };
  assert.equal(unwrap(await proveTraining(run, begun.write, { until: 1, threads: 2, pool })).steps, 1);
  const bytes = begun.bytes();
  assert.ok(sameBytes(bytes, file.slice(0, bytes.length)));
  assert.equal(codeOf(await proveTraining(run, begun.write, { threads: 2 })), 'input.out-of-range threads');
  const two = await estimateTraining(run.training, { threads: 2, pool });
  assert.ok(two.memoryBytes > (await estimateTraining(run.training)).memoryBytes);
});

test('a run stops where it is told to, and what there is shows no last model', async () => {
  const begun = fileOf();
  const first = unwrap(await proveTraining(run, begun.write, { until: 2 }));
  assert.deepEqual([first.whole, first.steps], [false, 2]);
  const unfinished = await verifyTraining(inPieces(begun.bytes()));
  assert.equal(codeOf(unfinished), 'proof.malformed file');
  assert.match(JSON.stringify(unfinished), /after step 2 of 5/);
  const { made, bytes } = await resumed(begun.bytes());
  assert.equal(unwrap(made).steps, SETTING.steps);
  assert.ok(sameBytes(bytes, file));
});

test('whoever aborts between two steps is heard before the next, on both sides', async () => {
  const stopped = async (work: (signal: AbortSignal, onStep: (done: number) => void) => Promise<unknown>) => {
    const control = new AbortController();
    let last = 0;
    // As a signal of the system comes: once what is under way has let go.
    const onStep = (done: number): void => {
      last = done;
      if (done === 2) setTimeout(() => control.abort(new Error('stop')), 0);
    };
    await assert.rejects(work(control.signal, onStep), /stop/);
    return last;
  };
  const begun = fileOf();
  assert.equal(await stopped((signal, onStep) => proveTraining(run, begun.write, { signal, onStep })), 2);
  assert.equal(unwrap(await trainingProgress(inPieces(begun.bytes()))).records, 3);
  // In one piece: reading it gives no pause.
  assert.equal(await stopped((signal, onStep) => verifyTraining(inPieces(file, file.length), { signal, onStep })), 2);
});

test('nobody goes on with another run, other data or other seeds', async () => {
  const begun = file.slice(0, joined({ ...parts, records: parts.records.slice(0, 3) }).length);
  const other = async (by: TrainingRun) => codeOf((await resumed(begun, by)).made);
  assert.equal(await other(await settled({ ...SETTING, steps: 6 }, 1)), 'proof.other run');
  assert.equal(await other(await settled(SETTING, 2)), 'proof.other run');
  assert.equal(
    await other(await settled(SETTING, 1, { ...SECRET, model: new Uint8Array(32).fill(9) })),
    'proof.other run',
  );
  const { header, records } = parts;
  const moved = joined({ header, records: [records[0]!, { ...records[1]!, state: header.roots.model }] });
  assert.equal(codeOf((await resumed(moved)).made), 'proof.other state');
  const few = await settleTraining(run.training, { ...run.data, batches: run.data.batches.slice(1) }, SECRET);
  assert.equal(codeOf(few), 'program.input batches');
});

test('a bound that the last model does not keep leaves the file without an audit', async () => {
  const strict = await settled({ ...SETTING, parityPpm: 0 }, 1);
  const begun = fileOf();
  assert.equal(codeOf(await proveTraining(strict, begun.write)), 'proof.refuted audit');
  assert.equal(unwrap(await trainingProgress(inPieces(begun.bytes()))).records, SETTING.steps + 1);
});

test('what hides depends on everything that it hides', async () => {
  const [seed, other] = [SECRET.model, SECRET.dataSet];
  const one = [tensor('i8', [2], [1, 2])];
  const words = (of: (count: number) => Uint32Array) => `${of(8)}`;
  const all = [
    words(matrixWords(seed, 4, one)),
    words(matrixWords(other, 4, one)),
    words(matrixWords(seed, 5, one)),
    words(matrixWords(seed, 4, [tensor('i8', [2], [1, 3])])),
    words(proofWords(seed)(Uint8Array.of(1))),
    words(proofWords(seed)(Uint8Array.of(2))),
    words(proofWords(other)(Uint8Array.of(1))),
    ...[batchSeed(seed, 1), batchSeed(seed, 2), stateSeed(seed, 1), runSeed(seed, seed), runSeed(seed, other)].map(
      String,
    ),
  ];
  assert.equal(new Set(all).size, all.length);
  // Runs from one first model have no state in common but that, though their first steps give the same weights.
  const longer = await settled({ ...SETTING, steps: 6 }, 1);
  assert.deepEqual(drawn(longer.training, 1), run.data);
  const begun = fileOf();
  unwrap(await proveTraining(longer, begun.write, { until: 1 }));
  const after = unwrap(await trainingProgress(inPieces(begun.bytes()))).state;
  assert.notDeepEqual(after, parts.records[1]!.state);
});
