/** SHA-256 (FIPS 180-4) by blocks, for hashes of more bytes than one step reads. */

export const BLOCK_BYTES = 64;

const fractions = (root: number): number[] => {
  const found: number[] = [];
  for (let n = 2; found.length < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
    if (prime) found.push(fractionOf(BigInt(n), root));
  }
  return found;
};

/** First 32 bits behind the point of the square or cube root. */
const fractionOf = (n: bigint, root: number): number => {
  const power = BigInt(root);
  const target = n << (32n * power);
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** power <= target) low = middle;
    else high = middle;
  }
  return Number(low & 0xffffffffn);
};

const K = Uint32Array.from(fractions(3));

const big = (words: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(4 * words.length);
  const view = new DataView(bytes.buffer);
  for (const [i, word] of words.entries()) view.setUint32(4 * i, word);
  return bytes;
};

/** The state before the first block. */
export const INITIAL_STATE: Uint8Array = big(fractions(2).slice(0, 8));

/** What is hashed behind so many bytes. */
export const paddingOf = (length: number): Uint8Array => {
  const zeros = (2 * BLOCK_BYTES - 9 - (length % BLOCK_BYTES)) % BLOCK_BYTES;
  const bytes = new Uint8Array(1 + zeros + 8);
  bytes[0] = 0x80;
  new DataView(bytes.buffer).setBigUint64(1 + zeros, 8n * BigInt(length));
  return bytes;
};

const rotated = (x: number, by: number): number => (x >>> by) | (x << (32 - by));

/**
 * The state that whole blocks lead to.
 * @param state 32 bytes
 */
export const compressBlocks = (state: Uint8Array, blocks: Uint8Array): Uint8Array => {
  const from = new DataView(blocks.buffer, blocks.byteOffset, blocks.length);
  const start = new DataView(state.buffer, state.byteOffset, 32);
  const hash = Array.from({ length: 8 }, (_, i) => start.getUint32(4 * i));
  const w = new Uint32Array(64);
  for (let at = 0; at < blocks.length; at += BLOCK_BYTES) {
    for (let i = 0; i < 16; i++) w[i] = from.getUint32(at + 4 * i);
    for (let i = 16; i < 64; i++) {
      const [x, y] = [w[i - 15]!, w[i - 2]!];
      const s0 = rotated(x, 7) ^ rotated(x, 18) ^ (x >>> 3);
      const s1 = rotated(y, 17) ^ rotated(y, 19) ^ (y >>> 10);
      w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
    }
    let [a, b, c, d, e, f, g, h] = hash as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0;
      const s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) hash[i] = (hash[i]! + word) >>> 0;
  }
  return big(hash);
};
