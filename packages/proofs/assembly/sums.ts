/**
 * Exact sums and values of a run, in lanes (spec 19.3): what a stage makes of sums, and inner products with field elements.
 * Integers are packed, 1 to 4 bytes each, lowest first, from any address on; reads run over by up to 16 bytes.
 */
import { finish, store8 } from '../../programs/assembly/stage';
import { P, reduce, splat } from './m31';

/** Four packed integers. */
// @ts-ignore: decorator
@inline
export function four(at: usize, bytes: i32): v128 {
  if (bytes == 1) return i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(at)));
  if (bytes == 2) return i32x4.extend_low_i16x8_s(v128.load64_zero(at));
  const raw = v128.load(at);
  if (bytes == 4) return raw;
  // Each into the upper three bytes of its lane, then down with its sign.
  return i32x4.shr_s(i8x16.shuffle(raw, raw, 0, 0, 1, 2, 0, 3, 4, 5, 0, 6, 7, 8, 0, 9, 10, 11), 8);
}

// @ts-ignore: decorator
@inline
function stageAlike(
  out: usize, dtype: i32, sums: usize, bytes: i32, count: i32, shift: i32, low: v128, high: v128,
): void {
  const round = splat(shift == 0 ? 0 : 1 << (shift - 1));
  const step = <usize>8 << (dtype - 1);
  for (let left = count; left > 0; left -= 8) {
    const lo = i32x4.shr_s(i32x4.add(four(sums, bytes), round), shift);
    const hi = i32x4.shr_s(i32x4.add(four(sums + 4 * bytes, bytes), round), shift);
    store8(
      i32x4.min_s(i32x4.max_s(lo, low), high), i32x4.min_s(i32x4.max_s(hi, low), high), out, dtype, left < 8 ? left : 8,
    );
    sums += 8 * bytes;
    out += step;
  }
}

/**
 * Values of `count` sums of each of some runs, all through one stage.
 * @param dtype code of the values (spec 12.1), which lie one behind the other
 * @param stride bytes from the sums of one run to those of the next
 */
export function stageSums(
  out: usize, dtype: i32, sums: usize, stride: usize, bytes: i32, runs: i32, count: i32, shift: i32, low: i32, high: i32,
): void {
  const least = i32x4.splat(low), most = i32x4.splat(high);
  for (let run = 0; run < runs; run++) {
    if (bytes == 1) stageAlike(out, dtype, sums, 1, count, shift, least, most);
    else if (bytes == 2) stageAlike(out, dtype, sums, 2, count, shift, least, most);
    else if (bytes == 3) stageAlike(out, dtype, sums, 3, count, shift, least, most);
    else stageAlike(out, dtype, sums, 4, count, shift, least, most);
    sums += stride;
    out += <usize>count << (dtype - 1);
  }
}

/**
 * The same of rows of sums, each channel through a shift of its own.
 * @param rounds of each channel half a unit before its shift, up to a multiple of 8 of them
 * @param factors of each channel 2^(30 − shift), as many
 */
export function stageChannels(
  out: usize, dtype: i32, sums: usize, stride: usize, bytes: i32, runs: i32, rows: i32, channels: i32, rounds: usize,
  factors: usize, low: i32, high: i32,
): void {
  const least = i32x4.splat(low), most = i32x4.splat(high);
  for (let run = 0; run < runs; run++) {
    let at = sums;
    for (let row = 0; row < rows; row++) {
      for (let n = 0; n < channels; n += 8) {
        const here = at + <usize>(n * bytes), lo = some4(here, bytes), hi = some4(here + 4 * bytes, bytes);
        const to = out + (<usize>n << (dtype - 1)), table = <usize>n << 2;
        finish(lo, hi, rounds + table, factors + table, least, most, to, dtype, min(8, channels - n));
      }
      at += <usize>(channels * bytes);
      out += <usize>channels << (dtype - 1);
    }
    sums += stride;
  }
}

function some4(at: usize, bytes: i32): v128 {
  if (bytes == 1) return four(at, 1);
  if (bytes == 2) return four(at, 2);
  return bytes == 3 ? four(at, 3) : four(at, 4);
}

/** Terms whose sum in two lanes of 64 bits surely fits: of 2^23 · 2^31 each, 512 a lane. */
const TERMS: i32 = 1024;

/** A number below 2^34 that is congruent to x. */
// @ts-ignore: decorator
@inline
function positive(x: i64): u64 {
  return <u64>((x & P) + (x >> 31) + 3 * <i64>P);
}

// @ts-ignore: decorator
@inline
function lanes(x: v128): u64 {
  return positive(i64x2.extract_lane(x, 0)) + positive(i64x2.extract_lane(x, 1));
}

/** `Σ values · r`, of integers of at most three bytes. */
// @ts-ignore: decorator
@inline
function innerNarrow(values: usize, bytes: i32, count: i32, r: usize): u32 {
  let total: u64 = 0;
  for (let left = count; left > 0; left -= TERMS) {
    let a = i64x2.splat(0), b = a;
    for (const end = r + (<usize>min(left, TERMS) << 2); r < end; r += 16) {
      const x = four(values, bytes), y = v128.load(r);
      a = i64x2.add(a, i64x2.extmul_low_i32x4_s(x, y));
      b = i64x2.add(b, i64x2.extmul_high_i32x4_s(x, y));
      values += 4 * bytes;
    }
    total += lanes(i64x2.add(a, b));
  }
  return reduce(total);
}

/** `Σ values · r`, of integers of four bytes: their upper and their lower halves apart. */
function innerWide(values: usize, count: i32, r: usize): u32 {
  const mask = i32x4.splat(0xffff);
  let upper: u64 = 0, lower: u64 = 0;
  for (let left = count; left > 0; left -= TERMS) {
    let a = i64x2.splat(0), b = a, c = a, d = a;
    for (const end = r + (<usize>min(left, TERMS) << 2); r < end; r += 16) {
      const x = v128.load(values), y = v128.load(r);
      const high = i32x4.shr_s(x, 16), low = v128.and(x, mask);
      a = i64x2.add(a, i64x2.extmul_low_i32x4_s(high, y));
      b = i64x2.add(b, i64x2.extmul_high_i32x4_s(high, y));
      c = i64x2.add(c, i64x2.extmul_low_i32x4_s(low, y));
      d = i64x2.add(d, i64x2.extmul_high_i32x4_s(low, y));
      values += 16;
    }
    upper += lanes(i64x2.add(a, b));
    lower += lanes(i64x2.add(c, d));
  }
  return reduce((<u64>reduce(upper) << 16) + lower);
}

/**
 * Inner products of rows of `count` packed integers, some rows of each of some runs, with several vectors: one behind the other
 * at `out`, vectors of a row before the next row.
 * @param stride bytes from the rows of one run to those of the next
 * @param r the first vector: elements, u32, with zeros up to a multiple of four of them; the next is `step` bytes on
 */
export function innerRows(
  out: usize, values: usize, stride: usize, bytes: i32, runs: i32, rows: i32, count: i32, r: usize, step: usize, vectors: i32,
): void {
  for (let run = 0; run < runs; run++) {
    let at = values;
    for (let row = 0; row < rows; row++) {
      for (let v = 0; v < vectors; v++) {
        const own = r + <usize>v * step;
        let sum: u32 = 0;
        if (bytes == 1) sum = innerNarrow(at, 1, count, own);
        else if (bytes == 2) sum = innerNarrow(at, 2, count, own);
        else if (bytes == 3) sum = innerNarrow(at, 3, count, own);
        else sum = innerWide(at, count, own);
        store<u32>(out, sum);
        out += 4;
      }
      at += <usize>(count * bytes);
    }
    values += stride;
  }
}
