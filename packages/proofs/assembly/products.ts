/**
 * One round of a sumcheck over products of two vectors: the polynomial `Σ_i a·b` in the highest variable, a standing for
 * `low_i + (high_i − low_i)·X` of the halves of its vector, and so b. Its constant and its leading coefficient are written;
 * the claim gives the rest.
 */
import { add, add4, dot4, mul, mul4, neg4, splat, sub, sub4 } from './m31';
import { at, first4, get, mul0, mul1, mul2, mul3, mulOne, second4 } from './qm31';
import { coordinate } from './vector';

/** Room for single elements. */
const PRODUCT = memory.data(16);
const FACTOR = memory.data(16);
/** Room for the two coefficients of a block. */
const BLOCK = memory.data(32);

/** p(0) at `out`, the coefficient of X² behind it. */
export function roundOfTwo(out: usize, a: usize, aStride: usize, b: usize, bStride: usize, half: usize): void {
  plainBlock(out, a, aStride, b, bStride, 0, half, half);
}

/**
 * As {@link roundOfTwo} of a weighted sum: index i of a half lies in one of `blocks` runs, and counts the run's weight in
 * `high` times the weight in `low` of its place in the run.
 * @param low 0 if places count alike
 * @param aStride 0 if both vectors are of the base field, with weights in `low`
 */
export function weightedRound(
  out: usize, high: usize, highStride: usize, blocks: usize, low: usize, lowStride: usize,
  a: usize, aStride: usize, b: usize, bStride: usize, half: usize,
): void {
  memory.fill(out, 0, 32);
  const n = half / blocks;
  for (let block: usize = 0; block < blocks; block++) {
    const start = block * n;
    if (low == 0) plainBlock(BLOCK, a, aStride, b, bStride, start, n, half);
    else if (aStride == 0) baseBlock(BLOCK, low, lowStride, a, b, start, n, half);
    else weightedBlock(BLOCK, low, lowStride, a, aStride, b, bStride, start, n, half);
    for (let k: usize = 0; k < 32; k += 16) {
      for (let c: usize = 0; c < 4; c++) {
        store<u32>(PRODUCT + (c << 2), coordinate(BLOCK + k, c));
        store<u32>(FACTOR + (c << 2), get(high, highStride, block, c));
      }
      timesFactor();
      collect(out + k);
    }
  }
}

/** {@link roundOfTwo} over `n` pairs from `start` on. */
export function plainBlock(
  out: usize, a: usize, aStride: usize, b: usize, bStride: usize, start: usize, n: usize, half: usize,
): void {
  if (n < 4) {
    memory.fill(out, 0, 32);
    for (let i = start; i < start + n; i++) {
      for (let k: usize = 0; k < 2; k++) {
        factor(a, aStride, i, half, k, FACTOR);
        factor(b, bStride, i, half, k, PRODUCT);
        timesFactor();
        collect(out + (k << 4));
      }
    }
    return;
  }
  for (let k: usize = 0; k < 2; k++) {
    let s0 = splat(0), s1 = splat(0), s2 = splat(0), s3 = splat(0);
    for (let i = start; i < start + n; i += 4) {
      const p = at(a, aStride, i, 0);
      const q = at(b, bStride, i, 0);
      const x0 = side(p, half, k), x1 = side(p + aStride, half, k), x2 = side(p + 2 * aStride, half, k), x3 = side(p + 3 * aStride, half, k);
      const y0 = side(q, half, k), y1 = side(q + bStride, half, k), y2 = side(q + 2 * bStride, half, k), y3 = side(q + 3 * bStride, half, k);
      const n1 = neg4(y1), n3 = neg4(y3), w0 = first4(y2, y3), w1 = second4(y2, y3);
      s0 = add4(s0, mul0(x0, x1, x2, x3, y0, n1, w0, neg4(w1)));
      s1 = add4(s1, mul1(x0, x1, x2, x3, y0, y1, w0, w1));
      s2 = add4(s2, mul2(x0, x1, x2, x3, y0, n1, y2, n3));
      s3 = add4(s3, mul3(x0, x1, x2, x3, y0, y1, y2, y3));
    }
    put(out + (k << 4), s0, s1, s2, s3);
  }
}

function weightedBlock(
  out: usize, e: usize, eStride: usize, a: usize, aStride: usize, b: usize, bStride: usize, start: usize, n: usize, half: usize,
): void {
  if (n < 4) {
    memory.fill(out, 0, 32);
    for (let i = start; i < start + n; i++) {
      for (let k: usize = 0; k < 2; k++) {
        factor(a, aStride, i, half, k, FACTOR);
        factor(b, bStride, i, half, k, PRODUCT);
        timesFactor();
        for (let c: usize = 0; c < 4; c++) store<u32>(FACTOR + (c << 2), get(e, eStride, i - start, c));
        timesFactor();
        collect(out + (k << 4));
      }
    }
    return;
  }
  for (let k: usize = 0; k < 2; k++) {
    let s0 = splat(0), s1 = splat(0), s2 = splat(0), s3 = splat(0);
    for (let i = start; i < start + n; i += 4) {
      const p = at(a, aStride, i, 0);
      const q = at(b, bStride, i, 0);
      const r = at(e, eStride, i - start, 0);
      const x0 = side(p, half, k), x1 = side(p + aStride, half, k), x2 = side(p + 2 * aStride, half, k), x3 = side(p + 3 * aStride, half, k);
      let y0 = side(q, half, k), y1 = side(q + bStride, half, k), y2 = side(q + 2 * bStride, half, k), y3 = side(q + 3 * bStride, half, k);
      let n1 = neg4(y1), n3 = neg4(y3), w0 = first4(y2, y3), w1 = second4(y2, y3);
      const z0 = mul0(x0, x1, x2, x3, y0, n1, w0, neg4(w1));
      const z1 = mul1(x0, x1, x2, x3, y0, y1, w0, w1);
      const z2 = mul2(x0, x1, x2, x3, y0, n1, y2, n3);
      const z3 = mul3(x0, x1, x2, x3, y0, y1, y2, y3);
      y0 = v128.load(r);
      y1 = v128.load(r + eStride);
      y2 = v128.load(r + 2 * eStride);
      y3 = v128.load(r + 3 * eStride);
      n1 = neg4(y1);
      n3 = neg4(y3);
      w0 = first4(y2, y3);
      w1 = second4(y2, y3);
      s0 = add4(s0, mul0(z0, z1, z2, z3, y0, n1, w0, neg4(w1)));
      s1 = add4(s1, mul1(z0, z1, z2, z3, y0, y1, w0, w1));
      s2 = add4(s2, mul2(z0, z1, z2, z3, y0, n1, y2, n3));
      s3 = add4(s3, mul3(z0, z1, z2, z3, y0, y1, y2, y3));
    }
    put(out + (k << 4), s0, s1, s2, s3);
  }
}

/** As {@link weightedBlock}, a and b of the base field. */
function baseBlock(out: usize, e: usize, eStride: usize, a: usize, b: usize, start: usize, n: usize, half: usize): void {
  for (let k: usize = 0; k < 2; k++) {
    if (n < 16) {
      for (let c: usize = 0; c < 4; c++) {
        let sum: u32 = 0;
        for (let i: usize = 0; i < n; i++) {
          const product = mul(word(a, start + i, half, k), word(b, start + i, half, k));
          sum = add(sum, mul(product, get(e, eStride, i, c)));
        }
        store<u32>(out + (k << 4) + (c << 2), sum);
      }
      continue;
    }
    let s0 = splat(0), s1 = splat(0), s2 = splat(0), s3 = splat(0);
    for (let i: usize = 0; i < n; i += 16) {
      const p = a + ((start + i) << 2);
      const q = b + ((start + i) << 2);
      const x0 = mul4(side(p, half, k), side(q, half, k));
      const x1 = mul4(side(p + 16, half, k), side(q + 16, half, k));
      const x2 = mul4(side(p + 32, half, k), side(q + 32, half, k));
      const x3 = mul4(side(p + 48, half, k), side(q + 48, half, k));
      let r = at(e, eStride, i, 0);
      s0 = add4(s0, dot4(x0, v128.load(r), x1, v128.load(r, 16), x2, v128.load(r, 32), x3, v128.load(r, 48)));
      r += eStride;
      s1 = add4(s1, dot4(x0, v128.load(r), x1, v128.load(r, 16), x2, v128.load(r, 32), x3, v128.load(r, 48)));
      r += eStride;
      s2 = add4(s2, dot4(x0, v128.load(r), x1, v128.load(r, 16), x2, v128.load(r, 32), x3, v128.load(r, 48)));
      r += eStride;
      s3 = add4(s3, dot4(x0, v128.load(r), x1, v128.load(r, 16), x2, v128.load(r, 32), x3, v128.load(r, 48)));
    }
    put(out + (k << 4), s0, s1, s2, s3);
  }
}

/** Four values of linear functions at 0 (k = 0), or their slopes. */
// @ts-ignore: decorator
@inline
function side(low: usize, half: usize, k: usize): v128 {
  const x = v128.load(low);
  return k == 0 ? x : sub4(v128.load(low + (half << 2)), x);
}

/** As {@link side}, of one element of the base field. */
// @ts-ignore: decorator
@inline
function word(vector: usize, i: usize, half: usize, k: usize): u32 {
  const x = load<u32>(vector + (i << 2));
  return k == 0 ? x : sub(load<u32>(vector + ((half + i) << 2)), x);
}

/** As {@link side}, of one element. */
function factor(vector: usize, stride: usize, i: usize, half: usize, k: usize, to: usize): void {
  for (let c: usize = 0; c < 4; c++) store<u32>(to + (c << 2), word(vector + c * stride, i, half, k));
}

function timesFactor(): void {
  mulOne(
    PRODUCT, 4, 0, coordinate(PRODUCT, 0), coordinate(PRODUCT, 1), coordinate(PRODUCT, 2), coordinate(PRODUCT, 3),
    coordinate(FACTOR, 0), coordinate(FACTOR, 1), coordinate(FACTOR, 2), coordinate(FACTOR, 3),
  );
}

function collect(sum: usize): void {
  for (let c: usize = 0; c < 16; c += 4) store<u32>(sum + c, add(load<u32>(sum + c), load<u32>(PRODUCT + c)));
}

// @ts-ignore: decorator
@inline
function put(to: usize, s0: v128, s1: v128, s2: v128, s3: v128): void {
  store<u32>(to, lanes(s0));
  store<u32>(to + 4, lanes(s1));
  store<u32>(to + 8, lanes(s2));
  store<u32>(to + 12, lanes(s3));
}

// @ts-ignore: decorator
@inline
function lanes(x: v128): u32 {
  return add(
    add(i32x4.extract_lane(x, 0), i32x4.extract_lane(x, 1)),
    add(i32x4.extract_lane(x, 2), i32x4.extract_lane(x, 3)),
  );
}
