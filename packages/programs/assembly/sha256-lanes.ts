/**
 * The compression of SHA-256 (FIPS 180-4) for four messages at once, one a lane of 32 bits. State and schedule lie in memory:
 * eight and 16 vectors, a word of each message in each.
 */

const ROUND = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
  0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
  0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
  0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08,
  0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
  0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);

/** Bytes of a state and of a block as the schedule wants it. */
export const STATE: usize = 8 * 16;
export const SCHEDULE: usize = 16 * 16;

// @ts-ignore: decorator
@inline
function rotate(x: v128, n: i32): v128 {
  return v128.or(i32x4.shr_u(x, n), i32x4.shl(x, 32 - n));
}

/**
 * Word `i` of eight with its round constant; where `more` follow, the word 16 later takes its place.
 * @param now the eight words
 * @param then the other eight of the schedule
 */
// @ts-ignore: decorator
@inline
function word(now: usize, then: usize, k: usize, i: usize, more: bool): v128 {
  const w = v128.load(now + 16 * i);
  if (more) {
    const x = v128.load(i < 7 ? now + 16 * (i + 1) : then);
    const y = v128.load(i < 2 ? then + 16 * (i + 6) : now + 16 * (i - 2));
    const s0 = v128.xor(v128.xor(rotate(x, 7), rotate(x, 18)), i32x4.shr_u(x, 3));
    const s1 = v128.xor(v128.xor(rotate(y, 17), rotate(y, 19)), i32x4.shr_u(y, 10));
    const z = v128.load(i < 7 ? then + 16 * (i + 1) : now);
    v128.store(now + 16 * i, i32x4.add(i32x4.add(w, s0), i32x4.add(z, s1)));
  }
  return i32x4.add(w, v128.load32_splat(k + 4 * i));
}

// @ts-ignore: decorator
@inline
function t1(e: v128, f: v128, g: v128, h: v128, w: v128): v128 {
  const sigma = v128.xor(v128.xor(rotate(e, 6), rotate(e, 11)), rotate(e, 25));
  const choice = v128.xor(g, v128.and(e, v128.xor(f, g)));
  return i32x4.add(i32x4.add(h, w), i32x4.add(sigma, choice));
}

/** @param ab a ^ b, which the next round takes as its `bc` */
// @ts-ignore: decorator
@inline
function t2(a: v128, b: v128, ab: v128, bc: v128): v128 {
  const sigma = v128.xor(v128.xor(rotate(a, 2), rotate(a, 13)), rotate(a, 22));
  const majority = v128.xor(b, v128.and(ab, bc));
  return i32x4.add(sigma, majority);
}

// @ts-ignore: decorator
@inline
export function bigEndian(raw: v128): v128 {
  return i8x16.shuffle(raw, raw, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
}

/** The initial state of a message. */
// @ts-ignore: decorator
@inline
export function begin(state: usize): void {
  v128.store(state, i32x4.splat(0x6a09e667));
  v128.store(state, i32x4.splat(0xbb67ae85), 16);
  v128.store(state, i32x4.splat(0x3c6ef372), 32);
  v128.store(state, i32x4.splat(0xa54ff53a), 48);
  v128.store(state, i32x4.splat(0x510e527f), 64);
  v128.store(state, i32x4.splat(0x9b05688c), 80);
  v128.store(state, i32x4.splat(0x1f83d9ab), 96);
  v128.store(state, i32x4.splat(0x5be0cd19), 112);
}

/** Four words of each of four messages, one message a vector, into four vectors of a schedule. */
// @ts-ignore: decorator
@inline
export function transpose(r0: v128, r1: v128, r2: v128, r3: v128, to: usize): void {
  const a = i32x4.shuffle(r0, r1, 0, 4, 1, 5), b = i32x4.shuffle(r2, r3, 0, 4, 1, 5);
  const c = i32x4.shuffle(r0, r1, 2, 6, 3, 7), d = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
  v128.store(to, i64x2.shuffle(a, b, 0, 2));
  v128.store(to, i64x2.shuffle(a, b, 1, 3), 16);
  v128.store(to, i64x2.shuffle(c, d, 0, 2), 32);
  v128.store(to, i64x2.shuffle(c, d, 1, 3), 48);
}

/** A block, whose 16 words at `w` are lost, into those states whose lanes are live. */
export function compress(state: usize, w: usize, live: v128): void {
  let a = v128.load(state), b = v128.load(state, 16), c = v128.load(state, 32), d = v128.load(state, 48);
  let e = v128.load(state, 64), f = v128.load(state, 80), g = v128.load(state, 96), h = v128.load(state, 112);
  let x = v128.xor(b, c), y = x;
  let now = w, then = w + 128;
  for (let k: usize = ROUND; k < ROUND + 256; k += 32) {
    const more = k < ROUND + 192;
    h = t1(e, f, g, h, word(now, then, k, 0, more));
    d = i32x4.add(d, h);
    y = v128.xor(a, b);
    h = i32x4.add(h, t2(a, b, y, x));
    g = t1(d, e, f, g, word(now, then, k, 1, more));
    c = i32x4.add(c, g);
    x = v128.xor(h, a);
    g = i32x4.add(g, t2(h, a, x, y));
    f = t1(c, d, e, f, word(now, then, k, 2, more));
    b = i32x4.add(b, f);
    y = v128.xor(g, h);
    f = i32x4.add(f, t2(g, h, y, x));
    e = t1(b, c, d, e, word(now, then, k, 3, more));
    a = i32x4.add(a, e);
    x = v128.xor(f, g);
    e = i32x4.add(e, t2(f, g, x, y));
    d = t1(a, b, c, d, word(now, then, k, 4, more));
    h = i32x4.add(h, d);
    y = v128.xor(e, f);
    d = i32x4.add(d, t2(e, f, y, x));
    c = t1(h, a, b, c, word(now, then, k, 5, more));
    g = i32x4.add(g, c);
    x = v128.xor(d, e);
    c = i32x4.add(c, t2(d, e, x, y));
    b = t1(g, h, a, b, word(now, then, k, 6, more));
    f = i32x4.add(f, b);
    y = v128.xor(c, d);
    b = i32x4.add(b, t2(c, d, y, x));
    a = t1(f, g, h, a, word(now, then, k, 7, more));
    e = i32x4.add(e, a);
    x = v128.xor(b, c);
    a = i32x4.add(a, t2(b, c, x, y));
    const other = now;
    now = then;
    then = other;
  }
  v128.store(state, i32x4.add(v128.load(state), v128.and(live, a)));
  v128.store(state, i32x4.add(v128.load(state, 16), v128.and(live, b)), 16);
  v128.store(state, i32x4.add(v128.load(state, 32), v128.and(live, c)), 32);
  v128.store(state, i32x4.add(v128.load(state, 48), v128.and(live, d)), 48);
  v128.store(state, i32x4.add(v128.load(state, 64), v128.and(live, e)), 64);
  v128.store(state, i32x4.add(v128.load(state, 80), v128.and(live, f)), 80);
  v128.store(state, i32x4.add(v128.load(state, 96), v128.and(live, g)), 96);
  v128.store(state, i32x4.add(v128.load(state, 112), v128.and(live, h)), 112);
}

/** Digests of four states, one after the other. */
export function digests(state: usize, out: usize): void {
  for (let lane: usize = 0; lane < 4; lane++) {
    for (let i: usize = 0; i < 8; i++) {
      store<u32>(out + 32 * lane + 4 * i, bswap<u32>(load<u32>(state + 16 * i + 4 * lane)));
    }
  }
}
