/** Combinations of the rows of a matrix of the base field by elements of the extension. */
import { add4, reduce4, splat } from './m31';

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
