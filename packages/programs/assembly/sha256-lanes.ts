/**
 * The compression of SHA-256 (FIPS 180-4) for four messages at once, one a lane of 32 bits. State and schedule lie in memory:
 * eight and 64 vectors, a word of each message in each.
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

/** Bytes of a state and of a schedule. */
export const STATE: usize = 8 * 16;
export const SCHEDULE: usize = 64 * 16;

// @ts-ignore: decorator
@inline
function rotate(x: v128, n: i32): v128 {
  return v128.or(i32x4.shr_u(x, n), i32x4.shl(x, 32 - n));
}

// @ts-ignore: decorator
@inline
function e1(e: v128, f: v128, g: v128, h: v128, w: v128): v128 {
  const sigma = v128.xor(v128.xor(rotate(e, 6), rotate(e, 11)), rotate(e, 25));
  const choice = v128.xor(g, v128.and(e, v128.xor(f, g)));
  return i32x4.add(i32x4.add(h, w), i32x4.add(sigma, choice));
}

// @ts-ignore: decorator
@inline
function e0(a: v128, b: v128, c: v128): v128 {
  const sigma = v128.xor(v128.xor(rotate(a, 2), rotate(a, 13)), rotate(a, 22));
  const majority = v128.or(v128.and(a, b), v128.and(c, v128.or(a, b)));
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

/** A block whose words are the first 16 of a schedule, which gets the other 48, into those states whose lanes are live. */
export function compress(state: usize, w: usize, live: v128): void {
  for (let t: usize = 16; t < 64; t++) {
    const at = w + 16 * t;
    const x = v128.load(at - 15 * 16);
    const y = v128.load(at - 2 * 16);
    const s0 = v128.xor(v128.xor(rotate(x, 7), rotate(x, 18)), i32x4.shr_u(x, 3));
    const s1 = v128.xor(v128.xor(rotate(y, 17), rotate(y, 19)), i32x4.shr_u(y, 10));
    v128.store(at, i32x4.add(i32x4.add(v128.load(at - 16 * 16), s0), i32x4.add(v128.load(at - 7 * 16), s1)));
  }
  let a = v128.load(state), b = v128.load(state, 16), c = v128.load(state, 32), d = v128.load(state, 48);
  let e = v128.load(state, 64), f = v128.load(state, 80), g = v128.load(state, 96), h = v128.load(state, 112);
  let k: usize = ROUND;
  for (let t: usize = 0; t < 1024; t += 128) {
    const at = w + t;
    h = e1(e, f, g, h, i32x4.add(v128.load32_splat(k), v128.load(at)));
    d = i32x4.add(d, h);
    h = i32x4.add(h, e0(a, b, c));
    g = e1(d, e, f, g, i32x4.add(v128.load32_splat(k, 4), v128.load(at, 16)));
    c = i32x4.add(c, g);
    g = i32x4.add(g, e0(h, a, b));
    f = e1(c, d, e, f, i32x4.add(v128.load32_splat(k, 8), v128.load(at, 32)));
    b = i32x4.add(b, f);
    f = i32x4.add(f, e0(g, h, a));
    e = e1(b, c, d, e, i32x4.add(v128.load32_splat(k, 12), v128.load(at, 48)));
    a = i32x4.add(a, e);
    e = i32x4.add(e, e0(f, g, h));
    d = e1(a, b, c, d, i32x4.add(v128.load32_splat(k, 16), v128.load(at, 64)));
    h = i32x4.add(h, d);
    d = i32x4.add(d, e0(e, f, g));
    c = e1(h, a, b, c, i32x4.add(v128.load32_splat(k, 20), v128.load(at, 80)));
    g = i32x4.add(g, c);
    c = i32x4.add(c, e0(d, e, f));
    b = e1(g, h, a, b, i32x4.add(v128.load32_splat(k, 24), v128.load(at, 96)));
    f = i32x4.add(f, b);
    b = i32x4.add(b, e0(c, d, e));
    a = e1(f, g, h, a, i32x4.add(v128.load32_splat(k, 28), v128.load(at, 112)));
    e = i32x4.add(e, a);
    a = i32x4.add(a, e0(b, c, d));
    k += 32;
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
