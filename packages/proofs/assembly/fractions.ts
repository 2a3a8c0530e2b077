/**
 * The tree of fractions of the lookup argument. A layer is two vectors of the extension, p and q, of one stride; an entry of
 * the layer above is the sum of the fractions i and i + half of this one.
 */
import { add4, neg4, reduce, reduce4, splat, sub4 } from './m31';
import { at, first4, mul0, mul1, mul2, mul3, second4 } from './qm31';
import { coordinate } from './vector';

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

/** `α − tag − β·first − β²·second` of two values at a time. */
// @ts-ignore: decorator
@inline
function denominator(start: v128, b: v128, first: v128, bb: v128, second: v128): v128 {
  return reduce4(
    i64x2.add(start, i64x2.add(i64x2.extmul_low_i32x4_u(b, first), i64x2.extmul_low_i32x4_u(bb, second))),
    i64x2.add(start, i64x2.add(i64x2.extmul_high_i32x4_u(b, first), i64x2.extmul_high_i32x4_u(bb, second))),
  );
}

/**
 * Denominators of `n` rows (whole fours are written): `α − tag − β·first − β²·second`.
 * @param constants address of α, −β and −β²
 * @param tags word i of them at `i & tagMask`; likewise the second values: 0 for four that repeat, −1 for one each
 */
export function denominators(q: usize, stride: usize, n: usize, tags: usize, tagMask: usize, first: usize, second: usize, secondMask: usize, constants: usize): void {
  for (let c: usize = 0; c < 4; c++) {
    const start = i64x2.splat(<i64>coordinate(constants, c));
    const b = splat(coordinate(constants + 16, c));
    const bb = splat(coordinate(constants + 32, c));
    const plane = q + c * stride;
    for (let i: usize = 0; i < n; i += 4) {
      const d = denominator(start, b, v128.load(first + (i << 2)), bb, v128.load(second + ((i & secondMask) << 2)));
      v128.store(plane + (i << 2), c == 0 ? sub4(d, v128.load(tags + ((i & tagMask) << 2))) : d);
    }
  }
}

/** The layer above one of `2·half` fractions; half is a multiple of 4. */
export function sumFractions(pOut: usize, qOut: usize, outStride: usize, p: usize, q: usize, stride: usize, half: usize): void {
  const s2 = 2 * stride;
  const s3 = 3 * stride;
  const gap = half << 2;
  for (let i: usize = 0; i < half; i += 4) {
    let a = q + (i << 2);
    let b = p + (i << 2);
    const q00 = v128.load(a);
    const q01 = v128.load(a + stride);
    const q02 = v128.load(a + s2);
    const q03 = v128.load(a + s3);
    a += gap;
    const q10 = v128.load(a);
    const q11 = v128.load(a + stride);
    const q12 = v128.load(a + s2);
    const q13 = v128.load(a + s3);
    const n11 = neg4(q11);
    const n13 = neg4(q13);
    const w10 = first4(q12, q13);
    const w11 = second4(q12, q13);
    const m11 = neg4(w11);
    let t = qOut + (i << 2);
    v128.store(t, mul0(q00, q01, q02, q03, q10, n11, w10, m11));
    v128.store(t + outStride, mul1(q00, q01, q02, q03, q10, q11, w10, w11));
    v128.store(t + 2 * outStride, mul2(q00, q01, q02, q03, q10, n11, q12, n13));
    v128.store(t + 3 * outStride, mul3(q00, q01, q02, q03, q10, q11, q12, q13));
    const n01 = neg4(q01);
    const n03 = neg4(q03);
    const w00 = first4(q02, q03);
    const w01 = second4(q02, q03);
    const m01 = neg4(w01);
    const p00 = v128.load(b);
    const p01 = v128.load(b + stride);
    const p02 = v128.load(b + s2);
    const p03 = v128.load(b + s3);
    b += gap;
    const p10 = v128.load(b);
    const p11 = v128.load(b + stride);
    const p12 = v128.load(b + s2);
    const p13 = v128.load(b + s3);
    t = pOut + (i << 2);
    v128.store(t, dot8(p00, q10, p01, n11, p02, w10, p03, m11, p10, q00, p11, n01, p12, w00, p13, m01));
    v128.store(t + outStride, dot8(p00, q11, p01, q10, p02, w11, p03, w10, p10, q01, p11, q00, p12, w01, p13, w00));
    v128.store(t + 2 * outStride, dot8(p00, q12, p01, n13, p02, q10, p03, n11, p10, q02, p11, n03, p12, q00, p13, n01));
    v128.store(t + 3 * outStride, dot8(p00, q13, p01, q12, p02, q11, p03, q10, p10, q03, p11, q02, p12, q01, p13, q00));
  }
}

/**
 * Makes of the lower fractions of a layer what its sumcheck folds: with `p + λ·q` for q, and −p for p in the lower half,
 * `λ·(p0·q1 + p1·q0 + λ·q0·q1) = (p0 + λ·q0)·(p1 + λ·q1) − p0·p1`.
 */
export function joinFractions(p: usize, q: usize, stride: usize, half: usize, lambda: usize): void {
  const s0 = splat(coordinate(lambda, 0));
  const s1 = splat(coordinate(lambda, 1));
  const s2 = splat(coordinate(lambda, 2));
  const s3 = splat(coordinate(lambda, 3));
  const n1 = neg4(s1);
  const n3 = neg4(s3);
  const w0 = first4(s2, s3);
  const w1 = second4(s2, s3);
  const m1 = neg4(w1);
  const end = half << 1;
  for (let i: usize = 0; i < end; i += 4) {
    const a = p + (i << 2);
    const b = q + (i << 2);
    const q0 = v128.load(b);
    const q1 = v128.load(b + stride);
    const q2 = v128.load(b + 2 * stride);
    const q3 = v128.load(b + 3 * stride);
    const p0 = v128.load(a);
    const p1 = v128.load(a + stride);
    const p2 = v128.load(a + 2 * stride);
    const p3 = v128.load(a + 3 * stride);
    v128.store(b, add4(p0, mul0(q0, q1, q2, q3, s0, n1, w0, m1)));
    v128.store(b + stride, add4(p1, mul1(q0, q1, q2, q3, s0, s1, w0, w1)));
    v128.store(b + 2 * stride, add4(p2, mul2(q0, q1, q2, q3, s0, n1, s2, n3)));
    v128.store(b + 3 * stride, add4(p3, mul3(q0, q1, q2, q3, s0, s1, s2, s3)));
    if (i < half) {
      v128.store(a, neg4(p0));
      v128.store(a + stride, neg4(p1));
      v128.store(a + 2 * stride, neg4(p2));
      v128.store(a + 3 * stride, neg4(p3));
    }
  }
}

/** Folds the four elements at `v` with those `gap` bytes on, at the challenge whose prepared coordinates follow. */
// @ts-ignore: decorator
@inline
function foldAt(v: usize, stride: usize, gap: usize, s0: v128, s1: v128, s2: v128, s3: v128, n1: v128, n3: v128, w0: v128, w1: v128, m1: v128): void {
  const a0 = v128.load(v);
  const a1 = v128.load(v + stride);
  const a2 = v128.load(v + 2 * stride);
  const a3 = v128.load(v + 3 * stride);
  const d0 = sub4(v128.load(v + gap), a0);
  const d1 = sub4(v128.load(v + gap + stride), a1);
  const d2 = sub4(v128.load(v + gap + 2 * stride), a2);
  const d3 = sub4(v128.load(v + gap + 3 * stride), a3);
  v128.store(v, add4(a0, mul0(d0, d1, d2, d3, s0, n1, w0, m1)));
  v128.store(v + stride, add4(a1, mul1(d0, d1, d2, d3, s0, s1, w0, w1)));
  v128.store(v + 2 * stride, add4(a2, mul2(d0, d1, d2, d3, s0, n1, s2, n3)));
  v128.store(v + 3 * stride, add4(a3, mul3(d0, d1, d2, d3, s0, s1, s2, s3)));
}

/**
 * One round of the sumcheck of a layer, whose upper halves lie `second` bytes behind the lower ones in `a` and in `p`: binds
 * the highest of the variables of `size` to the element at `r` (unless that is 0), and writes to `out` the sums over
 * `eq·(a0·a1 + p0·p1)` of the polynomial in the next variable, its value at 0 and its leading coefficient.
 * @param low equality polynomial in the lowest variables, `lowCount` entries (at least 4)
 * @param high that in those above, for as many blocks of `lowCount` as there are pairs
 */
export function roundFractions(out: usize, a: usize, p: usize, stride: usize, second: usize, size: usize, r: usize, low: usize, lowStride: usize, lowCount: usize, high: usize, highStride: usize): void {
  const folds = r != 0;
  const s0 = splat(folds ? coordinate(r, 0) : 0);
  const s1 = splat(folds ? coordinate(r, 1) : 0);
  const s2 = splat(folds ? coordinate(r, 2) : 0);
  const s3 = splat(folds ? coordinate(r, 3) : 0);
  const n1 = neg4(s1);
  const n3 = neg4(s3);
  const w0 = first4(s2, s3);
  const w1 = second4(s2, s3);
  const m1 = neg4(w1);
  const pairs = folds ? size >> 2 : size >> 1;
  const gap = pairs << 2;
  const foldGap = gap << 1;
  let t0 = splat(0);
  let t1 = splat(0);
  let t2 = splat(0);
  let t3 = splat(0);
  let u0 = splat(0);
  let u1 = splat(0);
  let u2 = splat(0);
  let u3 = splat(0);
  let block: usize = 0;
  for (let from: usize = 0; from < pairs; from += lowCount, block++) {
    let g0 = splat(0);
    let g1 = splat(0);
    let g2 = splat(0);
    let g3 = splat(0);
    let h0 = splat(0);
    let h1 = splat(0);
    let h2 = splat(0);
    let h3 = splat(0);
    for (let k: usize = 0; k < lowCount; k += 4) {
      const x = a + ((from + k) << 2);
      const y = p + ((from + k) << 2);
      if (folds) {
        foldAt(x, stride, foldGap, s0, s1, s2, s3, n1, n3, w0, w1, m1);
        foldAt(x + gap, stride, foldGap, s0, s1, s2, s3, n1, n3, w0, w1, m1);
        foldAt(x + second, stride, foldGap, s0, s1, s2, s3, n1, n3, w0, w1, m1);
        foldAt(x + second + gap, stride, foldGap, s0, s1, s2, s3, n1, n3, w0, w1, m1);
        foldAt(y, stride, foldGap, s0, s1, s2, s3, n1, n3, w0, w1, m1);
        foldAt(y + gap, stride, foldGap, s0, s1, s2, s3, n1, n3, w0, w1, m1);
        foldAt(y + second, stride, foldGap, s0, s1, s2, s3, n1, n3, w0, w1, m1);
        foldAt(y + second + gap, stride, foldGap, s0, s1, s2, s3, n1, n3, w0, w1, m1);
      }
      const e = low + (k << 2);
      const e0 = v128.load(e);
      const e1 = v128.load(e + lowStride);
      const e2 = v128.load(e + 2 * lowStride);
      const e3 = v128.load(e + 3 * lowStride);
      const en1 = neg4(e1);
      const en3 = neg4(e3);
      const ew0 = first4(e2, e3);
      const ew1 = second4(e2, e3);
      const em1 = neg4(ew1);
      const f = x + second;
      const g = y + second;
      {
        const b0 = v128.load(f);
        const b1 = v128.load(f + stride);
        const b2 = v128.load(f + 2 * stride);
        const b3 = v128.load(f + 3 * stride);
        const c0 = v128.load(g);
        const c1 = v128.load(g + stride);
        const c2 = v128.load(g + 2 * stride);
        const c3 = v128.load(g + 3 * stride);
        const z0 = both0(v128.load(x), v128.load(x + stride), v128.load(x + 2 * stride), v128.load(x + 3 * stride), b0, b1, b2, b3, v128.load(y), v128.load(y + stride), v128.load(y + 2 * stride), v128.load(y + 3 * stride), c0, c1, c2, c3);
        const z1 = both1(v128.load(x), v128.load(x + stride), v128.load(x + 2 * stride), v128.load(x + 3 * stride), b0, b1, b2, b3, v128.load(y), v128.load(y + stride), v128.load(y + 2 * stride), v128.load(y + 3 * stride), c0, c1, c2, c3);
        const z2 = both2(v128.load(x), v128.load(x + stride), v128.load(x + 2 * stride), v128.load(x + 3 * stride), b0, b1, b2, b3, v128.load(y), v128.load(y + stride), v128.load(y + 2 * stride), v128.load(y + 3 * stride), c0, c1, c2, c3);
        const z3 = both3(v128.load(x), v128.load(x + stride), v128.load(x + 2 * stride), v128.load(x + 3 * stride), b0, b1, b2, b3, v128.load(y), v128.load(y + stride), v128.load(y + 2 * stride), v128.load(y + 3 * stride), c0, c1, c2, c3);
        g0 = add4(g0, mul0(z0, z1, z2, z3, e0, en1, ew0, em1));
        g1 = add4(g1, mul1(z0, z1, z2, z3, e0, e1, ew0, ew1));
        g2 = add4(g2, mul2(z0, z1, z2, z3, e0, en1, e2, en3));
        g3 = add4(g3, mul3(z0, z1, z2, z3, e0, e1, e2, e3));
      }
      {
        const b0 = slope(f, gap);
        const b1 = slope(f + stride, gap);
        const b2 = slope(f + 2 * stride, gap);
        const b3 = slope(f + 3 * stride, gap);
        const c0 = slope(g, gap);
        const c1 = slope(g + stride, gap);
        const c2 = slope(g + 2 * stride, gap);
        const c3 = slope(g + 3 * stride, gap);
        const x0 = slope(x, gap);
        const x1 = slope(x + stride, gap);
        const x2 = slope(x + 2 * stride, gap);
        const x3 = slope(x + 3 * stride, gap);
        const y0 = slope(y, gap);
        const y1 = slope(y + stride, gap);
        const y2 = slope(y + 2 * stride, gap);
        const y3 = slope(y + 3 * stride, gap);
        const z0 = both0(x0, x1, x2, x3, b0, b1, b2, b3, y0, y1, y2, y3, c0, c1, c2, c3);
        const z1 = both1(x0, x1, x2, x3, b0, b1, b2, b3, y0, y1, y2, y3, c0, c1, c2, c3);
        const z2 = both2(x0, x1, x2, x3, b0, b1, b2, b3, y0, y1, y2, y3, c0, c1, c2, c3);
        const z3 = both3(x0, x1, x2, x3, b0, b1, b2, b3, y0, y1, y2, y3, c0, c1, c2, c3);
        h0 = add4(h0, mul0(z0, z1, z2, z3, e0, en1, ew0, em1));
        h1 = add4(h1, mul1(z0, z1, z2, z3, e0, e1, ew0, ew1));
        h2 = add4(h2, mul2(z0, z1, z2, z3, e0, en1, e2, en3));
        h3 = add4(h3, mul3(z0, z1, z2, z3, e0, e1, e2, e3));
      }
    }
    const e0 = splat(load<u32>(at(high, highStride, block, 0)));
    const e1 = splat(load<u32>(at(high, highStride, block, 1)));
    const e2 = splat(load<u32>(at(high, highStride, block, 2)));
    const e3 = splat(load<u32>(at(high, highStride, block, 3)));
    const en1 = neg4(e1);
    const en3 = neg4(e3);
    const ew0 = first4(e2, e3);
    const ew1 = second4(e2, e3);
    const em1 = neg4(ew1);
    t0 = add4(t0, mul0(g0, g1, g2, g3, e0, en1, ew0, em1));
    t1 = add4(t1, mul1(g0, g1, g2, g3, e0, e1, ew0, ew1));
    t2 = add4(t2, mul2(g0, g1, g2, g3, e0, en1, e2, en3));
    t3 = add4(t3, mul3(g0, g1, g2, g3, e0, e1, e2, e3));
    u0 = add4(u0, mul0(h0, h1, h2, h3, e0, en1, ew0, em1));
    u1 = add4(u1, mul1(h0, h1, h2, h3, e0, e1, ew0, ew1));
    u2 = add4(u2, mul2(h0, h1, h2, h3, e0, en1, e2, en3));
    u3 = add4(u3, mul3(h0, h1, h2, h3, e0, e1, e2, e3));
  }
  store<u32>(out, across(t0));
  store<u32>(out + 4, across(t1));
  store<u32>(out + 8, across(t2));
  store<u32>(out + 12, across(t3));
  store<u32>(out + 16, across(u0));
  store<u32>(out + 20, across(u1));
  store<u32>(out + 24, across(u2));
  store<u32>(out + 28, across(u3));
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

/** Coordinates of `x·b + y·c`. */
// @ts-ignore: decorator
@inline
function both0(x0: v128, x1: v128, x2: v128, x3: v128, b0: v128, b1: v128, b2: v128, b3: v128, y0: v128, y1: v128, y2: v128, y3: v128, c0: v128, c1: v128, c2: v128, c3: v128): v128 {
  return dot8(x0, b0, x1, neg4(b1), x2, first4(b2, b3), x3, neg4(second4(b2, b3)), y0, c0, y1, neg4(c1), y2, first4(c2, c3), y3, neg4(second4(c2, c3)));
}
// @ts-ignore: decorator
@inline
function both1(x0: v128, x1: v128, x2: v128, x3: v128, b0: v128, b1: v128, b2: v128, b3: v128, y0: v128, y1: v128, y2: v128, y3: v128, c0: v128, c1: v128, c2: v128, c3: v128): v128 {
  return dot8(x0, b1, x1, b0, x2, second4(b2, b3), x3, first4(b2, b3), y0, c1, y1, c0, y2, second4(c2, c3), y3, first4(c2, c3));
}
// @ts-ignore: decorator
@inline
function both2(x0: v128, x1: v128, x2: v128, x3: v128, b0: v128, b1: v128, b2: v128, b3: v128, y0: v128, y1: v128, y2: v128, y3: v128, c0: v128, c1: v128, c2: v128, c3: v128): v128 {
  return dot8(x0, b2, x1, neg4(b3), x2, b0, x3, neg4(b1), y0, c2, y1, neg4(c3), y2, c0, y3, neg4(c1));
}
// @ts-ignore: decorator
@inline
function both3(x0: v128, x1: v128, x2: v128, x3: v128, b0: v128, b1: v128, b2: v128, b3: v128, y0: v128, y1: v128, y2: v128, y3: v128, c0: v128, c1: v128, c2: v128, c3: v128): v128 {
  return dot8(x0, b3, x1, b2, x2, b1, x3, b0, y0, c3, y1, c2, y2, c1, y3, c0);
}
