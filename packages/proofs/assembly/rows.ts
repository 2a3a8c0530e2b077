/** Combinations of the rows of a matrix of the base field by elements of the extension. */
import { add, add4, neg4, reduce4, splat, sub } from './m31';
import { at, first4, get, mul0, mul1, mul2, mul3, mulOne, second4 } from './qm31';
import { coordinate } from './vector';

/** Room for one product. */
const PRODUCT = memory.data(16);

/**
 * Adds `Σ_i coefficient_i · row_i` to a vector of the extension.
 * @param rows address of the first row, `rowStride` bytes from each to the next
 * @param coefficients vector of `count` elements, its planes `coefficientStride` bytes apart
 * @param width words of a row, a multiple of 4
 */
export function addRows(
  out: usize, stride: usize, rows: usize, rowStride: usize, coefficients: usize, coefficientStride: usize, count: usize,
  width: usize,
): void {
  let i: usize = 0;
  for (; i + 4 <= count; i += 4) fourRows(out, stride, rows + i * rowStride, rowStride, coefficients + (i << 2), coefficientStride, width);
  for (; i < count; i++) oneRow(out, stride, rows + i * rowStride, coefficients + (i << 2), coefficientStride, width);
}

/** Four products fit 64 bits: one reduction for four rows. */
function fourRows(
  out: usize, stride: usize, row: usize, rowStride: usize, coefficient: usize, coefficientStride: usize, width: usize,
): void {
  for (let c: usize = 0; c < 4; c += 2) {
    const k = coefficient + c * coefficientStride, l = k + coefficientStride;
    const p = out + c * stride;
    const a0 = v128.load32_splat(k), a1 = v128.load32_splat(k, 4), a2 = v128.load32_splat(k, 8), a3 = v128.load32_splat(k, 12);
    const b0 = v128.load32_splat(l), b1 = v128.load32_splat(l, 4), b2 = v128.load32_splat(l, 8), b3 = v128.load32_splat(l, 12);
    for (let j: usize = 0; j < width << 2; j += 16) {
      const at = row + j;
      const x = v128.load(at), y = v128.load(at + rowStride), z = v128.load(at + 2 * rowStride), w = v128.load(at + 3 * rowStride);
      v128.store(p + j, add4(v128.load(p + j), sum(x, y, z, w, a0, a1, a2, a3)));
      v128.store(p + stride + j, add4(v128.load(p + stride + j), sum(x, y, z, w, b0, b1, b2, b3)));
    }
  }
}

// @ts-ignore: decorator
@inline
function sum(x: v128, y: v128, z: v128, w: v128, a: v128, b: v128, c: v128, d: v128): v128 {
  const low = i64x2.add(
    i64x2.add(i64x2.extmul_low_i32x4_u(x, a), i64x2.extmul_low_i32x4_u(y, b)),
    i64x2.add(i64x2.extmul_low_i32x4_u(z, c), i64x2.extmul_low_i32x4_u(w, d)),
  );
  const high = i64x2.add(
    i64x2.add(i64x2.extmul_high_i32x4_u(x, a), i64x2.extmul_high_i32x4_u(y, b)),
    i64x2.add(i64x2.extmul_high_i32x4_u(z, c), i64x2.extmul_high_i32x4_u(w, d)),
  );
  return reduce4(low, high);
}

function oneRow(out: usize, stride: usize, row: usize, coefficient: usize, coefficientStride: usize, width: usize): void {
  const none = splat(0);
  for (let c: usize = 0; c < 4; c++) {
    const a = v128.load32_splat(coefficient + c * coefficientStride);
    const p = out + c * stride;
    for (let j: usize = 0; j < width << 2; j += 16) {
      v128.store(p + j, add4(v128.load(p + j), sum(v128.load(row + j), none, none, none, a, none, none, none)));
    }
  }
}

/** Adds `scale · vector`, of `n` elements of the extension. */
export function addScaled(out: usize, stride: usize, vector: usize, vectorStride: usize, scale: usize, n: usize): void {
  const b0 = coordinate(scale, 0), b1 = coordinate(scale, 1), b2 = coordinate(scale, 2), b3 = coordinate(scale, 3);
  const y0 = splat(b0), y1 = splat(b1), y2 = splat(b2), y3 = splat(b3);
  const n1 = neg4(y1), n3 = neg4(y3), w0 = first4(y2, y3), w1 = second4(y2, y3), m1 = neg4(w1);
  let i: usize = 0;
  for (; i + 4 <= n; i += 4) {
    const p = at(vector, vectorStride, i, 0), q = at(out, stride, i, 0);
    const x0 = v128.load(p), x1 = v128.load(p + vectorStride);
    const x2 = v128.load(p + 2 * vectorStride), x3 = v128.load(p + 3 * vectorStride);
    v128.store(q, add4(v128.load(q), mul0(x0, x1, x2, x3, y0, n1, w0, m1)));
    v128.store(q + stride, add4(v128.load(q + stride), mul1(x0, x1, x2, x3, y0, y1, w0, w1)));
    v128.store(q + 2 * stride, add4(v128.load(q + 2 * stride), mul2(x0, x1, x2, x3, y0, n1, y2, n3)));
    v128.store(q + 3 * stride, add4(v128.load(q + 3 * stride), mul3(x0, x1, x2, x3, y0, y1, y2, y3)));
  }
  for (; i < n; i++) {
    mulOne(
      PRODUCT, 4, 0, get(vector, vectorStride, i, 0), get(vector, vectorStride, i, 1), get(vector, vectorStride, i, 2),
      get(vector, vectorStride, i, 3), b0, b1, b2, b3,
    );
    for (let c: usize = 0; c < 4; c++) {
      const q = at(out, stride, i, c);
      store<u32>(q, add(load<u32>(q), coordinate(PRODUCT, c)));
    }
  }
}

/**
 * Writes what the words of a row count whose words 4k .. 4k + 3 are the coordinates of element k: `weight_k` times 1, i, u and
 * i·u, of `count` elements.
 */
export function spreadWeights(out: usize, stride: usize, weights: usize, weightStride: usize, count: usize): void {
  for (let k: usize = 0; k < count; k++) {
    const a = get(weights, weightStride, k, 0), b = get(weights, weightStride, k, 1);
    const c = get(weights, weightStride, k, 2), d = get(weights, weightStride, k, 3);
    // (c + d·i)·(2 + i): what u² brings down.
    const e = sub(add(c, c), d), f = add(c, add(d, d));
    const p = out + (k << 4);
    put(p, a, sub(0, b), e, sub(0, f));
    put(p + stride, b, a, f, e);
    put(p + 2 * stride, c, sub(0, d), a, sub(0, b));
    put(p + 3 * stride, d, c, b, a);
  }
}

// @ts-ignore: decorator
@inline
function put(to: usize, one: u32, i: u32, u: u32, iu: u32): void {
  store<u32>(to, one);
  store<u32>(to, i, 4);
  store<u32>(to, u, 8);
  store<u32>(to, iu, 12);
}
