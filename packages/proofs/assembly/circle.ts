/**
 * The circle FFT (Haböck, Levit and Papini, 2024/278) from coefficients to values, four to a register, for the code of the
 * commitments: 2^vars coefficients, of which those beyond are few or none, to a power of two of times as many values.
 *
 * A function of the basis `y^{j0} · x^{j1} · π(x)^{j2} · π(π(x))^{j3} …`, π(x) = 2x² − 1, splits at its highest bit into
 * `f0 + t·f1` and `f0 − t·f1` on the two halves of a domain, t being the value of that bit's factor. `twiddles` holds t of
 * node h of this binary tree at word h (1 is the root, 2h and 2h + 1 its halves) down to the factor x, and after them, for
 * every node of that last level, y. Both children of a node of x have the same y.
 */
import { add4, P, sub4 } from './m31';

/** Words of a block that the first cache holds: from there on level by level, above half by half. */
const CACHED: usize = 4096;

/** `t·b`, of twice t. */
// @ts-ignore: decorator
@inline
function times(twice: v128, b: v128): v128 {
  const low = i64x2.extmul_low_i32x4_u(twice, b);
  const high = i64x2.extmul_high_i32x4_u(twice, b);
  const upper = i32x4.shuffle(low, high, 1, 3, 5, 7);
  const lower = i32x4.shr_u(i32x4.shuffle(low, high, 0, 2, 4, 6), 1);
  const sum = i32x4.add(upper, lower);
  return i32x4.min_u(sum, i32x4.sub(sum, i32x4.splat(P)));
}

// @ts-ignore: decorator
@inline
function twice(twiddles: usize, node: usize): v128 {
  return i32x4.shl(v128.load32_splat(twiddles + (node << 2)), 1);
}

/** One level over a block of `size` words from `from` to `to`. */
function two(to: usize, from: usize, size: usize, node: usize, twiddles: usize): void {
  const half = size << 1;
  const t = twice(twiddles, node);
  for (const end = to + half; to < end; to += 16, from += 16) {
    const a = v128.load(from);
    const b = times(t, v128.load(from + half));
    v128.store(to, add4(a, b));
    v128.store(to + half, sub4(a, b));
  }
}

/** Two levels. */
// @ts-ignore: decorator
@inline
function four(to: usize, from: usize, size: usize, node: usize, twiddles: usize): void {
  const q = size;
  const t = twice(twiddles, node), t0 = twice(twiddles, 2 * node), t1 = twice(twiddles, 2 * node + 1);
  for (const end = to + q; to < end; to += 16, from += 16) {
    const a = v128.load(from), b = v128.load(from + q);
    const c = times(t, v128.load(from + 2 * q)), d = times(t, v128.load(from + 3 * q));
    const e = add4(a, c), f = times(t0, add4(b, d));
    v128.store(to, add4(e, f));
    v128.store(to + q, sub4(e, f));
    const g = sub4(a, c), h = times(t1, sub4(b, d));
    v128.store(to + 2 * q, add4(g, h));
    v128.store(to + 3 * q, sub4(g, h));
  }
}

/** The last four levels of `size` words, 16 at a time; `node` that of the first 16, `ys` the words of y of their nodes. */
function last(to: usize, from: usize, size: usize, node: usize, twiddles: usize, ys: usize): void {
  for (const end = to + (size << 2); to < end; to += 64, from += 64, node++, ys += 16) {
    const t = twice(twiddles, node), t0 = twice(twiddles, 2 * node), t1 = twice(twiddles, 2 * node + 1);
    const a = v128.load(from), b = v128.load(from, 16);
    const c = times(t, v128.load(from, 32)), d = times(t, v128.load(from, 48));
    const e = add4(a, c), f = times(t0, add4(b, d));
    const g = sub4(a, c), h = times(t1, sub4(b, d));
    const r0 = add4(e, f), r1 = sub4(e, f), r2 = add4(g, h), r3 = sub4(g, h);
    // Four blocks of four: element i of each into one register.
    const p = i32x4.shuffle(r0, r1, 0, 4, 1, 5), q = i32x4.shuffle(r2, r3, 0, 4, 1, 5);
    const u = i32x4.shuffle(r0, r1, 2, 6, 3, 7), v = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
    const x = i32x4.shl(v128.load(twiddles + (node << 4)), 1), y = i32x4.shl(v128.load(ys), 1);
    const e0 = i64x2.shuffle(p, q, 0, 2), e1 = i64x2.shuffle(p, q, 1, 3);
    const e2 = times(x, i64x2.shuffle(u, v, 0, 2)), e3 = times(x, i64x2.shuffle(u, v, 1, 3));
    const m0 = add4(e0, e2), m1 = times(y, add4(e1, e3));
    const m2 = sub4(e0, e2), m3 = times(y, sub4(e1, e3));
    const z0 = add4(m0, m1), z1 = sub4(m0, m1), z2 = add4(m2, m3), z3 = sub4(m2, m3);
    const w0 = i32x4.shuffle(z0, z1, 0, 4, 1, 5), w1 = i32x4.shuffle(z2, z3, 0, 4, 1, 5);
    const w2 = i32x4.shuffle(z0, z1, 2, 6, 3, 7), w3 = i32x4.shuffle(z2, z3, 2, 6, 3, 7);
    v128.store(to, i64x2.shuffle(w0, w1, 0, 2));
    v128.store(to, i64x2.shuffle(w0, w1, 1, 3), 16);
    v128.store(to, i64x2.shuffle(w2, w3, 0, 2), 32);
    v128.store(to, i64x2.shuffle(w2, w3, 1, 3), 48);
  }
}

/** All levels of a block of `size` words, 16 or four times as many as one that can be transformed. */
function transform(to: usize, from: usize, size: usize, node: usize, twiddles: usize, n: usize): void {
  if (size > CACHED) {
    four(to, from, size, node, twiddles);
    for (let i: usize = 0; i < 4; i++) {
      const part = to + i * size;
      transform(part, part, size >> 2, 4 * node + i, twiddles, n);
    }
    return;
  }
  const end = to + (size << 2);
  const all = size;
  let first = node;
  for (; size > 16; size >>= 2) {
    let h = first;
    for (let at = to; at < end; at += size << 2, h++) four(at, from + (at - to), size, h, twiddles);
    from = to;
    first <<= 2;
  }
  // The nodes of x are n/4 .. n/2 − 1; their y lie n/4 words behind.
  last(to, from, all, first, twiddles, twiddles + (first << 4) + n);
}

/**
 * Of the code word of the coefficients at `source`, `2^vars + extra` words, blocks `first .. end − 1` of its 2^blowupVars of 2^vars
 * values each.
 * @param vars at least 4
 * @param blowupVars at least 1
 * @param extra coefficients beyond, at most 2^vars
 * @param scratch room for 2^vars words, where there are such
 */
export function encode(
  out: usize, source: usize, vars: i32, blowupVars: i32, extra: i32, twiddles: usize, scratch: usize, first: usize, end: usize,
): void {
  const size: usize = (<usize>1) << vars;
  const bytes = size << 2;
  const blocks: usize = (<usize>1) << blowupVars;
  const n = size << blowupVars;
  let from = source;
  if (extra) {
    memory.copy(scratch, source, bytes);
    from = scratch;
  }
  for (let block = first; block < end; block++) {
    // The factor of the first coefficient beyond is one sign of one value on each block.
    if (extra) beyond(scratch, source, bytes, extra, twiddles + ((blocks + block >> 1) << 2), <bool>(block & 1));
    const to = out + (block - first) * bytes;
    if (vars & 1) {
      two(to, from, size, blocks + block, twiddles);
      transform(to, to, size >> 1, 2 * (blocks + block), twiddles, n);
      transform(to + (bytes >> 1), to + (bytes >> 1), size >> 1, 2 * (blocks + block) + 1, twiddles, n);
    } else transform(to, from, size, blocks + block, twiddles, n);
  }
}

/** `scratch = source ± t·beyond`, where there is such. Rounds up to four: what lies behind the coefficients is 0. */
function beyond(scratch: usize, source: usize, bytes: usize, extra: i32, t: usize, minus: bool): void {
  const twiddle = i32x4.shl(v128.load32_splat(t), 1);
  for (let i: usize = 0; i < <usize>extra << 2; i += 16) {
    const moved = times(twiddle, v128.load(source + bytes + i));
    const a = v128.load(source + i);
    v128.store(scratch + i, minus ? sub4(a, moved) : add4(a, moved));
  }
}
