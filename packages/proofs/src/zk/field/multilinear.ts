/**
 * Multilinear extensions as a verifier evaluates them. A point gives bit j of an index its coordinate `point[j]`: the lowest
 * bit first. Tensors lie with every dimension padded to a power of two, the last dimension lowest.
 */
import { add, type Ext, ext, mul, ONE, sub, ZERO } from './ext.ts';

/** `Π_j (bit j of index ? point[j] : 1 − point[j])`. */
export const eqAt = (point: readonly Ext[], index: number): Ext => {
  let product = ONE;
  for (const [j, r] of point.entries()) {
    const bit = Math.floor(index / 2 ** j) % 2;
    product = mul(product, bit === 1 ? r : sub(ONE, r));
  }
  return product;
};

/** `Σ_i eq(a, i)·eq(b, i)`. */
export const eqPoints = (a: readonly Ext[], b: readonly Ext[]): Ext => {
  let product = ONE;
  for (const [j, x] of a.entries()) {
    const both = mul(x, b[j]!);
    product = mul(product, sub(add(ONE, add(both, both)), add(x, b[j]!)));
  }
  return product;
};

/** `Σ_{i < size} eq(point, i)`: which indices are there, of a dimension padded to a power of two. */
export const below = (point: readonly Ext[], size: number): Ext => {
  if (size >= 2 ** point.length) return ONE;
  let sum = ZERO;
  let prefix = ONE;
  for (let j = point.length - 1; j >= 0; j--) {
    const r = point[j]!;
    if (Math.floor(size / 2 ** j) % 2 === 1) {
      sum = add(sum, mul(prefix, sub(ONE, r)));
      prefix = mul(prefix, r);
    } else prefix = mul(prefix, sub(ONE, r));
  }
  return sum;
};

/** `Σ_i eq(point, i)·i`. */
export const indexAt = (point: readonly Ext[]): Ext => point.reduce((sum, r, j) => add(sum, mul(ext(2 ** j), r)), ZERO);

/** `Σ_{i < size} eq(point, i)·i`. */
export const indexBelow = (point: readonly Ext[], size: number): Ext => {
  if (size >= 2 ** point.length) return indexAt(point);
  let sum = ZERO;
  let prefix = ONE;
  let before = 0;
  for (let j = point.length - 1; j >= 0; j--) {
    const r = point[j]!;
    const zero = mul(prefix, sub(ONE, r));
    if (Math.floor(size / 2 ** j) % 2 === 1) {
      sum = add(sum, mul(zero, add(ext(before), indexAt(point.slice(0, j)))));
      prefix = mul(prefix, r);
      before += 2 ** j;
    } else prefix = zero;
  }
  return sum;
};

/** Bits of an index of a dimension of `size`. */
export const bitsOf = (size: number): number => Math.ceil(Math.log2(size));
