/**
 * The tree of fractions of the lookup argument. A layer is two vectors of the extension, p and q, of one stride; an entry of
 * the layer above is the sum of the fractions i and i + half of this one.
 */
import { add4, neg4, reduce, reduce4, splat, sub4 } from './m31';
import { first4, mul0, mul1, mul2, mul3, second4 } from './qm31';
import { coordinate, foldRange } from './vector';

/** `a·b + … + o·p`, four at a time: two sums of four products, brought below 2^34 before they meet. */
// @ts-ignore: decorator
@inline
function dot8(a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128, h: v128, i: v128, j: v128, k: v128, l: v128, m: v128, n: v128, o: v128, p: v128): v128 {
  return reduce4(
    i64x2.add(
      partly(
        i64x2.add(
          i64x2.add(i64x2.extmul_low_i32x4_u(a, b), i64x2.extmul_low_i32x4_u(c, d)),
          i64x2.add(i64x2.extmul_low_i32x4_u(e, f), i64x2.extmul_low_i32x4_u(g, h)),
        ),
      ),
      partly(
        i64x2.add(
          i64x2.add(i64x2.extmul_low_i32x4_u(i, j), i64x2.extmul_low_i32x4_u(k, l)),
          i64x2.add(i64x2.extmul_low_i32x4_u(m, n), i64x2.extmul_low_i32x4_u(o, p)),
        ),
      ),
    ),
    i64x2.add(
      partly(
        i64x2.add(
          i64x2.add(i64x2.extmul_high_i32x4_u(a, b), i64x2.extmul_high_i32x4_u(c, d)),
          i64x2.add(i64x2.extmul_high_i32x4_u(e, f), i64x2.extmul_high_i32x4_u(g, h)),
        ),
      ),
      partly(
        i64x2.add(
          i64x2.add(i64x2.extmul_high_i32x4_u(i, j), i64x2.extmul_high_i32x4_u(k, l)),
          i64x2.add(i64x2.extmul_high_i32x4_u(m, n), i64x2.extmul_high_i32x4_u(o, p)),
        ),
      ),
    ),
  );
}

// @ts-ignore: decorator
@inline
function partly(x: v128): v128 {
  return i64x2.add(v128.and(x, i64x2.splat(0x7fffffff)), i64x2.shr_u(x, 31));
}

/** `α − β·first − γ·second` of two values at a time. */
// @ts-ignore: decorator
@inline
function denominator(start: v128, b: v128, first: v128, g: v128, second: v128): v128 {
  return reduce4(
    i64x2.add(start, i64x2.add(i64x2.extmul_low_i32x4_u(b, first), i64x2.extmul_low_i32x4_u(g, second))),
    i64x2.add(start, i64x2.add(i64x2.extmul_high_i32x4_u(b, first), i64x2.extmul_high_i32x4_u(g, second))),
  );
}

// @ts-ignore: decorator
@inline
function denominatorOfOne(start: v128, b: v128, first: v128): v128 {
  return reduce4(
    i64x2.add(start, i64x2.extmul_low_i32x4_u(b, first)),
    i64x2.add(start, i64x2.extmul_high_i32x4_u(b, first)),
  );
}

/**
 * Denominators of `n` rows (whole fours are written): `α − tag − β·first − γ·second`.
 * @param constants address of α, −β and −γ
 * @param tags word i of them at `i & tagMask`: 0 for four that repeat, −1 for one each
 * @param second 0 where there are none
 */
export function denominators(q: usize, stride: usize, n: usize, tags: usize, tagMask: usize, first: usize, second: usize, constants: usize): void {
  for (let c: usize = 0; c < 4; c++) {
    const start = i64x2.splat(<i64>coordinate(constants, c));
    const b = splat(coordinate(constants + 16, c));
    const g = splat(coordinate(constants + 32, c));
    const plane = q + c * stride;
    for (let i: usize = 0; i < n << 2; i += 16) {
      const d = second == 0
        ? denominatorOfOne(start, b, v128.load(first + i))
        : denominator(start, b, v128.load(first + i), g, v128.load(second + i));
      v128.store(plane + i, c == 0 ? sub4(d, v128.load(tags + (i & tagMask))) : d);
    }
  }
}

/** `n` sums p/q of fractions p0/q0 and p1/q1, whole fours; p0 is 0 where all of its elements are 1, and so may p1 be then. */
export function sumFractions(p: usize, q: usize, outStride: usize, p0: usize, q0: usize, p1: usize, q1: usize, stride: usize, n: usize): void {
  const s2 = 2 * stride;
  const s3 = 3 * stride;
  const ones = p0 == 0;
  for (let i: usize = 0; i < n << 2; i += 16) {
    const a = q0 + i;
    const a0 = v128.load(a);
    const a1 = v128.load(a + stride);
    const a2 = v128.load(a + s2);
    const a3 = v128.load(a + s3);
    const b = q1 + i;
    const b0 = v128.load(b);
    const b1 = v128.load(b + stride);
    const b2 = v128.load(b + s2);
    const b3 = v128.load(b + s3);
    const an1 = neg4(a1);
    const an3 = neg4(a3);
    const aw0 = first4(a2, a3);
    const aw1 = second4(a2, a3);
    const am1 = neg4(aw1);
    let t = q + i;
    v128.store(t, mul0(b0, b1, b2, b3, a0, an1, aw0, am1));
    v128.store(t + outStride, mul1(b0, b1, b2, b3, a0, a1, aw0, aw1));
    v128.store(t + 2 * outStride, mul2(b0, b1, b2, b3, a0, an1, a2, an3));
    v128.store(t + 3 * outStride, mul3(b0, b1, b2, b3, a0, a1, a2, a3));
    t = p + i;
    if (p1 == 0) {
      v128.store(t, add4(a0, b0));
      v128.store(t + outStride, add4(a1, b1));
      v128.store(t + 2 * outStride, add4(a2, b2));
      v128.store(t + 3 * outStride, add4(a3, b3));
      continue;
    }
    const d = p1 + i;
    const d0 = v128.load(d);
    const d1 = v128.load(d + stride);
    const d2 = v128.load(d + s2);
    const d3 = v128.load(d + s3);
    if (ones) {
      v128.store(t, add4(b0, mul0(d0, d1, d2, d3, a0, an1, aw0, am1)));
      v128.store(t + outStride, add4(b1, mul1(d0, d1, d2, d3, a0, a1, aw0, aw1)));
      v128.store(t + 2 * outStride, add4(b2, mul2(d0, d1, d2, d3, a0, an1, a2, an3)));
      v128.store(t + 3 * outStride, add4(b3, mul3(d0, d1, d2, d3, a0, a1, a2, a3)));
    } else {
      const bn1 = neg4(b1);
      const bn3 = neg4(b3);
      const bw0 = first4(b2, b3);
      const bw1 = second4(b2, b3);
      const c = p0 + i;
      const c0 = v128.load(c);
      const c1 = v128.load(c + stride);
      const c2 = v128.load(c + s2);
      const c3 = v128.load(c + s3);
      v128.store(t, dot8(c0, b0, c1, bn1, c2, bw0, c3, neg4(bw1), d0, a0, d1, an1, d2, aw0, d3, am1));
      v128.store(t + outStride, dot8(c0, b1, c1, b0, c2, bw1, c3, bw0, d0, a1, d1, a0, d2, aw1, d3, aw0));
      v128.store(t + 2 * outStride, dot8(c0, b2, c1, bn3, c2, b0, c3, bn1, d0, a2, d1, an3, d2, a0, d3, an1));
      v128.store(t + 3 * outStride, dot8(c0, b3, c1, b2, c2, b1, c3, b0, d0, a3, d1, a2, d2, a1, d3, a0));
    }
  }
}

/**
 * Adds `λ·q` to p, of `n` fractions: with those of the upper half, `p0·q1 + p1·q0 + λ·q0·q1 = p0·q1 + (p1 + λ·q1)·q0`.
 * @param ones whether p is 1 everywhere, whatever lies there
 */
export function joinFractions(p: usize, q: usize, stride: usize, n: usize, lambda: usize, ones: bool): void {
  const s0 = splat(coordinate(lambda, 0));
  const s1 = splat(coordinate(lambda, 1));
  const s2 = splat(coordinate(lambda, 2));
  const s3 = splat(coordinate(lambda, 3));
  const n1 = neg4(s1);
  const n3 = neg4(s3);
  const w0 = first4(s2, s3);
  const w1 = second4(s2, s3);
  const m1 = neg4(w1);
  const one = splat(1);
  const zero = splat(0);
  for (let i: usize = 0; i < n; i += 4) {
    const a = p + (i << 2);
    const b = q + (i << 2);
    const q0 = v128.load(b);
    const q1 = v128.load(b + stride);
    const q2 = v128.load(b + 2 * stride);
    const q3 = v128.load(b + 3 * stride);
    v128.store(a, add4(ones ? one : v128.load(a), mul0(q0, q1, q2, q3, s0, n1, w0, m1)));
    v128.store(a + stride, add4(ones ? zero : v128.load(a + stride), mul1(q0, q1, q2, q3, s0, s1, w0, w1)));
    v128.store(a + 2 * stride, add4(ones ? zero : v128.load(a + 2 * stride), mul2(q0, q1, q2, q3, s0, n1, s2, n3)));
    v128.store(a + 3 * stride, add4(ones ? zero : v128.load(a + 3 * stride), mul3(q0, q1, q2, q3, s0, s1, s2, s3)));
  }
}

/**
 * One round of the sumcheck of a layer: the sums over `pairs` of `eq·(p0·q1 + p1·q0)` as a polynomial in the highest variable,
 * its value at 0 and its leading coefficient, written to `out` (128 bytes).
 * @param p0 0 where all of its elements are 1
 * @param r 0, or the challenge that the variable above is bound to first, in place
 * @param gap elements from the lower to the upper one of a pair
 * @param gapSecond likewise in p1 and q1; other than `gap` only where nothing is bound
 * @param low equality polynomial in the lowest variables, `lowCount` entries (at least 4)
 * @param high that in those above, for as many blocks of `lowCount` as there are pairs
 */
export function roundFractions(out: usize, p0: usize, q0: usize, p1: usize, q1: usize, stride: usize, r: usize, pairs: usize, gap: usize, gapSecond: usize, low: usize, lowStride: usize, lowCount: usize, high: usize, highStride: usize): void {
  gap <<= 2;
  gapSecond <<= 2;
  clear(out);
  clear(out + 64);
  const ones = p0 == 0;
  let block: usize = 0;
  for (let from: usize = 0; from < pairs; from += lowCount, block++) {
    const start = from << 2;
    const a = p0 + start;
    const b = q1 + start;
    const c = q0 + start;
    const d = p1 + start;
    if (r != 0) {
      // Both ends of the pairs of this block, which stay in the first cache for what follows.
      for (let part: usize = 0; part <= gap; part += gap) {
        if (!ones) foldRange(a + part, stride, 2 * gap, lowCount, r);
        foldRange(b + part, stride, 2 * gap, lowCount, r);
        foldRange(c + part, stride, 2 * gap, lowCount, r);
        foldRange(d + part, stride, 2 * gap, lowCount, r);
      }
    }
    const weight = high + (block << 2);
    if (ones) {
      sumProducts(out, b, c, d, stride, lowCount, low, lowStride, weight, highStride);
      sumSlopes(out + 64, c, d, stride, gap, gapSecond, lowCount, low, lowStride, weight, highStride);
    } else {
      sumPairs(out, a, b, c, d, stride, lowCount, low, lowStride, weight, highStride);
      sumSlopePairs(out + 64, a, b, c, d, stride, gap, gapSecond, lowCount, low, lowStride, weight, highStride);
    }
  }
  gather(out, out);
  gather(out + 16, out + 64);
}

/** Four sums of an element each, one a lane, that lie at `out`. */
function clear(out: usize): void {
  for (let c: usize = 0; c < 64; c += 16) v128.store(out + c, splat(0));
}

/** Adds four products with the element whose coordinates lie at `weight` to the sums at `out`. */
// @ts-ignore: decorator
@inline
function addWeighted(out: usize, z0: v128, z1: v128, z2: v128, z3: v128, weight: usize, stride: usize): void {
  const e0 = splat(load<u32>(weight));
  const e1 = splat(load<u32>(weight + stride));
  const e2 = splat(load<u32>(weight + 2 * stride));
  const e3 = splat(load<u32>(weight + 3 * stride));
  const n1 = neg4(e1);
  const w0 = first4(e2, e3);
  const w1 = second4(e2, e3);
  v128.store(out, add4(v128.load(out), mul0(z0, z1, z2, z3, e0, n1, w0, neg4(w1))));
  v128.store(out + 16, add4(v128.load(out + 16), mul1(z0, z1, z2, z3, e0, e1, w0, w1)));
  v128.store(out + 32, add4(v128.load(out + 32), mul2(z0, z1, z2, z3, e0, n1, e2, neg4(e3))));
  v128.store(out + 48, add4(v128.load(out + 48), mul3(z0, z1, z2, z3, e0, e1, e2, e3)));
}

/** The sums of the lanes, as one element. */
function gather(out: usize, sums: usize): void {
  for (let c: usize = 0; c < 4; c++) store<u32>(out + (c << 2), across(v128.load(sums + (c << 4))));
}

/** Adds to the sums at `out` the weighted `Σ low·(a·b + c·d)` of `n` elements. */
function sumPairs(out: usize, a: usize, b: usize, c: usize, d: usize, stride: usize, n: usize, low: usize, lowStride: usize, weight: usize, weightStride: usize): void {
  let g0 = splat(0);
  let g1 = splat(0);
  let g2 = splat(0);
  let g3 = splat(0);
  const s2 = 2 * stride;
  const s3 = 3 * stride;
  for (let i: usize = 0; i < n << 2; i += 16) {
    const a0 = v128.load(a + i);
    const a1 = v128.load(a + i + stride);
    const a2 = v128.load(a + i + s2);
    const a3 = v128.load(a + i + s3);
    const b0 = v128.load(b + i);
    const b1 = v128.load(b + i + stride);
    const b2 = v128.load(b + i + s2);
    const b3 = v128.load(b + i + s3);
    const c0 = v128.load(c + i);
    const c1 = v128.load(c + i + stride);
    const c2 = v128.load(c + i + s2);
    const c3 = v128.load(c + i + s3);
    const d0 = v128.load(d + i);
    const d1 = v128.load(d + i + stride);
    const d2 = v128.load(d + i + s2);
    const d3 = v128.load(d + i + s3);
    const bn1 = neg4(b1);
    const bn3 = neg4(b3);
    const bw0 = first4(b2, b3);
    const bw1 = second4(b2, b3);
    const bm1 = neg4(bw1);
    const dn1 = neg4(d1);
    const dn3 = neg4(d3);
    const dw0 = first4(d2, d3);
    const dw1 = second4(d2, d3);
    const dm1 = neg4(dw1);
    const z0 = dot8(a0, b0, a1, bn1, a2, bw0, a3, bm1, c0, d0, c1, dn1, c2, dw0, c3, dm1);
    const z1 = dot8(a0, b1, a1, b0, a2, bw1, a3, bw0, c0, d1, c1, d0, c2, dw1, c3, dw0);
    const z2 = dot8(a0, b2, a1, bn3, a2, b0, a3, bn1, c0, d2, c1, dn3, c2, d0, c3, dn1);
    const z3 = dot8(a0, b3, a1, b2, a2, b1, a3, b0, c0, d3, c1, d2, c2, d1, c3, d0);
    const e0 = v128.load(low + i);
    const e1 = v128.load(low + i + lowStride);
    const e2 = v128.load(low + i + 2 * lowStride);
    const e3 = v128.load(low + i + 3 * lowStride);
    const n1 = neg4(e1);
    const w0 = first4(e2, e3);
    const w1 = second4(e2, e3);
    g0 = add4(g0, mul0(z0, z1, z2, z3, e0, n1, w0, neg4(w1)));
    g1 = add4(g1, mul1(z0, z1, z2, z3, e0, e1, w0, w1));
    g2 = add4(g2, mul2(z0, z1, z2, z3, e0, n1, e2, neg4(e3)));
    g3 = add4(g3, mul3(z0, z1, z2, z3, e0, e1, e2, e3));
  }
  addWeighted(out, g0, g1, g2, g3, weight, weightStride);
}

/** As {@link sumPairs}, of how much each factor rises from one end of its pair to the other. */
function sumSlopePairs(out: usize, a: usize, b: usize, c: usize, d: usize, stride: usize, gap: usize, gapSecond: usize, n: usize, low: usize, lowStride: usize, weight: usize, weightStride: usize): void {
  let g0 = splat(0);
  let g1 = splat(0);
  let g2 = splat(0);
  let g3 = splat(0);
  const s2 = 2 * stride;
  const s3 = 3 * stride;
  for (let i: usize = 0; i < n << 2; i += 16) {
    const a0 = slope(a + i, gap);
    const a1 = slope(a + i + stride, gap);
    const a2 = slope(a + i + s2, gap);
    const a3 = slope(a + i + s3, gap);
    const b0 = slope(b + i, gapSecond);
    const b1 = slope(b + i + stride, gapSecond);
    const b2 = slope(b + i + s2, gapSecond);
    const b3 = slope(b + i + s3, gapSecond);
    const c0 = slope(c + i, gap);
    const c1 = slope(c + i + stride, gap);
    const c2 = slope(c + i + s2, gap);
    const c3 = slope(c + i + s3, gap);
    const d0 = slope(d + i, gapSecond);
    const d1 = slope(d + i + stride, gapSecond);
    const d2 = slope(d + i + s2, gapSecond);
    const d3 = slope(d + i + s3, gapSecond);
    const bn1 = neg4(b1);
    const bn3 = neg4(b3);
    const bw0 = first4(b2, b3);
    const bw1 = second4(b2, b3);
    const bm1 = neg4(bw1);
    const dn1 = neg4(d1);
    const dn3 = neg4(d3);
    const dw0 = first4(d2, d3);
    const dw1 = second4(d2, d3);
    const dm1 = neg4(dw1);
    const z0 = dot8(a0, b0, a1, bn1, a2, bw0, a3, bm1, c0, d0, c1, dn1, c2, dw0, c3, dm1);
    const z1 = dot8(a0, b1, a1, b0, a2, bw1, a3, bw0, c0, d1, c1, d0, c2, dw1, c3, dw0);
    const z2 = dot8(a0, b2, a1, bn3, a2, b0, a3, bn1, c0, d2, c1, dn3, c2, d0, c3, dn1);
    const z3 = dot8(a0, b3, a1, b2, a2, b1, a3, b0, c0, d3, c1, d2, c2, d1, c3, d0);
    const e0 = v128.load(low + i);
    const e1 = v128.load(low + i + lowStride);
    const e2 = v128.load(low + i + 2 * lowStride);
    const e3 = v128.load(low + i + 3 * lowStride);
    const n1 = neg4(e1);
    const w0 = first4(e2, e3);
    const w1 = second4(e2, e3);
    g0 = add4(g0, mul0(z0, z1, z2, z3, e0, n1, w0, neg4(w1)));
    g1 = add4(g1, mul1(z0, z1, z2, z3, e0, e1, w0, w1));
    g2 = add4(g2, mul2(z0, z1, z2, z3, e0, n1, e2, neg4(e3)));
    g3 = add4(g3, mul3(z0, z1, z2, z3, e0, e1, e2, e3));
  }
  addWeighted(out, g0, g1, g2, g3, weight, weightStride);
}

/** As {@link sumPairs} where a is 1: `Σ low·(b + c·d)`. */
function sumProducts(out: usize, b: usize, c: usize, d: usize, stride: usize, n: usize, low: usize, lowStride: usize, weight: usize, weightStride: usize): void {
  let g0 = splat(0);
  let g1 = splat(0);
  let g2 = splat(0);
  let g3 = splat(0);
  const s2 = 2 * stride;
  const s3 = 3 * stride;
  for (let i: usize = 0; i < n << 2; i += 16) {
    const c0 = v128.load(c + i);
    const c1 = v128.load(c + i + stride);
    const c2 = v128.load(c + i + s2);
    const c3 = v128.load(c + i + s3);
    const d0 = v128.load(d + i);
    const d1 = v128.load(d + i + stride);
    const d2 = v128.load(d + i + s2);
    const d3 = v128.load(d + i + s3);
    const dn1 = neg4(d1);
    const dw0 = first4(d2, d3);
    const dw1 = second4(d2, d3);
    const z0 = add4(v128.load(b + i), mul0(c0, c1, c2, c3, d0, dn1, dw0, neg4(dw1)));
    const z1 = add4(v128.load(b + i + stride), mul1(c0, c1, c2, c3, d0, d1, dw0, dw1));
    const z2 = add4(v128.load(b + i + s2), mul2(c0, c1, c2, c3, d0, dn1, d2, neg4(d3)));
    const z3 = add4(v128.load(b + i + s3), mul3(c0, c1, c2, c3, d0, d1, d2, d3));
    const e0 = v128.load(low + i);
    const e1 = v128.load(low + i + lowStride);
    const e2 = v128.load(low + i + 2 * lowStride);
    const e3 = v128.load(low + i + 3 * lowStride);
    const n1 = neg4(e1);
    const w0 = first4(e2, e3);
    const w1 = second4(e2, e3);
    g0 = add4(g0, mul0(z0, z1, z2, z3, e0, n1, w0, neg4(w1)));
    g1 = add4(g1, mul1(z0, z1, z2, z3, e0, e1, w0, w1));
    g2 = add4(g2, mul2(z0, z1, z2, z3, e0, n1, e2, neg4(e3)));
    g3 = add4(g3, mul3(z0, z1, z2, z3, e0, e1, e2, e3));
  }
  addWeighted(out, g0, g1, g2, g3, weight, weightStride);
}

/** As {@link sumSlopePairs} where a is 1: `Σ low·c·d` of how much c and d rise. */
function sumSlopes(out: usize, c: usize, d: usize, stride: usize, gap: usize, gapSecond: usize, n: usize, low: usize, lowStride: usize, weight: usize, weightStride: usize): void {
  let g0 = splat(0);
  let g1 = splat(0);
  let g2 = splat(0);
  let g3 = splat(0);
  const s2 = 2 * stride;
  const s3 = 3 * stride;
  for (let i: usize = 0; i < n << 2; i += 16) {
    const c0 = slope(c + i, gap);
    const c1 = slope(c + i + stride, gap);
    const c2 = slope(c + i + s2, gap);
    const c3 = slope(c + i + s3, gap);
    const d0 = slope(d + i, gapSecond);
    const d1 = slope(d + i + stride, gapSecond);
    const d2 = slope(d + i + s2, gapSecond);
    const d3 = slope(d + i + s3, gapSecond);
    const dn1 = neg4(d1);
    const dw0 = first4(d2, d3);
    const dw1 = second4(d2, d3);
    const z0 = mul0(c0, c1, c2, c3, d0, dn1, dw0, neg4(dw1));
    const z1 = mul1(c0, c1, c2, c3, d0, d1, dw0, dw1);
    const z2 = mul2(c0, c1, c2, c3, d0, dn1, d2, neg4(d3));
    const z3 = mul3(c0, c1, c2, c3, d0, d1, d2, d3);
    const e0 = v128.load(low + i);
    const e1 = v128.load(low + i + lowStride);
    const e2 = v128.load(low + i + 2 * lowStride);
    const e3 = v128.load(low + i + 3 * lowStride);
    const n1 = neg4(e1);
    const w0 = first4(e2, e3);
    const w1 = second4(e2, e3);
    g0 = add4(g0, mul0(z0, z1, z2, z3, e0, n1, w0, neg4(w1)));
    g1 = add4(g1, mul1(z0, z1, z2, z3, e0, e1, w0, w1));
    g2 = add4(g2, mul2(z0, z1, z2, z3, e0, n1, e2, neg4(e3)));
    g3 = add4(g3, mul3(z0, z1, z2, z3, e0, e1, e2, e3));
  }
  addWeighted(out, g0, g1, g2, g3, weight, weightStride);
}

/** `Σ eq·vector[i]` of the elements `from` to `to`, whole blocks of `lowCount`, written to `out`. */
export function sumWeighted(out: usize, vector: usize, stride: usize, from: usize, to: usize, low: usize, lowStride: usize, lowCount: usize, high: usize, highStride: usize): void {
  clear(out);
  for (; from < to; from += lowCount) {
    let g0 = splat(0);
    let g1 = splat(0);
    let g2 = splat(0);
    let g3 = splat(0);
    const start = vector + (from << 2);
    for (let i: usize = 0; i < lowCount << 2; i += 16) {
      const v = start + i;
      const z0 = v128.load(v);
      const z1 = v128.load(v + stride);
      const z2 = v128.load(v + 2 * stride);
      const z3 = v128.load(v + 3 * stride);
      const e0 = v128.load(low + i);
      const e1 = v128.load(low + i + lowStride);
      const e2 = v128.load(low + i + 2 * lowStride);
      const e3 = v128.load(low + i + 3 * lowStride);
      const n1 = neg4(e1);
      const w0 = first4(e2, e3);
      const w1 = second4(e2, e3);
      g0 = add4(g0, mul0(z0, z1, z2, z3, e0, n1, w0, neg4(w1)));
      g1 = add4(g1, mul1(z0, z1, z2, z3, e0, e1, w0, w1));
      g2 = add4(g2, mul2(z0, z1, z2, z3, e0, n1, e2, neg4(e3)));
      g3 = add4(g3, mul3(z0, z1, z2, z3, e0, e1, e2, e3));
    }
    addWeighted(out, g0, g1, g2, g3, high + ((from / lowCount) << 2), highStride);
  }
  gather(out, out);
}

// @ts-ignore: decorator
@inline
function slope(v: usize, gap: usize): v128 {
  return sub4(v128.load(v + gap), v128.load(v));
}

/** The four lanes in one element. */
function across(x: v128): u32 {
  return reduce((<u64>i32x4.extract_lane(x, 0)) + i32x4.extract_lane(x, 1) + i32x4.extract_lane(x, 2) + i32x4.extract_lane(x, 3));
}
