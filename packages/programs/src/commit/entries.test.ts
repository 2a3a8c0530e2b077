/** Trees over entries come to what they come to the readable way. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHex } from '@surety/core';
import { Random } from '../../test/random.ts';
import { createEntryHasher } from './entries.ts';
import { treeRoot } from './tensor.ts';

test('roots over entries of any length and number, whatever was hashed before', async () => {
  const random = new Random(1);
  const hash = await createEntryHasher();
  const drawn = (length: number): Uint8Array => Uint8Array.from({ length }, () => random.int(0, 255));
  for (const length of [1, 63, 64, 128, 1_024, 1_025, 0]) {
    for (const count of [1, 2, 3, 5, 64, 65, 1_000]) {
      const entries = Array.from({ length: count }, () => drawn(length));
      assert.equal(toHex(hash(entries)), toHex(treeRoot(entries)), `${count} of ${length}`);
    }
  }
  assert.deepEqual(hash([]), treeRoot([]));
  const uneven = [drawn(5), drawn(6)];
  assert.deepEqual(hash(uneven), treeRoot(uneven));
});
