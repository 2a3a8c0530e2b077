import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BLOCK_WORDS, chacha20 } from './chacha20.ts';
import { P } from './field/ext.ts';
import { keyedWords } from './random.ts';

test('RFC 8439, 2.3.2: the block of its test vector', () => {
  const out = new Int32Array(BLOCK_WORDS);
  chacha20(
    Uint8Array.from({ length: 32 }, (_, i) => i),
    [0x09000000, 0x4a000000, 0],
  )(1, out);
  const expected =
    'e4e7f110 15593bd1 1fdd0f50 c47120a3 c7f4d1c7 0368c033 9aaa2204 4e6cd4c3 466482d2 09aa9f07 05d7c214 a2028bd9 d19c12b5 b94e16de e883d0cb 4e3c50a2';
  assert.equal(Array.from(out, (word) => (word >>> 0).toString(16).padStart(8, '0')).join(' '), expected);
});

test('RFC 8439, A.1: key and nonce of zeros, blocks 0 and 1', () => {
  const block = chacha20(new Uint8Array(32), [0, 0, 0]);
  const out = new Int32Array(BLOCK_WORDS);
  const first = [0, 1].map((counter) => {
    block(counter, out);
    return (out[0]! >>> 0).toString(16);
  });
  assert.deepEqual(first, ['ade0b876', 'bee7079f']);
});

test('elements are 31 bits of each word of the stream, however many are taken at once', () => {
  const key = new Uint8Array(32);
  const out = new Int32Array(BLOCK_WORDS);
  const stream = [0, 1].flatMap((counter) => {
    chacha20(key, [0, 0, 0])(counter, out);
    return Array.from(out, (word) => word & P);
  });
  const words = keyedWords(key);
  assert.deepEqual([...words(5), ...words(20), ...words(7)], stream);
});
