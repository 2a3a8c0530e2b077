import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concatBytes, sha256, utf8 } from '@surety/core';
import { Transcript } from '../../channel/transcript.ts';
import { challengeOf, positionsOf } from './draws.ts';

/** The state of a transcript that absorbed one message. */
const stateOf = (message: Uint8Array): Uint8Array => {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setUint32(0, message.length, true);
  return sha256(concatBytes(sha256(utf8('surety:proof:v1')), length, message));
};

test('challenges and positions by number are those that a transcript draws in turn', () => {
  for (let seed = 0; seed < 20; seed++) {
    const message = Uint8Array.of(seed, 1, 2);
    const state = stateOf(message);
    const transcript = new Transcript();
    transcript.absorb(message);
    for (let number = 1; number <= 5; number++) assert.deepEqual(challengeOf(state, number), transcript.challenge());
    const again = new Transcript();
    again.absorb(message);
    const words = positionsOf(state, 41, 6).flatMap((word) => {
      const view = new DataView(word.buffer, word.byteOffset, 32);
      return Array.from({ length: 8 }, (_, i) => view.getUint32(4 * i));
    });
    assert.deepEqual(words.slice(0, 41), again.indices(41, 64));
  }
});
