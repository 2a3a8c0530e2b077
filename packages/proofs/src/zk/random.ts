/** Uniform elements of M31 from the platform's generator: what hides. */
import { concatBytes, sha256, utf8 } from '@surety/core';
import { BLOCK_WORDS, chacha20 } from './chacha20.ts';
import { type Ext, P } from './field/ext.ts';

/** Most bytes that `getRandomValues` gives at once. */
const QUOTA_WORDS = 16_384;

/** So many uniform elements: words of 31 bits, of which p itself is drawn again. */
export const randomWords = (count: number): Uint32Array => {
  const words = new Uint32Array(count);
  for (let at = 0; at < count; ) {
    const drawn = new Uint32Array(Math.min(QUOTA_WORDS, count - at));
    crypto.getRandomValues(drawn);
    for (const word of drawn) if ((word & P) !== P) words[at++] = word & P;
  }
  return words;
};

export const randomExts = (count: number): Ext[] => {
  const words = randomWords(4 * count);
  return Array.from(
    { length: count },
    (_, i): Ext => [words[4 * i]!, words[4 * i + 1]!, words[4 * i + 2]!, words[4 * i + 3]!],
  );
};

const NONCE = [0, 0, 0] as const;

/** Elements of M31 that follow from 32 bytes: a secret that is used for nothing else. */
export const keyedWords = (key: Uint8Array): ((count: number) => Uint32Array) => {
  const block = chacha20(key, NONCE);
  const drawn = new Int32Array(BLOCK_WORDS);
  let counter = 0;
  let used = BLOCK_WORDS;
  return (count) => {
    const words = new Uint32Array(count);
    for (let at = 0; at < count; ) {
      if (used === BLOCK_WORDS) {
        block(counter++, drawn);
        used = 0;
      }
      const word = drawn[used++]! & P;
      if (word !== P) words[at++] = word;
    }
    return words;
  };
};

const SEED_DOMAIN = utf8('surety:weights:v1\0');

export const SEED_BYTES = 32;

/**
 * Elements of M31 that follow from a secret: SHA-256 of it with a counter, words as in {@link randomWords}.
 * @param hides what they hide, and in how many proofs: two commitments under one seed would show how they differ
 */
export const seededWords = (seed: Uint8Array, hides: Uint8Array): ((count: number) => Uint32Array) => {
  const message = concatBytes(SEED_DOMAIN, seed, hides, new Uint8Array(4));
  const counter = new DataView(message.buffer, message.length - 4);
  let block = 0;
  return (count) => {
    const words = new Uint32Array(count);
    for (let at = 0; at < count; ) {
      counter.setUint32(0, block++);
      const digest = sha256(message);
      const view = new DataView(digest.buffer, digest.byteOffset, digest.length);
      for (let i = 0; i < digest.length && at < count; i += 4) {
        const word = view.getUint32(i) & P;
        if (word !== P) words[at++] = word;
      }
    }
    return words;
  };
};
