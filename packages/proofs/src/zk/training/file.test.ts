/** The file of a proof of training: one encoding, read as it comes in, bounded, and nothing behind its end. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { concatBytes, unwrap } from '@surety/core';
import { codeOf, inPieces, joined, proved, SETTING, settled, type Taken, taken } from '../../../test/training.ts';
import { estimateTraining } from './estimate.ts';
import { encodeHeader, TRAINING_MAGIC } from './header.ts';
import { trainingProgress } from './progress.ts';
import type { TrainingRun } from './run.ts';
import { type ByteSource, readerOf } from './source.ts';
import { verifyTraining } from './verify.ts';

let run: TrainingRun;
let file: Uint8Array;
let parts: Taken;

const SMALL = { ...SETTING, steps: 1, openings: 2 };

before(async () => {
  run = await settled(SMALL, 1);
  ({ file } = await proved(run));
  parts = await taken(run.training, file);
});

const check = async (bytes: Uint8Array) => codeOf(await verifyTraining(inPieces(bytes)));

test('what is read is what was written, in whatever pieces it comes', async () => {
  assert.deepEqual(joined(parts), file);
  assert.deepEqual(unwrap(await verifyTraining(inPieces(file, 4_097))).setting, SMALL);
  assert.equal(unwrap(await trainingProgress(inPieces(file, 1))).bytes, file.length);
});

test('every byte of the header is held to, but for the bound, which numbers that are shown keep or not', async () => {
  const { header } = parts;
  const length = encodeHeader(header).length;
  const bound = length - 32 * (2 + SMALL.batches) - 4;
  // One byte of each root.
  for (let at = 0; at < length; at += at < bound + 4 ? 1 : 32) {
    if (at >= bound && at < bound + 4) continue;
    const changed = file.slice();
    changed[at]! ^= 1;
    assert.notEqual(await check(changed), 'accepted', `byte ${at}`);
  }
});

test('a file that is cut anywhere is not finished, and one that goes on is none', async () => {
  for (const cut of [0, 7, 8, 9, 20, 40, 100, encodeHeader(parts.header).length, file.length >> 1, file.length - 1]) {
    assert.equal(
      await check(file.slice(0, cut)),
      `proof.malformed ${cut === 8 ? 'file.widths' : 'file'}`,
      `cut at ${cut}`,
    );
  }
  assert.equal(await check(concatBytes(file, Uint8Array.of(0))), 'proof.malformed file');
});

test('no more is taken in than a record can have', async () => {
  const header = encodeHeader(parts.header);
  const long = concatBytes(header, new Uint8Array(8), Uint8Array.of(0x7f, 0xff, 0xff, 0xff));
  let given = 0;
  async function* endless(): ByteSource {
    yield long;
    for (;;) {
      given++;
      yield new Uint8Array(65_536);
    }
  }
  assert.equal(codeOf(await verifyTraining(endless())), 'proof.malformed balance');
  assert.equal(given, 0);
  assert.equal(codeOf(await trainingProgress(endless())), 'proof.malformed balance');
});

test('a file is no longer than is stated before it is begun, and not much shorter', async () => {
  const { fileBytes, stepBytes, memoryBytes } = await estimateTraining(run.training);
  assert.ok(file.length <= fileBytes && file.length > 0.75 * fileBytes, `${file.length} of ${fileBytes}`);
  assert.ok(parts.records[1]!.proof.length <= stepBytes);
  assert.ok(memoryBytes > 10 * stepBytes);
});

test('a source is let go of, whatever becomes of it', async () => {
  let closed = 0;
  async function* watched(bytes: Uint8Array): ByteSource {
    try {
      yield bytes;
    } finally {
      closed++;
    }
  }
  await verifyTraining(watched(new TextEncoder().encode(`${TRAINING_MAGIC} and no more`)));
  await verifyTraining(watched(concatBytes(file, Uint8Array.of(0))));
  await trainingProgress(watched(file));
  assert.equal(closed, 3);
});

test('a reader gives bytes in order over the edges of pieces', async () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
  for (const length of [1, 7, 64, 100]) {
    const { take, taken: count, ended } = readerOf(inPieces(bytes, length));
    const read = concatBytes((await take(3))!, (await take(0))!, (await take(60))!);
    assert.deepEqual(read, bytes.slice(0, 63));
    assert.equal(await take(38), null);
    assert.equal(await ended(), false);
    assert.deepEqual(await take(37), bytes.slice(63));
    assert.deepEqual([count(), await ended()], [100, true]);
  }
});
