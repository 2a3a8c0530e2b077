/**
 * What a `conv` reads, folded (spec 19.3): `Σ_pqc w[p,q,c] · Σ_ij u_i v_j x[i·sh + p·dh − top, j·sw + q·dw − left, c]`, one axis
 * of the image after the other, so that no window is laid out.
 */
import { add, add4, mul4, P, reduce4, splat } from './m31';
import { four } from './sums';

const X = 0, BYTES = 1, IMAGES = 2, HEIGHT = 3, WIDTH = 4, CHANNELS = 5, KH = 6, KW = 7, SH = 8, SW = 9, DH = 10, DW = 11, TOP = 12,
  LEFT = 13, ROWS = 14, COLUMNS = 15, U = 16, V = 17, W = 18, SCRATCH = 19;

/** Columns whose sum in a lane of 64 bits surely fits, of 2^15 · 2^31 each: it stays within 2^60. */
const TERMS: i32 = 16_384;

// @ts-ignore: decorator
@inline
function word(op: usize, i: i32): i32 {
  return load<i32>(op + (<usize>i << 2));
}

/** Four channels at `x`, `count` columns of them `step` bytes apart, folded by the elements at `v`. */
// @ts-ignore: decorator
@inline
function fold4(x: usize, bytes: i32, step: usize, count: i32, v: usize): v128 {
  let sum = splat(0);
  for (let left = count; left > 0; left -= TERMS) {
    let a = i64x2.splat(0), b = a;
    for (const end = v + (<usize>min(left, TERMS) << 2); v < end; v += 4) {
      const value = four(x, bytes), element = v128.load32_splat(v);
      a = i64x2.add(a, i64x2.extmul_low_i32x4_s(value, element));
      b = i64x2.add(b, i64x2.extmul_high_i32x4_s(value, element));
      x += step;
    }
    const whole = i64x2.splat(<i64>P << 30);
    sum = add4(sum, reduce4(i64x2.add(a, whole), i64x2.add(b, whole)));
  }
  return sum;
}

/** All channels of a row of the image, up to a multiple of four: what lies behind counts with weights of 0. */
function foldRow(line: usize, x: usize, bytes: i32, channels: i32, step: usize, count: i32, v: usize): void {
  for (let c = 0; c < channels; c += 4) {
    const at = x + <usize>(c * bytes);
    v128.store(line + (<usize>c << 2), bytes == 1 ? fold4(at, 1, step, count, v) : fold4(at, 2, step, count, v));
  }
}

/**
 * Words at `op`: x, its bytes; images, height, width, channels; kernel, strides and dilations, rows first; top and left
 * padding; rows and columns of the result; u of images times rows, v of columns, the weights `[KW][KH][C]` and scratch of
 * 1 + KH rows of C. Elements are u32, and C up to a multiple of four.
 */
export function foldImage(op: usize): u32 {
  const bytes = word(op, BYTES), images = word(op, IMAGES), height = word(op, HEIGHT), width = word(op, WIDTH);
  const channels = word(op, CHANNELS), kh = word(op, KH), kw = word(op, KW), sh = word(op, SH), sw = word(op, SW);
  const rows = word(op, ROWS), columns = word(op, COLUMNS);
  const rowBytes = <usize>(channels + 3 >> 2) << 4;
  const line = <usize>word(op, SCRATCH), sums = line + rowBytes;
  const step = <usize>(sw * channels * bytes);
  let weights = <usize>word(op, W);
  let total = splat(0);
  for (let q = 0; q < kw; q++) {
    const offset = q * word(op, DW) - word(op, LEFT);
    // The columns of the result that read one of the image.
    const first = offset >= 0 ? 0 : (sw - 1 - offset) / sw;
    const count = offset >= width ? 0 : min(columns, (width - 1 - offset) / sw + 1) - first;
    memory.fill(sums, 0, <usize>kh * rowBytes);
    const v = <usize>word(op, V) + (<usize>first << 2);
    for (let y = 0; count > 0 && y < images * height; y++) {
      const image = y / height;
      let folded = false;
      for (let p = 0; p < kh; p++) {
        const shifted = y - image * height + word(op, TOP) - p * word(op, DH);
        const i = shifted / sh;
        if (shifted < 0 || i * sh != shifted || i >= rows) continue;
        if (!folded) {
          const column = y * width + first * sw + offset;
          foldRow(line, <usize>word(op, X) + <usize>(column * channels * bytes), bytes, channels, step, count, v);
        }
        folded = true;
        const u = v128.load32_splat(<usize>word(op, U) + (<usize>(image * rows + i) << 2));
        const to = sums + <usize>p * rowBytes;
        for (let c: usize = 0; c < rowBytes; c += 16) {
          v128.store(to + c, add4(v128.load(to + c), mul4(v128.load(line + c), u)));
        }
      }
    }
    for (let at: usize = 0; at < <usize>kh * rowBytes; at += 16) {
      total = add4(total, mul4(v128.load(sums + at), v128.load(weights + at)));
    }
    weights += <usize>kh * rowBytes;
  }
  return add(
    add(i32x4.extract_lane(total, 0), i32x4.extract_lane(total, 1)),
    add(i32x4.extract_lane(total, 2), i32x4.extract_lane(total, 3)),
  );
}
