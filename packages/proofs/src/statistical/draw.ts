/** Field elements and numbers drawn from a seed (spec 19.3): SHA-256 in counter mode, so that whoever has the seed draws the same. */
import { concatBytes, sha256, utf8 } from '@surety/core';
import { bigEndian } from '@surety/programs';
import { P, times } from './field.ts';

/** Bytes of a seed. */
export const SEED_BYTES = 32;

const TAG = utf8('surety:draw:v1\0');

/** 32-bit words of a seed for one purpose, named by a few numbers. */
const wordsOf = function* (seed: Uint8Array, purpose: readonly number[]): Generator<number> {
  // All but the counter in one hash, so that each further one is a single block.
  const own = sha256(concatBytes(TAG, seed, bigEndian(purpose)));
  for (let counter = 0; ; counter++) {
    const view = new DataView(sha256(concatBytes(own, bigEndian([counter]))).buffer);
    for (let at = 0; at < 32; at += 4) yield view.getUint32(at);
  }
};

/** `count` uniform elements: 31 bits each, 2^31 − 1 drawn again. */
export const drawElements = (seed: Uint8Array, purpose: readonly number[], count: number): Float64Array => {
  const drawn = new Float64Array(count);
  let at = 0;
  for (const word of wordsOf(seed, purpose)) {
    if (at === count) break;
    const bits = word & 0x7fff_ffff;
    if (bits !== P) drawn[at++] = bits;
  }
  return drawn;
};

/**
 * `count` products of two independent uniform elements each, `a[i div m] · b[i mod m]`, m the least power of two with m² ≥ count:
 * some 2 √count draws in place of count. A form that is linear in them is bilinear in what was drawn.
 */
export const drawProducts = (seed: Uint8Array, purpose: readonly number[], count: number): Float64Array => {
  let m = 1;
  while (m * m < count) m *= 2;
  const drawn = drawElements(seed, purpose, m + Math.ceil(count / m));
  const products = new Float64Array(count);
  for (let i = 0, block = m; i < count; block++) {
    for (let j = 0; j < m && i < count; j++, i++) products[i] = times(drawn[block]!, drawn[j]!);
  }
  return products;
};

/** `count` uniform whole numbers of 0 .. `below` − 1, which is at most 2^48. */
export const drawIndices = (
  seed: Uint8Array,
  purpose: readonly number[],
  count: number,
  below: number,
): Float64Array => {
  const drawn = new Float64Array(count);
  // The largest multiple of `below` that 48 bits reach: what lies beyond is drawn again, so that all are equally likely.
  const limit = 2 ** 48 - (2 ** 48 % below);
  const words = wordsOf(seed, purpose);
  for (let at = 0; at < count; ) {
    const [high, low] = [words.next().value as number, words.next().value as number];
    const bits = (high % 2 ** 16) * 2 ** 32 + low;
    if (bits < limit) drawn[at++] = bits % below;
  }
  return drawn;
};
