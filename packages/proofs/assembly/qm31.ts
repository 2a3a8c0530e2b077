/**
 * The extension of degree 4: (a0 + a1·i) + (a2 + a3·i)·u with i² = −1 and u² = 2 + i. Vectors of elements lie in four planes,
 * one a coordinate, `stride` bytes apart, so that four elements are four registers.
 */
import { add, add4, dot4, neg4, reduce, sub, sub4 } from './m31';

/** Where coordinate `c` of element `i` lies. */
// @ts-ignore: decorator
@inline
export function at(vector: usize, stride: usize, i: usize, c: usize): usize {
  return vector + c * stride + (i << 2);
}

/** Coordinates of `a·b` out of those of a and what {@link times} prepares of b. */
// @ts-ignore: decorator
@inline
export function mul0(a0: v128, a1: v128, a2: v128, a3: v128, b0: v128, n1: v128, w0: v128, m1: v128): v128 {
  return dot4(a0, b0, a1, n1, a2, w0, a3, m1);
}
// @ts-ignore: decorator
@inline
export function mul1(a0: v128, a1: v128, a2: v128, a3: v128, b0: v128, b1: v128, w0: v128, w1: v128): v128 {
  return dot4(a0, b1, a1, b0, a2, w1, a3, w0);
}
// @ts-ignore: decorator
@inline
export function mul2(a0: v128, a1: v128, a2: v128, a3: v128, b0: v128, n1: v128, b2: v128, n3: v128): v128 {
  return dot4(a0, b2, a1, n3, a2, b0, a3, n1);
}
// @ts-ignore: decorator
@inline
export function mul3(a0: v128, a1: v128, a2: v128, a3: v128, b0: v128, b1: v128, b2: v128, b3: v128): v128 {
  return dot4(a0, b3, a1, b2, a2, b1, a3, b0);
}

/** Stores `a·b`, four elements, at element `i` of a vector. */
// @ts-ignore: decorator
@inline
export function mulTo(
  vector: usize,
  stride: usize,
  i: usize,
  a0: v128,
  a1: v128,
  a2: v128,
  a3: v128,
  b0: v128,
  b1: v128,
  b2: v128,
  b3: v128,
): void {
  const n1 = neg4(b1);
  const n3 = neg4(b3);
  const w0 = first4(b2, b3);
  const w1 = second4(b2, b3);
  const t = at(vector, stride, i, 0);
  v128.store(t, mul0(a0, a1, a2, a3, b0, n1, w0, neg4(w1)));
  v128.store(t + stride, mul1(a0, a1, a2, a3, b0, b1, w0, w1));
  v128.store(t + 2 * stride, mul2(a0, a1, a2, a3, b0, n1, b2, n3));
  v128.store(t + 3 * stride, mul3(a0, a1, a2, a3, b0, b1, b2, b3));
}

/** Coordinates of `(b2 + b3·i)·(2 + i)`: what the product of two upper halves brings down. */
// @ts-ignore: decorator
@inline
export function first4(b2: v128, b3: v128): v128 {
  return sub4(add4(b2, b2), b3);
}
// @ts-ignore: decorator
@inline
export function second4(b2: v128, b3: v128): v128 {
  return add4(b2, add4(b3, b3));
}

/** Coordinate `c` of element `i`. */
// @ts-ignore: decorator
@inline
export function get(vector: usize, stride: usize, i: usize, c: usize): u32 {
  return load<u32>(at(vector, stride, i, c));
}

/** Stores `a·b` of two single elements at element `i`. */
// @ts-ignore: decorator
@inline
export function mulOne(
  vector: usize,
  stride: usize,
  i: usize,
  a0: u32,
  a1: u32,
  a2: u32,
  a3: u32,
  b0: u32,
  b1: u32,
  b2: u32,
  b3: u32,
): void {
  const w0 = sub(add(b2, b2), b3);
  const w1 = add(b2, add(b3, b3));
  const t = at(vector, stride, i, 0);
  const n1 = sub(0, b1);
  const n3 = sub(0, b3);
  store<u32>(t, dot(a0, b0, a1, n1, a2, w0, a3, sub(0, w1)));
  store<u32>(t + stride, dot(a0, b1, a1, b0, a2, w1, a3, w0));
  store<u32>(t + 2 * stride, dot(a0, b2, a1, n3, a2, b0, a3, n1));
  store<u32>(t + 3 * stride, dot(a0, b3, a1, b2, a2, b1, a3, b0));
}

// @ts-ignore: decorator
@inline
function dot(a: u32, b: u32, c: u32, d: u32, e: u32, f: u32, g: u32, h: u32): u32 {
  return reduce((<u64>a) * b + (<u64>c) * d + (<u64>e) * f + (<u64>g) * h);
}
