/** The key stream of ChaCha20 (RFC 8439): a secret of 32 bytes as any number of words that look random without it. */

/** Words of a block. */
export const BLOCK_WORDS = 16;

/** "expand 32-byte k", little-endian. */
const CONSTANTS = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574] as const;

/** Columns, then diagonals, of a state of 4 × 4 words. */
const QUARTERS = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const;
const DOUBLE_ROUNDS = 10;

const rotated = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

const quarter = (x: Int32Array, a: number, b: number, c: number, d: number): void => {
  let [p, q, r, s] = [x[a]!, x[b]!, x[c]!, x[d]!];
  p = (p + q) | 0;
  s = rotated(s ^ p, 16);
  r = (r + s) | 0;
  q = rotated(q ^ r, 12);
  p = (p + q) | 0;
  s = rotated(s ^ p, 8);
  r = (r + s) | 0;
  q = rotated(q ^ r, 7);
  x[a] = p;
  x[b] = q;
  x[c] = r;
  x[d] = s;
};

/**
 * Block after block.
 * @param key 32 bytes
 * @param nonce three words
 * @returns writes the words of block `counter` into `out`
 */
export const chacha20 = (
  key: Uint8Array,
  nonce: readonly [number, number, number],
): ((counter: number, out: Int32Array) => void) => {
  const view = new DataView(key.buffer, key.byteOffset, key.length);
  const keyWords = Array.from({ length: 8 }, (_, i) => view.getInt32(4 * i, true));
  const state = Int32Array.from([...CONSTANTS, ...keyWords, 0, ...nonce]);
  return (counter, out) => {
    state[12] = counter;
    out.set(state);
    for (let round = 0; round < DOUBLE_ROUNDS; round++) {
      for (const [a, b, c, d] of QUARTERS) quarter(out, a, b, c, d);
    }
    for (let i = 0; i < BLOCK_WORDS; i++) out[i] = (out[i]! + state[i]!) | 0;
  };
};
