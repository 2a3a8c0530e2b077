/** Elements as a few small integers, which the kernels multiply by weights, and back. */
import { element, P, shrink } from './field.ts';

/** Bits of a signed digit of an element, and how many make one. */
export type Digits = { readonly bits: number; readonly count: number };

/** Fewest first: the fewer, the fewer products. */
export const DIGITS: readonly Digits[] = [
  { bits: 16, count: 2 },
  { bits: 11, count: 3 },
  { bits: 8, count: 4 },
];

/** Signed digits of elements, lowest first: what stands for one lies in −2^30 .. 2^30, so the highest has room. */
export const digitsOf = (elements: Float64Array, { bits, count }: Digits): Int16Array[] => {
  const half = 2 ** (bits - 1);
  const mask = 2 * half - 1;
  const rest = new Int32Array(elements.length);
  for (let i = 0; i < rest.length; i++) rest[i] = elements[i]! > P / 2 ? elements[i]! - P : elements[i]!;
  const digits: Int16Array[] = [];
  for (let d = 0; d < count; d++) {
    const own = new Int16Array(rest.length);
    for (let i = 0; i < own.length; i++) {
      const digit = ((rest[i]! + half) & mask) - half;
      own[i] = digit;
      rest[i] = (rest[i]! - digit) >> bits;
    }
    digits.push(own);
  }
  return digits;
};

/** The elements that sums of digits, lowest first, come to. */
export const joined = (sums: Int32Array, at: number, width: number, { bits, count }: Digits): Uint32Array => {
  const out = new Uint32Array(width);
  const base = 2 ** bits;
  for (let k = 0, from = at; k < width; k++, from++) {
    let sum = sums[from + (count - 1) * width]!;
    for (let d = count - 2; d >= 0; d--) sum = shrink(sum) * base + sums[from + d * width]!;
    out[k] = element(sum);
  }
  return out;
};
