/**
 * `matmul` and `conv`. One inner loop for all: rows of a (or windows of an image) widened to i16, times tiles of eight rows
 * of b in which pairs along K lie side by side, `[K/2][8][2]`. A pair of a is spread over the lanes, multiplied with
 * four pairs of b, and summed in place by one `dot`; so a result needs no sum across lanes, and b is read once, in order.
 */
import { bytesOf, I8, operand, word } from './layout';
import { widen } from './runs';
import { finish } from './stage';

const A_MODE = 4, A_TYPE = 5, A = 6, A_STEP = 8, M = 9, K = 10, EXTRA_STEP = 11, N = 12, B_TYPE = 14, B = 15, B_STEP = 17, PACKED = 18,
  BIAS = 19, MULT = 20, LOW = 21, HIGH = 22, OUT = 23, DTYPE = 25, OUT_STEP = 26, ROW_BYTES = 27, M_BLOCK = 28, EXTRA = 29,
  CHANNEL_STEP = 31, HEIGHT = 32, WIDTH = 33, CHANNELS = 34, ROWS = 35, COLUMNS = 36, KH = 37, KW = 38, SH = 39, SW = 40,
  DH = 41, DW = 42, TOP = 43, LEFT = 44, DEPTH = 45;
const IMAGE = 1;

// @ts-ignore: decorator
@inline
function four<W>(b: usize, immediate: usize): v128 {
  return sizeof<W>() == 1 ? v128.load_ext<i8>(b + immediate) : v128.load(b + 2 * immediate);
}

/** Four rows of a (interleaved pair by pair) by one tile; `quads` is K / 4, rounded up. */
function fourRows<W>(
  a: usize, b: usize, quads: i32, rows: i32, bias: usize, mult: usize, low: v128, high: v128,
  out: usize, rowBytes: usize, dtype: i32, count: i32,
): void {
  const zero = i32x4.splat(0);
  let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero;
  let w0 = zero, w1 = zero, x = zero;
  for (let i = 0; i < quads; i++) {
    w0 = four<W>(b, 0);
    w1 = four<W>(b, 8);
    x = v128.load32_splat(a, 0);
    c00 = i32x4.add(c00, i32x4.dot_i16x8_s(x, w0));
    c01 = i32x4.add(c01, i32x4.dot_i16x8_s(x, w1));
    x = v128.load32_splat(a, 4);
    c10 = i32x4.add(c10, i32x4.dot_i16x8_s(x, w0));
    c11 = i32x4.add(c11, i32x4.dot_i16x8_s(x, w1));
    x = v128.load32_splat(a, 8);
    c20 = i32x4.add(c20, i32x4.dot_i16x8_s(x, w0));
    c21 = i32x4.add(c21, i32x4.dot_i16x8_s(x, w1));
    x = v128.load32_splat(a, 12);
    c30 = i32x4.add(c30, i32x4.dot_i16x8_s(x, w0));
    c31 = i32x4.add(c31, i32x4.dot_i16x8_s(x, w1));
    w0 = four<W>(b, 16);
    w1 = four<W>(b, 24);
    x = v128.load32_splat(a, 16);
    c00 = i32x4.add(c00, i32x4.dot_i16x8_s(x, w0));
    c01 = i32x4.add(c01, i32x4.dot_i16x8_s(x, w1));
    x = v128.load32_splat(a, 20);
    c10 = i32x4.add(c10, i32x4.dot_i16x8_s(x, w0));
    c11 = i32x4.add(c11, i32x4.dot_i16x8_s(x, w1));
    x = v128.load32_splat(a, 24);
    c20 = i32x4.add(c20, i32x4.dot_i16x8_s(x, w0));
    c21 = i32x4.add(c21, i32x4.dot_i16x8_s(x, w1));
    x = v128.load32_splat(a, 28);
    c30 = i32x4.add(c30, i32x4.dot_i16x8_s(x, w0));
    c31 = i32x4.add(c31, i32x4.dot_i16x8_s(x, w1));
    a += 32;
    b += 32 * sizeof<W>();
  }
  finish(c00, c01, bias, mult, low, high, out, dtype, count);
  if (rows > 1) finish(c10, c11, bias, mult, low, high, out + rowBytes, dtype, count);
  if (rows > 2) finish(c20, c21, bias, mult, low, high, out + 2 * rowBytes, dtype, count);
  if (rows > 3) finish(c30, c31, bias, mult, low, high, out + 3 * rowBytes, dtype, count);
}

/** One row of a by four tiles, so that four streams of b are read at once. */
function oneRow4<W>(
  a: usize, b: usize, quads: i32, bias: usize, mult: usize, low: v128, high: v128, out: usize, dtype: i32, count: i32,
): void {
  const tile = <usize>quads * 32 * sizeof<W>();
  const zero = i32x4.splat(0);
  let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero;
  let x = zero;
  let b1 = b + tile, b2 = b1 + tile, b3 = b2 + tile;
  for (let i = 0; i < quads; i++) {
    x = v128.load32_splat(a, 0);
    c00 = i32x4.add(c00, i32x4.dot_i16x8_s(x, four<W>(b, 0)));
    c01 = i32x4.add(c01, i32x4.dot_i16x8_s(x, four<W>(b, 8)));
    c10 = i32x4.add(c10, i32x4.dot_i16x8_s(x, four<W>(b1, 0)));
    c11 = i32x4.add(c11, i32x4.dot_i16x8_s(x, four<W>(b1, 8)));
    c20 = i32x4.add(c20, i32x4.dot_i16x8_s(x, four<W>(b2, 0)));
    c21 = i32x4.add(c21, i32x4.dot_i16x8_s(x, four<W>(b2, 8)));
    c30 = i32x4.add(c30, i32x4.dot_i16x8_s(x, four<W>(b3, 0)));
    c31 = i32x4.add(c31, i32x4.dot_i16x8_s(x, four<W>(b3, 8)));
    x = v128.load32_splat(a, 4);
    c00 = i32x4.add(c00, i32x4.dot_i16x8_s(x, four<W>(b, 16)));
    c01 = i32x4.add(c01, i32x4.dot_i16x8_s(x, four<W>(b, 24)));
    c10 = i32x4.add(c10, i32x4.dot_i16x8_s(x, four<W>(b1, 16)));
    c11 = i32x4.add(c11, i32x4.dot_i16x8_s(x, four<W>(b1, 24)));
    c20 = i32x4.add(c20, i32x4.dot_i16x8_s(x, four<W>(b2, 16)));
    c21 = i32x4.add(c21, i32x4.dot_i16x8_s(x, four<W>(b2, 24)));
    c30 = i32x4.add(c30, i32x4.dot_i16x8_s(x, four<W>(b3, 16)));
    c31 = i32x4.add(c31, i32x4.dot_i16x8_s(x, four<W>(b3, 24)));
    a += 8;
    b += 32 * sizeof<W>();
    b1 += 32 * sizeof<W>();
    b2 += 32 * sizeof<W>();
    b3 += 32 * sizeof<W>();
  }
  const step = <usize>8 << (dtype - 1);
  finish(c00, c01, bias, mult, low, high, out, dtype, 8);
  finish(c10, c11, bias + 32, mult + 32, low, high, out + step, dtype, 8);
  finish(c20, c21, bias + 64, mult + 64, low, high, out + 2 * step, dtype, 8);
  finish(c30, c31, bias + 96, mult + 96, low, high, out + 3 * step, dtype, count);
}

/** One row of a by one tile. */
function oneRow<W>(
  a: usize, b: usize, quads: i32, bias: usize, mult: usize, low: v128, high: v128, out: usize, dtype: i32, count: i32,
): void {
  let c0 = i32x4.splat(0), c1 = c0, d0 = c0, d1 = c0;
  for (let i = 0; i < quads; i++) {
    const x = v128.load32_splat(a);
    const y = v128.load32_splat(a, 4);
    c0 = i32x4.add(c0, i32x4.dot_i16x8_s(x, four<W>(b, 0)));
    c1 = i32x4.add(c1, i32x4.dot_i16x8_s(x, four<W>(b, 8)));
    d0 = i32x4.add(d0, i32x4.dot_i16x8_s(y, four<W>(b, 16)));
    d1 = i32x4.add(d1, i32x4.dot_i16x8_s(y, four<W>(b, 24)));
    a += 8;
    b += 32 * sizeof<W>();
  }
  finish(i32x4.add(c0, d0), i32x4.add(c1, d1), bias, mult, low, high, out, dtype, count);
}

/** Eight rows of `[rows, K]` as one tile `[K/2][8][2]`; what is missing in rows and K counts as 0. */
function packTile<W>(target: usize, source: usize, rows: i32, k: i32, quads: i32): void {
  const bytes = <usize>quads * 32 * sizeof<W>();
  if (rows < 8 || (k & 3) != 0) memory.fill(target, 0, bytes);
  for (let row = 0; row < rows; row++) {
    let to = target + <usize>row * 2 * sizeof<W>();
    let from = source + <usize>row * <usize>k * sizeof<W>();
    for (let i = 1; i < k; i += 2) {
      if (sizeof<W>() == 1) store<u16>(to, load<u16>(from));
      else store<u32>(to, load<u32>(from));
      to += 16 * sizeof<W>();
      from += 2 * sizeof<W>();
    }
    if (k & 1) store<W>(to, load<W>(from));
  }
}

/** Tiles of `[N, K]`, one after the other. */
export function packTiles(target: usize, source: usize, dtype: i32, n: i32, k: i32): void {
  const quads = (k + 3) >> 2;
  const bytes = bytesOf(dtype);
  for (let row = 0; row < n; row += 8) {
    const from = source + <usize>row * <usize>k * <usize>bytes;
    if (dtype == I8) packTile<i8>(target, from, min(8, n - row), k, quads);
    else packTile<i16>(target, from, min(8, n - row), k, quads);
    target += <usize>quads * 32 * <usize>bytes;
  }
}

/** Four rows of i16, each `quads` · 4 long and one after the other, interleaved pair by pair. */
function interleave(to: usize, from: usize, quads: i32): void {
  const row = <usize>quads << 3;
  let i = 0;
  for (; i + 2 <= quads; i += 2) {
    const r0 = v128.load(from), r1 = v128.load(from + row), r2 = v128.load(from + 2 * row), r3 = v128.load(from + 3 * row);
    const a = i32x4.shuffle(r0, r1, 0, 4, 1, 5), b = i32x4.shuffle(r2, r3, 0, 4, 1, 5);
    const c = i32x4.shuffle(r0, r1, 2, 6, 3, 7), d = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
    v128.store(to, i64x2.shuffle(a, b, 0, 2));
    v128.store(to, i64x2.shuffle(a, b, 1, 3), 16);
    v128.store(to, i64x2.shuffle(c, d, 0, 2), 32);
    v128.store(to, i64x2.shuffle(c, d, 1, 3), 48);
    from += 16;
    to += 64;
  }
  if (i < quads) {
    for (let r: usize = 0; r < 4; r++) {
      store<u32>(to + 4 * r, load<u32>(from + r * row));
      store<u32>(to + 4 * r, load<u32>(from + r * row, 4), 16);
    }
  }
}

/** The window of one position of the result, as a row of i16; outside of the image counts as 0. */
function window(op: usize, to: usize, x: usize, row: i32, group: i32): void {
  const columns = word(op, COLUMNS), rows = word(op, ROWS), height = word(op, HEIGHT), width = word(op, WIDTH);
  const channels = word(op, CHANNELS), depth = word(op, DEPTH), kw = word(op, KW), dw = word(op, DW), kh = word(op, KH);
  const type = word(op, A_TYPE);
  const line = row / columns;
  const j = row - line * columns;
  const image = line / rows;
  const top = (line - image * rows) * word(op, SH) - word(op, TOP);
  const left = j * word(op, SW) - word(op, LEFT);
  const tapBytes = <usize>depth << 1;
  const whole = dw == 1 && depth == channels;
  for (let p = 0; p < kh; p++) {
    const y = top + p * word(op, DH);
    if (<u32>y >= <u32>height) {
      memory.fill(to, 0, <usize>kw * tapBytes);
      to += <usize>kw * tapBytes;
      continue;
    }
    const from = ((image * height + y) * width + left) * channels + group * depth;
    if (whole) {
      // Taps of a row of the window lie side by side in the image.
      const before = min(kw, max(0, -left));
      const inside = max(0, min(kw, width - left) - before);
      const after = kw - before - inside;
      if (before > 0) memory.fill(to, 0, <usize>before * tapBytes);
      to += <usize>before * tapBytes;
      if (inside > 0) widen(to, x + <usize>((from + before * channels) * bytesOf(type)), type, inside * depth);
      to += <usize>inside * tapBytes;
      if (after > 0) memory.fill(to, 0, <usize>after * tapBytes);
      to += <usize>after * tapBytes;
      continue;
    }
    for (let q = 0; q < kw; q++) {
      if (<u32>(left + q * dw) < <u32>width) {
        widen(to, x + <usize>((from + q * dw * channels) * bytesOf(type)), type, depth);
      } else memory.fill(to, 0, tapBytes);
      to += tapBytes;
    }
  }
}

/** Rows `row .. row + count − 1` of a, as i16 one after the other, padded with 0. */
function linear(op: usize, to: usize, a: usize, row: i32, count: i32, group: i32, quads: i32): void {
  const k = word(op, K);
  const type = word(op, A_TYPE);
  const image = word(op, A_MODE) == IMAGE;
  for (let r = 0; r < count; r++) {
    if (image) window(op, to, a, row + r, group);
    else widen(to, a + <usize>(row + r) * <usize>(k * bytesOf(type)), type, k);
    for (let i = k; i < quads * 4; i++) store<i16>(to + (<usize>i << 1), 0);
    to += <usize>quads << 3;
  }
}

/**
 * Words: mode of a (0 rows, 1 windows), a dtype, a + stride, a step, M, K, step of the run's bias, N, -, b dtype, b + stride, b step, whether b
 * is packed, bias with rounding, 2^(30 − shift), low, high, out + stride, dtype, out step, bytes of a row of the result,
 * rows of a handled at a time (a multiple of 4), bias of the run + stride or 0, step of bias and shifts in channels; for windows also H,
 * W, C, rows, columns, kernel, strides, dilations, top, left, C / groups.
 * Steps lead from one leading index, or group, to the next. A unit is a tile of b times one block of rows of a.
 * @param scratch holds the block of a, then one tile of b, then eight biases
 */
export function gemm(op: usize, sample: i32, from: i32, to: i32, scratch: usize): void {
  const m = word(op, M), k = word(op, K), n = word(op, N), mBlock = word(op, M_BLOCK);
  const quads = (k + 3) >> 2;
  const tiles = (n + 7) >> 3;
  const blocks = (m + mBlock - 1) / mBlock;
  const aBase = operand(op, A, sample), bBase = operand(op, B, sample), outBase = operand(op, OUT, sample);
  const wide = word(op, B_TYPE) != I8;
  const tileBytes = <usize>quads * 32 << (wide ? 1 : 0);
  const low = i32x4.splat(word(op, LOW)), high = i32x4.splat(word(op, HIGH));
  const dtype = word(op, DTYPE), rowBytes = <usize>word(op, ROW_BYTES);
  const linearBytes = <usize>quads << 3;
  const aRows = scratch;
  const temporary = aRows + <usize>mBlock * linearBytes;
  const bTile = temporary + 4 * linearBytes + 64;
  const biases = bTile + tileBytes;
  let packed = -1;
  for (let unit = from; unit < to; ) {
    const block = unit / tiles;
    const tile = unit - block * tiles;
    const group = block / blocks;
    const row = (block - group * blocks) * mBlock;
    const count = min(mBlock, m - row);
    const whole = count & ~3;
    const alone = (count & 3) == 1;
    if (packed != block) {
      packed = block;
      const a = aBase + <usize>(group * word(op, A_STEP));
      for (let r = 0; r < count; r += 4) {
        const some = min(4, count - r);
        const at = aRows + <usize>r * linearBytes;
        if (some == 1) linear(op, at, a, row + r, 1, group, quads);
        else {
          linear(op, temporary, a, row + r, some, group, quads);
          interleave(at, temporary, quads);
        }
      }
    }
    const b = bBase + <usize>(group * word(op, B_STEP));
    const channel = <usize>(group * word(op, CHANNEL_STEP) + tile * 8);
    const mult = <usize>word(op, MULT) + (channel << 2);
    let bias = <usize>word(op, BIAS) + (channel << 2);
    const out = outBase + <usize>(group * word(op, OUT_STEP)) + <usize>row * rowBytes + (<usize>(tile * 8) << (dtype - 1));
    if (word(op, PACKED) && word(op, EXTRA) == 0 && count == 1 && tile + 4 <= tiles && unit + 4 <= to) {
      const last = min(8, n - (tile + 3) * 8);
      const at = b + <usize>tile * tileBytes;
      if (wide) oneRow4<i16>(aRows, at, quads, bias, mult, low, high, out, dtype, last);
      else oneRow4<i8>(aRows, at, quads, bias, mult, low, high, out, dtype, last);
      unit += 4;
      continue;
    }
    unit++;
    const valid = min(8, n - tile * 8);
    if (word(op, EXTRA) != 0) {
      const extra = operand(op, EXTRA, sample) + <usize>((group * word(op, EXTRA_STEP) + tile * 8) << 2);
      v128.store(biases, i32x4.add(v128.load(bias), v128.load(extra)));
      v128.store(biases, i32x4.add(v128.load(bias, 16), v128.load(extra, 16)), 16);
      bias = biases;
    }
    let at: usize;
    if (word(op, PACKED)) at = b + <usize>tile * tileBytes;
    else {
      at = bTile;
      const source = b + <usize>(tile * 8) * <usize>(k << (wide ? 1 : 0));
      if (wide) packTile<i16>(at, source, valid, k, quads);
      else packTile<i8>(at, source, valid, k, quads);
    }
    const end = alone ? whole : count;
    for (let r = 0; r < end; r += 4) {
      const rows = min(4, count - r);
      const from = aRows + <usize>r * linearBytes;
      const to = out + <usize>r * rowBytes;
      if (wide) fourRows<i16>(from, at, quads, rows, bias, mult, low, high, to, rowBytes, dtype, valid);
      else fourRows<i8>(from, at, quads, rows, bias, mult, low, high, to, rowBytes, dtype, valid);
    }
    if (alone) {
      const from = aRows + <usize>whole * linearBytes;
      const to = out + <usize>whole * rowBytes;
      if (wide) oneRow<i16>(from, at, quads, bias, mult, low, high, to, dtype, valid);
      else oneRow<i8>(from, at, quads, bias, mult, low, high, to, dtype, valid);
    }
  }
}
