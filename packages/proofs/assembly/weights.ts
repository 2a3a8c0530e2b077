/**
 * Weights as they lie in a program, bound by an element of the extension a row: `out[i] += Σ_m table[m]·w[m, i]`. Elements are
 * cut into two signed 16-bit parts, so that pairs of rows meet in one integer dot product, four to a register; sums of
 * 252 such products fit 32 bits.
 */
import { add, P, reduce } from './m31';
import { at, get } from './qm31';

/** Rows taken at once: four pairs. */
const ROWS: usize = 8;
/** Dot products of a lane between two reductions: 2·128·2^15 each. */
const DOTS: i32 = 252;
/** Bytes that the spread parts of eight rows take. */
const PARTS_BYTES: usize = 512;

/** −2^30 < x < 2^30. */
// @ts-ignore: decorator
@inline
function centred(x: u32): i32 {
  return <i32>(x > 0x3fffffff ? x - P : x);
}

/**
 * @param w `rows` rows of `n` bytes, with 8 more bytes behind them that may be read
 * @param scratch room of 512 + 32·(n rounded up to 8) bytes
 */
export function foldBytes(out: usize, stride: usize, w: usize, rows: usize, n: usize, table: usize, tableStride: usize, scratch: usize): void {
  const plane = ((n + 7) & ~7) << 2;
  const sums = scratch + PARTS_BYTES;
  memory.fill(sums, 0, plane << 3);
  let dots = 0;
  for (let m: usize = 0; m < rows; m += ROWS) {
    spreadParts(scratch, table, tableStride, m, rows);
    eightRows(w, m, rows, n, scratch, sums, plane);
    dots += 4;
    if (dots == DOTS || m + ROWS >= rows) {
      collect(out, stride, sums, plane, n);
      dots = 0;
    }
  }
}

/** Lower and upper parts of the weights of each pair of rows, a register each. */
function spreadParts(parts: usize, table: usize, stride: usize, m: usize, rows: usize): void {
  for (let c: usize = 0; c < 4; c++) {
    for (let q: usize = 0; q < 4; q++) {
      const a = m + 2 * q < rows ? centred(get(table, stride, m + 2 * q, c)) : 0;
      const b = m + 2 * q + 1 < rows ? centred(get(table, stride, m + 2 * q + 1, c)) : 0;
      const to = parts + (((c << 3) + q) << 4);
      v128.store(to, i32x4.splat((a & 0x7fff) | ((b & 0x7fff) << 16)));
      v128.store(to + 64, i32x4.splat(((a >> 15) & 0xffff) | ((b >> 15) << 16)));
    }
  }
}

/** Eight columns of two rows, those of a column side by side. */
// @ts-ignore: decorator
@inline
function pair(w: usize, n: usize, m: usize, rows: usize, i: usize): v128 {
  const first = w + min(m, rows - 1) * n + i;
  const second = w + min(m + 1, rows - 1) * n + i;
  return i8x16.shuffle(v128.load64_zero(first), v128.load64_zero(second), 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

function eightRows(w: usize, m: usize, rows: usize, n: usize, parts: usize, sums: usize, plane: usize): void {
  for (let i: usize = 0; i < n; i += 8) {
    let x = pair(w, n, m, rows, i);
    const a0 = i16x8.extend_low_i8x16_s(x);
    const b0 = i16x8.extend_high_i8x16_s(x);
    x = pair(w, n, m + 2, rows, i);
    const a1 = i16x8.extend_low_i8x16_s(x);
    const b1 = i16x8.extend_high_i8x16_s(x);
    x = pair(w, n, m + 4, rows, i);
    const a2 = i16x8.extend_low_i8x16_s(x);
    const b2 = i16x8.extend_high_i8x16_s(x);
    x = pair(w, n, m + 6, rows, i);
    const a3 = i16x8.extend_low_i8x16_s(x);
    const b3 = i16x8.extend_high_i8x16_s(x);
    let sum = sums + (i << 2);
    for (let k: usize = 0; k < 512; k += 64) {
      const e0 = v128.load(parts + k);
      const e1 = v128.load(parts + k, 16);
      const e2 = v128.load(parts + k, 32);
      const e3 = v128.load(parts + k, 48);
      const left = i32x4.add(
        i32x4.add(i32x4.dot_i16x8_s(a0, e0), i32x4.dot_i16x8_s(a1, e1)),
        i32x4.add(i32x4.dot_i16x8_s(a2, e2), i32x4.dot_i16x8_s(a3, e3)),
      );
      const right = i32x4.add(
        i32x4.add(i32x4.dot_i16x8_s(b0, e0), i32x4.dot_i16x8_s(b1, e1)),
        i32x4.add(i32x4.dot_i16x8_s(b2, e2), i32x4.dot_i16x8_s(b3, e3)),
      );
      v128.store(sum, i32x4.add(v128.load(sum), left));
      v128.store(sum, i32x4.add(v128.load(sum, 16), right), 16);
      sum += plane;
    }
  }
}

/** Adds the sums to `out` and clears them. */
function collect(out: usize, stride: usize, sums: usize, plane: usize, n: usize): void {
  for (let c: usize = 0; c < 4; c++) {
    const lower = sums + ((c * plane) << 1);
    for (let i: usize = 0; i < n; i++) {
      const low = <i64>load<i32>(lower + (i << 2));
      const high = <i64>load<i32>(lower + plane + (i << 2));
      // 2^48 − 2^17 is a multiple of p above whatever may be negative.
      const value = reduce(<u64>(low + (high << 15) + ((<i64>P) << 17)));
      const to = at(out, stride, i, c);
      store<u32>(to, add(load<u32>(to), value));
    }
  }
  memory.fill(sums, 0, plane << 3);
}
