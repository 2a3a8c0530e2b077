/** `reduce_sum`, `reduce_max` and `argmax` along the last axis; a unit is a row. */
import { bytesOf, I8, I16, operand, word } from './layout';
import { load4 } from './runs';
import { stageOne } from './stage';

const KIND = 4, XTYPE = 5, X = 6, K = 8, OUT = 9, DTYPE = 11, SHIFT = 12, LOW = 13, HIGH = 14;
const SUM = 0, MAX = 1;

function sumOf<T>(x: usize, k: i32): i32 {
  let total = i32x4.splat(0);
  let i = 0;
  for (; i + 4 <= k; i += 4) {
    total = i32x4.add(total, load4<T>(x));
    x += 4 * sizeof<T>();
  }
  let sum =
    i32x4.extract_lane(total, 0) + i32x4.extract_lane(total, 1) + i32x4.extract_lane(total, 2) + i32x4.extract_lane(total, 3);
  for (; i < k; i++) {
    sum += <i32>load<T>(x);
    x += sizeof<T>();
  }
  return sum;
}

function maxOf<T>(x: usize, k: i32): i32 {
  let best = <i32>load<T>(x);
  let i = 0;
  if (k >= 4) {
    let most = load4<T>(x);
    for (; i + 4 <= k; i += 4) {
      most = i32x4.max_s(most, load4<T>(x));
      x += 4 * sizeof<T>();
    }
    best = max(
      max(i32x4.extract_lane(most, 0), i32x4.extract_lane(most, 1)),
      max(i32x4.extract_lane(most, 2), i32x4.extract_lane(most, 3)),
    );
  }
  for (; i < k; i++) {
    best = max(best, <i32>load<T>(x));
    x += sizeof<T>();
  }
  return best;
}

function firstOf<T>(x: usize, value: i32): i32 {
  let i = 0;
  while (<i32>load<T>(x + <usize>i * sizeof<T>()) != value) i++;
  return i;
}

function rows<T>(op: usize, sample: i32, from: i32, to: i32): void {
  const k = word(op, K);
  const kind = word(op, KIND);
  const dtype = word(op, DTYPE);
  const x = operand(op, X, sample);
  const out = operand(op, OUT, sample);
  for (let row = from; row < to; row++) {
    const at = x + <usize>row * <usize>k * sizeof<T>();
    const to = out + <usize>(row * bytesOf(dtype));
    let f: i32;
    if (kind == SUM) f = sumOf<T>(at, k);
    else {
      f = maxOf<T>(at, k);
      if (kind != MAX) f = firstOf<T>(at, f);
    }
    stageOne(f, to, dtype, word(op, SHIFT), word(op, LOW), word(op, HIGH));
  }
}

/** Words: kind, x dtype, x + stride, K, out + stride, dtype, shift, low, high. */
export function reduce(op: usize, sample: i32, from: i32, to: i32): void {
  const type = word(op, XTYPE);
  if (type == I8) rows<i8>(op, sample, from, to);
  else if (type == I16) rows<i16>(op, sample, from, to);
  else rows<i32>(op, sample, from, to);
}
