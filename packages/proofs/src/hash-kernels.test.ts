import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concatBytes, fromBase64, sha256, toHex, unwrap, utf8 } from '@surety/core';
import { Random } from '../../programs/test/random.ts';
import { KERNELS_BASE64 } from './generated/kernels.ts';
import type { HashKernels } from './hash-kernels.ts';

const START = 65_536;

const load = async (bytes: number) => {
  const memory = new WebAssembly.Memory({ initial: 1 + Math.ceil(bytes / 65_536), maximum: 65_536, shared: true });
  const module = unwrap(fromBase64(KERNELS_BASE64)) as BufferSource;
  const { instance } = await WebAssembly.instantiate(module, { env: { memory } });
  return { kernels: instance.exports as HashKernels, bytes: new Uint8Array(memory.buffer) };
};

type Matrix = { readonly rows: number; readonly columns: number; readonly stride: number };

/** Digests of all columns, from two calls that share them; what lies between rows is not to count. */
const hashed = async (
  { rows, columns, stride }: Matrix,
  prefix: Uint8Array,
  word: (row: number, column: number) => Uint8Array,
  salt: ((column: number) => Uint8Array) | null,
): Promise<string[]> => {
  const { kernels, bytes } = await load(2 ** 18 + rows * stride + 48 * columns);
  const scratch = START;
  const state = scratch + kernels.columnScratch();
  const out = state + 256;
  const salts = out + 32 * columns;
  const matrix = salts + 16 * columns;
  bytes.fill(0xa5, matrix);
  bytes.set(prefix, state + 128);
  kernels.hashPrefix(state + 128, state, scratch);
  for (let column = 0; column < columns; column++) {
    // Words lie as the machine keeps numbers, lowest byte first.
    for (let row = 0; row < rows; row++) bytes.set(word(row, column).toReversed(), matrix + row * stride + 4 * column);
    if (salt !== null) bytes.set(salt(column), salts + 16 * column);
  }
  const middle = 4 * Math.floor(columns / 8);
  for (const [from, to] of [
    [middle, columns],
    [0, middle],
  ] as const) {
    kernels.hashColumns(matrix, rows, stride, from, to, state, salt === null ? 0 : salts, out, scratch);
  }
  return Array.from({ length: columns }, (_, i) => toHex(bytes.slice(out + 32 * i, out + 32 * i + 32)));
};

test('published messages of SHA-256 come out of every lane', async () => {
  // FIPS 180-4 examples of NIST: 896 bits, and a million times "a".
  const text =
    'abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu';
  for (const [message, digest] of [
    [utf8(text), 'cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1'],
    [new Uint8Array(1_000_000).fill(0x61), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ] as const) {
    const word = (row: number): Uint8Array => message.slice(64 + 4 * row, 68 + 4 * row);
    const matrix = { rows: (message.length - 64) / 4, columns: 4, stride: 16 };
    const digests = await hashed(matrix, message.slice(0, 64), word, null);
    assert.deepEqual(digests, new Array(4).fill(digest));
  }
});

test('columns hash to what they spell, with and without salts, whatever their length', async () => {
  const random = new Random(1);
  const draw = (length: number): Uint8Array => Uint8Array.from({ length }, () => random.int(0, 255));
  // Of rows every remainder of a block; of columns fewer and more than a tile.
  const sizes = [
    ...Array.from({ length: 36 }, (_, rows) => [rows, 4 * random.int(1, 9)] as const),
    [21, 2_060] as const,
  ];
  for (const [rows, columns] of sizes) {
    for (const salted of [false, true]) {
      const matrix = { rows, columns, stride: 4 * (columns + random.int(0, 5)) };
      const prefix = draw(64);
      const words = Array.from({ length: columns }, () => Array.from({ length: rows }, () => draw(4)));
      const salts = words.map(() => draw(salted ? 16 : 0));
      assert.deepEqual(
        await hashed(matrix, prefix, (row, column) => words[column]![row]!, salted ? (column) => salts[column]! : null),
        words.map((column, i) => toHex(sha256(concatBytes(prefix, ...column, salts[i]!)))),
        `${rows} rows, ${columns} columns, ${salted ? 'salted' : 'not salted'}`,
      );
    }
  }
});

test('pairs hash to the nodes of the RFC 9162 tree, beside the pairs and over them', async () => {
  const random = new Random(2);
  const { kernels, bytes } = await load(2 ** 17);
  for (let count = 0; count < 20; count++) {
    const nodes = Uint8Array.from({ length: 64 * count }, () => random.int(0, 255));
    const wanted = Array.from({ length: count }, (_, i) =>
      toHex(sha256(concatBytes(Uint8Array.of(1), nodes.subarray(64 * i, 64 * i + 64)))),
    );
    const pairs = START + 4_096;
    for (const out of [pairs + 64 * count, pairs]) {
      bytes.set(nodes, pairs);
      if (out !== pairs) bytes.fill(0x5a, out, out + 32 * count + 32);
      kernels.hashPairs(pairs, count, out, START);
      const given = Array.from({ length: count }, (_, i) => toHex(bytes.slice(out + 32 * i, out + 32 * i + 32)));
      assert.deepEqual(given, wanted);
      if (out !== pairs)
        assert.deepEqual([...bytes.slice(out + 32 * count, out + 32 * count + 32)], new Array(32).fill(0x5a));
    }
  }
});
