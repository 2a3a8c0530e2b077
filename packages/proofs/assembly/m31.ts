/**
 * The field of p = 2^31 − 1 elements, one at a time and four to a register. Elements are u32 in 0 .. p − 1; every function
 * takes and gives those, so nothing has to be brought into form at the end.
 */

export const P: u32 = 0x7fffffff;

/** `x mod p` of any 64 bits. */
// @ts-ignore: decorator
@inline
export function reduce(x: u64): u32 {
  const once = (x & P) + (x >> 31);
  const twice = <u32>(once & P) + <u32>(once >> 31);
  return min(twice, twice - P);
}

// @ts-ignore: decorator
@inline
export function add(a: u32, b: u32): u32 {
  const sum = a + b;
  return min(sum, sum - P);
}

// @ts-ignore: decorator
@inline
export function sub(a: u32, b: u32): u32 {
  const difference = a - b;
  return min(difference, difference + P);
}

// @ts-ignore: decorator
@inline
export function mul(a: u32, b: u32): u32 {
  return reduce((<u64>a) * b);
}

// @ts-ignore: decorator
@inline
export function splat(a: u32): v128 {
  return i32x4.splat(a);
}

// @ts-ignore: decorator
@inline
export function add4(a: v128, b: v128): v128 {
  const sum = i32x4.add(a, b);
  return i32x4.min_u(sum, i32x4.sub(sum, splat(P)));
}

// @ts-ignore: decorator
@inline
export function sub4(a: v128, b: v128): v128 {
  const difference = i32x4.sub(a, b);
  return i32x4.min_u(difference, i32x4.add(difference, splat(P)));
}

/** `−a`, of elements that may be 0. */
// @ts-ignore: decorator
@inline
export function neg4(a: v128): v128 {
  return sub4(splat(0), a);
}

/** The two halves of a product of 2·a and b: bits 32 and up are `a·b >> 31`, the lower ones twice `a·b mod 2^31`. */
// @ts-ignore: decorator
@inline
export function mul4(a: v128, b: v128): v128 {
  const twice = i32x4.add(a, a);
  const low = i64x2.extmul_low_i32x4_u(twice, b);
  const high = i64x2.extmul_high_i32x4_u(twice, b);
  const upper = i32x4.shuffle(low, high, 1, 3, 5, 7);
  const lower = i32x4.shr_u(i32x4.shuffle(low, high, 0, 2, 4, 6), 1);
  return add4(upper, lower);
}

/** Four sums of 64 bits each, `low` those of lanes 0 and 1, into field elements. */
// @ts-ignore: decorator
@inline
export function reduce4(low: v128, high: v128): v128 {
  const mask = i64x2.splat(P);
  const a = i64x2.add(v128.and(low, mask), i64x2.shr_u(low, 31));
  const b = i64x2.add(v128.and(high, mask), i64x2.shr_u(high, 31));
  // Now below 2^34: the low 31 bits and what is above them, each in 32 bits.
  const lower = v128.and(i32x4.shuffle(a, b, 0, 2, 4, 6), splat(P));
  const upper = i32x4.shuffle(i64x2.shr_u(a, 31), i64x2.shr_u(b, 31), 0, 2, 4, 6);
  return add4(lower, upper);
}

/** `a·b + c·d + e·f + g·h`, four at a time; four products of elements fit 64 bits. */
// @ts-ignore: decorator
@inline
export function dot4(a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128, h: v128): v128 {
  const low = i64x2.add(
    i64x2.add(i64x2.extmul_low_i32x4_u(a, b), i64x2.extmul_low_i32x4_u(c, d)),
    i64x2.add(i64x2.extmul_low_i32x4_u(e, f), i64x2.extmul_low_i32x4_u(g, h)),
  );
  const high = i64x2.add(
    i64x2.add(i64x2.extmul_high_i32x4_u(a, b), i64x2.extmul_high_i32x4_u(c, d)),
    i64x2.add(i64x2.extmul_high_i32x4_u(e, f), i64x2.extmul_high_i32x4_u(g, h)),
  );
  return reduce4(low, high);
}

/** Elements of signed integers above −p. */
// @ts-ignore: decorator
@inline
export function fromSigned4(x: v128): v128 {
  return i32x4.add(x, v128.and(i32x4.shr_s(x, 31), splat(P)));
}
