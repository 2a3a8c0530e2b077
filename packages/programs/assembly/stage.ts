/** The stage of spec 12.3 and the stores that follow it. */
import { I8, I16 } from './layout';

/** Stores `count` (1 to 8) of eight clamped results; never a byte beyond, since the next may be another thread's. */
// @ts-ignore: decorator
@inline
export function store8(lo: v128, hi: v128, out: usize, dtype: i32, count: i32): void {
  if (dtype == I8) {
    const narrow = i16x8.narrow_i32x4_s(lo, hi);
    const bytes = i8x16.narrow_i16x8_s(narrow, narrow);
    if (count == 8) v128.store64_lane(out, bytes, 0);
    else {
      let rest = i64x2.extract_lane(bytes, 0);
      for (let i = 0; i < count; i++) {
        store<i8>(out + i, <i8>rest);
        rest >>= 8;
      }
    }
  } else if (dtype == I16) {
    const narrow = i16x8.narrow_i32x4_s(lo, hi);
    if (count == 8) v128.store(out, narrow);
    else {
      let rest = i64x2.extract_lane(narrow, 0);
      for (let i = 0; i < count; i++) {
        if (i == 4) rest = i64x2.extract_lane(narrow, 1);
        store<i16>(out + 2 * i, <i16>rest);
        rest >>= 16;
      }
    }
  } else if (count == 8) {
    v128.store(out, lo);
    v128.store(out, hi, 16);
  } else {
    let rest = lo;
    for (let i = 0; i < count; i++) {
      if (i == 4) rest = hi;
      store<i32>(out + 4 * i, i32x4.extract_lane(rest, 0));
      rest = i32x4.shuffle(rest, rest, 1, 2, 3, 0);
    }
  }
}

/** `x >> s` of each lane, where m = 2^(30 − s): WASM shifts all lanes alike, so channels are shifted by multiplying. */
// @ts-ignore: decorator
@inline
function shiftLanes(x: v128, m: v128): v128 {
  const lo = i64x2.shr_u(i64x2.extmul_low_i32x4_s(x, m), 30);
  const hi = i64x2.shr_u(i64x2.extmul_high_i32x4_s(x, m), 30);
  return i32x4.shuffle(lo, hi, 0, 2, 4, 6);
}

/**
 * Eight channels through their stages.
 * @param bias eight of bias + rounding
 * @param mult eight of 2^(30 − shift)
 */
export function finish(
  lo: v128, hi: v128, bias: usize, mult: usize, low: v128, high: v128, out: usize, dtype: i32, count: i32,
): void {
  lo = shiftLanes(i32x4.add(lo, v128.load(bias)), v128.load(mult));
  hi = shiftLanes(i32x4.add(hi, v128.load(bias, 16)), v128.load(mult, 16));
  lo = i32x4.min_s(i32x4.max_s(lo, low), high);
  hi = i32x4.min_s(i32x4.max_s(hi, low), high);
  store8(lo, hi, out, dtype, count);
}

/** A run of exact results through one stage. */
export function stageRun(acc: usize, out: usize, dtype: i32, n: i32, shift: i32, low: i32, high: i32): void {
  const round = i32x4.splat(shift == 0 ? 0 : 1 << (shift - 1));
  const least = i32x4.splat(low);
  const most = i32x4.splat(high);
  const step = <usize>8 << (dtype - 1);
  for (let left = n; left > 0; left -= 8) {
    const lo = i32x4.shr_s(i32x4.add(v128.load(acc), round), shift);
    const hi = i32x4.shr_s(i32x4.add(v128.load(acc, 16), round), shift);
    store8(
      i32x4.min_s(i32x4.max_s(lo, least), most),
      i32x4.min_s(i32x4.max_s(hi, least), most),
      out, dtype, left < 8 ? left : 8,
    );
    acc += 32;
    out += step;
  }
}

/** One exact result through a stage. */
export function stageOne(f: i32, out: usize, dtype: i32, shift: i32, low: i32, high: i32): void {
  const y = (f + (shift == 0 ? 0 : 1 << (shift - 1))) >> shift;
  const clamped = y < low ? low : y > high ? high : y;
  if (dtype == I8) store<i8>(out, <i8>clamped);
  else if (dtype == I16) store<i16>(out, <i16>clamped);
  else store<i32>(out, clamped);
}
