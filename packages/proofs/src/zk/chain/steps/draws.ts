/** What is drawn of a state of the transcript, by number instead of in turn: `channel/transcript.ts`. */
import { concatBytes, sha256 } from '@surety/core';
import { type Ext, P } from '../../field/ext.ts';
import { WORD_BYTES } from './machine.ts';

const digestOf = (state: Uint8Array, number: number): number[] => {
  const little = new Uint8Array(4);
  new DataView(little.buffer).setUint32(0, number, true);
  const digest = sha256(concatBytes(state, little));
  const view = new DataView(digest.buffer, digest.byteOffset, digest.length);
  return Array.from({ length: 8 }, (_, i) => view.getUint32(4 * i, true));
};

/**
 * Challenge `number` of a state, counted from 1: null where its digest has fewer than four words below p, once in 2^149, so that
 * the transcript would draw again.
 */
export const challengeOf = (state: Uint8Array, number: number): Ext | null => {
  const words = digestOf(state, number)
    .map((word) => word & P)
    .filter((word) => word !== P);
  return words.length < 4 ? null : [words[0]!, words[1]!, words[2]!, words[3]!];
};

/** So many different positions of `bits` bits each, ascending, eight big-endian words to 32 bytes. */
export const positionsOf = (state: Uint8Array, count: number, bits: number): Uint8Array[] => {
  const found = new Set<number>();
  for (let number = 1; found.size < count; number++) {
    for (const word of digestOf(state, number)) if (found.size < count) found.add(word & (2 ** bits - 1));
  }
  const packed = new Uint8Array(Math.ceil(count / 8) * WORD_BYTES);
  const view = new DataView(packed.buffer);
  for (const [i, position] of [...found].sort((a, b) => a - b).entries()) view.setUint32(4 * i, position);
  return Array.from({ length: packed.length / WORD_BYTES }, (_, i) =>
    packed.slice(WORD_BYTES * i, WORD_BYTES * (i + 1)),
  );
};
