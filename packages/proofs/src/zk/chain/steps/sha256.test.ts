import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concatBytes, sha256 } from '@surety/core';
import { Random } from '../../../../../programs/test/random.ts';
import { BLOCK_BYTES, compressBlocks, INITIAL_STATE, paddingOf } from './sha256.ts';

test('blocks, padded, lead to SHA-256 of the message, in one go or one by one', () => {
  const random = new Random(1);
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 1_000]) {
    const message = Uint8Array.from({ length }, () => random.int(0, 255));
    const padded = concatBytes(message, paddingOf(length));
    assert.equal(padded.length % BLOCK_BYTES, 0);
    assert.ok(paddingOf(length).length <= BLOCK_BYTES + 8, `${length}`);
    assert.deepEqual(compressBlocks(INITIAL_STATE, padded), sha256(message), `${length}`);
    let state = INITIAL_STATE;
    for (let at = 0; at < padded.length; at += BLOCK_BYTES) {
      state = compressBlocks(state, padded.subarray(at, at + BLOCK_BYTES));
    }
    assert.deepEqual(state, sha256(message), `${length}, one by one`);
  }
});
