/** Sliding windows channel by channel: pools and depthwise `conv`. A unit is a row of the result. */
import { BLOCK, bytesOf, I8, operand, word } from './layout';
import { addRun, fill, maxRun } from './runs';
import { finish, stageRun } from './stage';

const KIND = 4, XTYPE = 5, X = 6, OUT = 8, DTYPE = 10, HEIGHT = 11, WIDTH = 12, CHANNELS = 13, ROWS = 14, COLUMNS = 15,
  KH = 16, KW = 17, SH = 18, SW = 19, DH = 20, DW = 21, TOP = 22, LEFT = 23, SHIFT = 24, LOW = 25, HIGH = 26, WEIGHTS = 27,
  BIAS = 28, MULT = 29;
const SUM = 0;

/**
 * Words: kind, x dtype, x + stride, out + stride, dtype, H, W, C, rows, columns, kernel, strides, dilations, top, left,
 * shift, low, high.
 */
export function pool(op: usize, sample: i32, from: i32, to: i32, acc: usize): void {
  const type = word(op, XTYPE);
  const dtype = word(op, DTYPE);
  const channels = word(op, CHANNELS);
  const rows = word(op, ROWS);
  const columns = word(op, COLUMNS);
  const sum = word(op, KIND) == SUM;
  const x = operand(op, X, sample);
  const out = operand(op, OUT, sample);
  for (let unit = from; unit < to; unit++) {
    const image = unit / rows;
    const top = (unit - image * rows) * word(op, SH) - word(op, TOP);
    for (let j = 0; j < columns; j++) {
      const left = j * word(op, SW) - word(op, LEFT);
      for (let c = 0; c < channels; c += BLOCK) {
        const n = min(BLOCK, channels - c);
        fill(acc, n, sum ? 0 : i32.MIN_VALUE);
        for (let p = 0; p < word(op, KH); p++) {
          const row = top + p * word(op, DH);
          if (<u32>row >= <u32>word(op, HEIGHT)) continue;
          for (let q = 0; q < word(op, KW); q++) {
            const column = left + q * word(op, DW);
            if (<u32>column >= <u32>word(op, WIDTH)) continue;
            const at = ((image * word(op, HEIGHT) + row) * word(op, WIDTH) + column) * channels + c;
            const tap = x + <usize>(at * bytesOf(type));
            if (sum) addRun(acc, tap, type, n, 1);
            else maxRun(acc, tap, type, n);
          }
        }
        const y = out + <usize>(((unit * columns + j) * channels + c) * bytesOf(dtype));
        stageRun(acc, y, dtype, n, word(op, SHIFT), word(op, LOW), word(op, HIGH));
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function eight(x: usize, type: i32): v128 {
  return type == I8 ? v128.load_ext<i8>(x) : v128.load(x);
}

/** As `pool`; then weights as i16 `[KH·KW, C rounded up to 8]`, bias with rounding, and 2^(30 − shift), by channel. */
export function depthwise(op: usize, sample: i32, from: i32, to: i32): void {
  const type = word(op, XTYPE);
  const dtype = word(op, DTYPE);
  const channels = word(op, CHANNELS);
  const rows = word(op, ROWS);
  const columns = word(op, COLUMNS);
  const height = word(op, HEIGHT);
  const width = word(op, WIDTH);
  const kh = word(op, KH);
  const kw = word(op, KW);
  const dh = word(op, DH);
  const dw = word(op, DW);
  const x = operand(op, X, sample);
  const out = operand(op, OUT, sample);
  const weights = <usize>word(op, WEIGHTS);
  const tapBytes = <usize>((channels + 7) & ~7) << 1;
  const columnBytes = channels * bytesOf(type);
  const low = i32x4.splat(word(op, LOW));
  const high = i32x4.splat(word(op, HIGH));
  for (let unit = from; unit < to; unit++) {
    const image = unit / rows;
    const top = (unit - image * rows) * word(op, SH) - word(op, TOP);
    for (let j = 0; j < columns; j++) {
      const left = j * word(op, SW) - word(op, LEFT);
      for (let c = 0; c < channels; c += 8) {
        let lo = i32x4.splat(0);
        let hi = i32x4.splat(0);
        for (let p = 0; p < kh; p++) {
          const row = top + p * dh;
          if (<u32>row >= <u32>height) continue;
          const line = x + <usize>((image * height + row) * width * columnBytes + c * bytesOf(type));
          let weight = weights + <usize>(p * kw) * tapBytes + (<usize>c << 1);
          for (let q = 0; q < kw; q++) {
            const column = left + q * dw;
            if (<u32>column < <u32>width) {
              const value = eight(line + <usize>(column * columnBytes), type);
              const factor = v128.load(weight);
              lo = i32x4.add(lo, i32x4.extmul_low_i16x8_s(value, factor));
              hi = i32x4.add(hi, i32x4.extmul_high_i16x8_s(value, factor));
            }
            weight += tapBytes;
          }
        }
        const y = out + <usize>(((unit * columns + j) * channels + c) * bytesOf(dtype));
        const at = <usize>c << 2;
        finish(
          lo, hi, <usize>word(op, BIAS) + at, <usize>word(op, MULT) + at, low, high, y, dtype, min(8, channels - c),
        );
      }
    }
  }
}

/** Depthwise weights `[C, taps]` as i16 `[taps, C rounded up to 8]`. */
export function packDepthwise(target: usize, source: usize, dtype: i32, channels: i32, taps: i32): void {
  const padded = (channels + 7) & ~7;
  memory.fill(target, 0, <usize>(padded * taps) << 1);
  for (let c = 0; c < channels; c++) {
    for (let t = 0; t < taps; t++) {
      const at = c * taps + t;
      const value = dtype == I8 ? <i16>load<i8>(source + at) : load<i16>(source + (<usize>at << 1));
      store<i16>(target + (<usize>(t * padded + c) << 1), value);
    }
  }
}
