/** The kernels against whole numbers, at the ends of what their lanes hold. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256, toHex } from '@surety/core';
import { DTYPE_BYTES, DTYPE_CODE, type Dtype, throughStage } from '@surety/programs';
import { Random } from '../../../programs/test/random.ts';
import { createLanes, type Lanes, up } from './lanes.ts';
import { createMessageHasher } from './messages.ts';
import { packed, type Width } from './packed.ts';

const P = 2n ** 31n - 1n;
const mod = (x: bigint): number => Number(((x % P) + P) % P);
const WIDTHS: readonly Width[] = [1, 2, 3, 4];

/** The least, the largest and other integers of so many bytes that a program can have as sums. */
const integers = (width: Width, count: number, random: Random): Int32Array => {
  const most = width === 4 ? 2 ** 30 - 1 : 2 ** (8 * width - 1) - 1;
  const least = width === 4 ? -most : -most - 1;
  return Int32Array.from({ length: count }, () => [least, most, random.int(least, most)][random.int(0, 2)]!);
};

/** Puts bytes into the memory at an odd address; the next free one. */
const put = (lanes: Lanes, at: number, bytes: Uint8Array): number => {
  const end = up(at + bytes.length + 64);
  lanes.reserve(end);
  lanes.bytes.set(bytes, at);
  return end;
};

const valuesAt = ({ bytes }: Lanes, at: number, dtype: Dtype, count: number): number[] => {
  const copy = bytes.slice(at, at + count * DTYPE_BYTES[dtype]).buffer;
  return [...(dtype === 'i8' ? new Int8Array(copy) : dtype === 'i16' ? new Int16Array(copy) : new Int32Array(copy))];
};

test('stages of packed sums, alike or by channel, are those of the specification for every run', async () => {
  const lanes = await createLanes();
  const random = new Random(1);
  const [low, high] = [-100, 120];
  for (const width of WIDTHS) {
    for (const dtype of ['i8', 'i16', 'i32'] as const) {
      for (const [runs, rows, channels] of [
        [1, 1, 1],
        [3, 2, 7],
        [2, 1, 8],
        [2, 3, 21],
      ] as const) {
        const count = rows * channels;
        const sums = integers(width, runs * count, random);
        const bytes = packed(sums, width);
        const gap = 5;
        const stride = bytes.length / runs + gap;
        const apart = new Uint8Array(runs * stride);
        for (let run = 0; run < runs; run++) {
          apart.set(bytes.subarray((run * bytes.length) / runs, ((run + 1) * bytes.length) / runs), run * stride);
        }
        const from = lanes.taken + 3;
        const table = put(lanes, from, apart);
        const shifts = Array.from({ length: channels }, () => random.int(0, 30));
        const places = Math.ceil(channels / 8) * 8;
        const out = up(table + 8 * places);
        lanes.reserve(out + 4 * runs * count + 64);
        for (const [n, shift] of shifts.entries()) {
          lanes.words[table / 4 + n] = shift === 0 ? 0 : 2 ** (shift - 1);
          lanes.words[table / 4 + places + n] = 2 ** (30 - shift);
        }
        const of = [out, DTYPE_CODE[dtype], from, stride, width, runs] as const;
        lanes.kernels.stageChannels(...of, rows, channels, table, table + 4 * places, low, high);
        const wanted = Array.from(sums, (f, i) => throughStage(f, shifts[i % channels]!, low, high));
        assert.deepEqual(valuesAt(lanes, out, dtype, runs * count), wanted);
        for (const shift of [0, 1, 9, 30]) {
          lanes.kernels.stageSums(...of, count, shift, low, high);
          const alike = Array.from(sums, (f) => throughStage(f, shift, low, high));
          assert.deepEqual(valuesAt(lanes, out, dtype, runs * count), alike, `${width} ${dtype} ${shift}`);
        }
      }
    }
  }
});

test('inner products of packed integers with elements are exact, whatever their length and width', async () => {
  const lanes = await createLanes();
  const random = new Random(2);
  for (const width of WIDTHS) {
    for (const count of [1, 3, 4, 1_023, 1_024, 1_025, 5_000]) {
      for (const kind of ['extreme', 'any'] as const) {
        const [runs, rows, vectors] = [2, 2, 2];
        const all = integers(width, runs * rows * count, random);
        // All of one sign, so that no two terms cancel.
        if (kind === 'extreme') all.fill(width === 4 ? 1 - 2 ** 30 : -(2 ** (8 * width - 1)));
        const elements = Array.from({ length: vectors * count }, () => {
          return kind === 'extreme' ? 2 ** 31 - 2 : random.int(0, 2 ** 31 - 2);
        });
        const from = lanes.taken + 1;
        const r = put(lanes, from, packed(all, width));
        const step = 4 * Math.ceil(count / 4);
        const out = up(r + 4 * vectors * step);
        lanes.reserve(out + 4 * runs * rows * vectors);
        lanes.words.fill(0, r / 4, out / 4);
        for (const [i, element] of elements.entries()) {
          lanes.words[r / 4 + Math.floor(i / count) * step + (i % count)] = element;
        }
        const stride = rows * count * width;
        lanes.kernels.innerRows(out, from, stride, width, runs, rows, count, r, 4 * step, vectors);
        for (let row = 0; row < runs * rows; row++) {
          for (let v = 0; v < vectors; v++) {
            let sum = 0n;
            for (let i = 0; i < count; i++) sum += BigInt(all[row * count + i]!) * BigInt(elements[v * count + i]!);
            assert.equal(lanes.words[out / 4 + row * vectors + v], mod(sum), `${width} ${count} ${kind}`);
          }
        }
      }
    }
  }
});

test('an image of the largest values folds exactly, wider than a lane is summed up to', async () => {
  const lanes = await createLanes();
  const [height, width, channels, columns] = [2, 20_001, 3, 20_001];
  const values = new Int16Array(height * width * channels).fill(-(2 ** 15));
  const x = lanes.taken;
  const u = put(lanes, x, new Uint8Array(values.buffer));
  const v = u + 64;
  const w = up(v + 4 * columns);
  const op = w + 64;
  const scratch = op + 128;
  lanes.reserve(scratch + 128);
  const { words } = lanes;
  const most = 2 ** 31 - 2;
  words.fill(most, u / 4, u / 4 + height);
  words.fill(most, v / 4, v / 4 + columns);
  words.set([most, most, most, 0], w / 4);
  words.set([x, 2, 1, height, width, channels, 1, 1, 1, 1, 1, 1, 0, 0, height, columns, u, v, w, scratch], op / 4);
  const one = -(2n ** 15n) * BigInt(most) ** 3n;
  assert.equal(lanes.kernels.foldImage(op), mod(one * BigInt(height * columns * channels)));
});

test('long messages hash to their SHA-256, in every lane and at every length of the last block', async () => {
  const hash = await createMessageHasher();
  const random = new Random(3);
  for (const length of [1, 54, 55, 56, 63, 64, 65, 119, 120, 128, 1_000, 6_292, 70_001]) {
    for (const count of [1, 2, 3, 4, 5, 9]) {
      if (length > 10_000 && count > 5) continue;
      const messages = Array.from({ length: count }, () => Uint8Array.from({ length }, () => random.int(0, 255)));
      assert.deepEqual(
        hash(messages).map(toHex),
        messages.map((message) => toHex(sha256(message))),
        `${length}`,
      );
    }
  }
  assert.deepEqual(hash([]), []);
});
