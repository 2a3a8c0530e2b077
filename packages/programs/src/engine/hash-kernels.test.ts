import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concatBytes, sha256, toHex, utf8 } from '@surety/core';
import { Random } from '../../test/random.ts';
import { treeRoot } from '../commit/tensor.ts';
import { HASH_SCRATCH_BYTES, RESERVED_BYTES } from './kernels.ts';
import { Machine } from './machine.ts';

const load = async () => {
  const machine = await Machine.create();
  machine.reserve(2 ** 20);
  const { kernels, memory } = machine;
  return { kernels, bytes: new Uint8Array(memory.buffer), words: new Int32Array(memory.buffer) };
};

const SCRATCH = RESERVED_BYTES;
const LIST = SCRATCH + HASH_SCRATCH_BYTES;
const DATA = LIST + 2 ** 13;
const OUT = DATA + 2 ** 19;

const draw = (random: Random, length: number): Uint8Array => Uint8Array.from({ length }, () => random.int(0, 255));

/** Published digests: FIPS 180-4 examples of NIST, of 0, 24, 448 and 896 bits. */
const PUBLISHED = [
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
  [
    'abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu',
    'cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1',
  ],
] as const;

test('published messages of SHA-256 come out of every lane', async () => {
  const { kernels, bytes } = await load();
  for (const [text, digest] of PUBLISHED) {
    const message = utf8(text);
    // Cut anywhere into prefix and part: the part is what every lane brings.
    const cut = message.length >> 1;
    bytes.set(message.subarray(0, cut), LIST);
    for (let lane = 0; lane < 5; lane++) bytes.set(message.subarray(cut), DATA + lane * (message.length - cut));
    kernels.hashMany(LIST, cut, DATA, message.length - cut, 5, OUT, SCRATCH);
    for (let lane = 0; lane < 5; lane++) {
      assert.equal(toHex(bytes.slice(OUT + 32 * lane, OUT + 32 * lane + 32)), digest);
    }
  }
});

test('messages of every length up to the longest, other in each lane', async () => {
  const { kernels, bytes } = await load();
  const random = new Random(3);
  for (let length = 0; length <= 1_079; length += length < 200 ? 1 : 29) {
    const prefix = draw(random, random.int(0, Math.min(length, 64)));
    const parts = Array.from({ length: random.int(1, 9) }, () => draw(random, length - prefix.length));
    bytes.set(prefix, LIST);
    bytes.set(concatBytes(...parts), DATA);
    bytes.fill(0xa5, OUT, OUT + 32 * parts.length + 1);
    kernels.hashMany(LIST, prefix.length, DATA, length - prefix.length, parts.length, OUT, SCRATCH);
    const given = parts.map((_, i) => toHex(bytes.slice(OUT + 32 * i, OUT + 32 * i + 32)));
    assert.deepEqual(
      given,
      parts.map((part) => toHex(sha256(concatBytes(prefix, part)))),
    );
    assert.equal(bytes[OUT + 32 * parts.length], 0xa5);
  }
});

test('chunks of any lengths side by side, and trees of any sizes over them', async () => {
  const { kernels, bytes, words } = await load();
  const random = new Random(4);
  for (let turn = 0; turn < 30; turn++) {
    // Each tree is over samples of one chunk each.
    const trees = Array.from({ length: random.int(1, 12) }, () => {
      const size = random.int(1, 1_024);
      return Array.from({ length: random.int(1, 11) }, () => draw(random, size));
    });
    const list: number[] = [];
    const groups: number[] = [];
    let [at, units] = [DATA, 0];
    for (const [i, chunks] of trees.entries()) {
      const size = chunks[0]!.length;
      list.push(units, at, size, size, 1, 1);
      groups.push(OUT + 32 * units, chunks.length, 1, OUT + 2 ** 15 + 32 * i, 0, 0);
      bytes.set(concatBytes(...chunks), at);
      at += size * chunks.length;
      units += chunks.length;
    }
    words.set([...list, units], LIST / 4);
    // In two calls, as two threads would.
    const middle = random.int(0, units);
    kernels.hashChunks(LIST, middle, units, OUT, SCRATCH);
    kernels.hashChunks(LIST, 0, middle, OUT, SCRATCH);
    words.set(groups, LIST / 4);
    kernels.foldTrees(LIST, trees.length, SCRATCH);
    const roots = trees.map((_, i) => toHex(bytes.slice(OUT + 2 ** 15 + 32 * i, OUT + 2 ** 15 + 32 * i + 32)));
    assert.deepEqual(
      roots,
      trees.map((chunks) => toHex(treeRoot(chunks))),
    );
  }
});
