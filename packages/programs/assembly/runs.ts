/**
 * Runs of elements into and with exact results. Runs are handled eight at a time and may read up to seven elements beyond
 * their end and write as many beyond in scratch: the memory is longer than all that lies in it.
 */
import { I8, I16 } from './layout';

/** Four elements from `x`, as i32. */
// @ts-ignore: decorator
@inline
export function load4<T>(x: usize, immediate: usize = 0): v128 {
  if (sizeof<T>() == 4) return v128.load(x + immediate);
  if (sizeof<T>() == 2) return v128.load_ext<i16>(x + immediate);
  return i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(x + immediate)));
}

export function fill(acc: usize, n: i32, value: i32): void {
  const v = i32x4.splat(value);
  for (let i = 0; i < n; i += 4) {
    v128.store(acc, v);
    acc += 16;
  }
}

/** One element as i32. */
export function loadOne(x: usize, dtype: i32): i32 {
  if (dtype == I8) return load<i8>(x);
  if (dtype == I16) return load<i16>(x);
  return load<i32>(x);
}

function addRunOf<T>(acc: usize, x: usize, n: i32, c: i32): void {
  const step = <usize>4 * sizeof<T>();
  if (c == 1) {
    for (let i = 0; i < n; i += 4) {
      v128.store(acc, i32x4.add(v128.load(acc), load4<T>(x)));
      acc += 16;
      x += step;
    }
    return;
  }
  const factor = i32x4.splat(c);
  for (let i = 0; i < n; i += 4) {
    v128.store(acc, i32x4.add(v128.load(acc), i32x4.mul(load4<T>(x), factor)));
    acc += 16;
    x += step;
  }
}

function mulRunOf<T>(acc: usize, x: usize, n: i32): void {
  const step = <usize>4 * sizeof<T>();
  for (let i = 0; i < n; i += 4) {
    v128.store(acc, i32x4.mul(v128.load(acc), load4<T>(x)));
    acc += 16;
    x += step;
  }
}

function maxRunOf<T>(acc: usize, x: usize, n: i32): void {
  const step = <usize>4 * sizeof<T>();
  for (let i = 0; i < n; i += 4) {
    v128.store(acc, i32x4.max_s(v128.load(acc), load4<T>(x)));
    acc += 16;
    x += step;
  }
}

/** acc += c · x. */
export function addRun(acc: usize, x: usize, dtype: i32, n: i32, c: i32): void {
  if (dtype == I8) addRunOf<i8>(acc, x, n, c);
  else if (dtype == I16) addRunOf<i16>(acc, x, n, c);
  else addRunOf<i32>(acc, x, n, c);
}

/** acc ·= x. */
export function mulRun(acc: usize, x: usize, dtype: i32, n: i32): void {
  if (dtype == I8) mulRunOf<i8>(acc, x, n);
  else if (dtype == I16) mulRunOf<i16>(acc, x, n);
  else mulRunOf<i32>(acc, x, n);
}

/** acc = max(acc, x). */
export function maxRun(acc: usize, x: usize, dtype: i32, n: i32): void {
  if (dtype == I8) maxRunOf<i8>(acc, x, n);
  else if (dtype == I16) maxRunOf<i16>(acc, x, n);
  else maxRunOf<i32>(acc, x, n);
}

/** acc += value. */
export function addOne(acc: usize, n: i32, value: i32): void {
  const v = i32x4.splat(value);
  for (let i = 0; i < n; i += 4) {
    v128.store(acc, i32x4.add(v128.load(acc), v));
    acc += 16;
  }
}

/** acc ·= value. */
export function mulOne(acc: usize, n: i32, value: i32): void {
  const v = i32x4.splat(value);
  for (let i = 0; i < n; i += 4) {
    v128.store(acc, i32x4.mul(v128.load(acc), v));
    acc += 16;
  }
}

/** i8 or i16 elements as i16; writes whole groups of eight. */
export function widen(out: usize, x: usize, dtype: i32, n: i32): void {
  if (dtype == I16) {
    memory.copy(out, x, <usize>n << 1);
    return;
  }
  for (let i = 0; i < n; i += 8) {
    v128.store(out, v128.load_ext<i8>(x));
    out += 16;
    x += 8;
  }
}
