/**
 * The field of 2^31 − 1 elements (spec 19.3), held in doubles: every number here is a whole one below 2^53, so that sums and
 * products are exact. Whoever adds up reduces before 2^53 is reached; how many terms that allows is said at each loop.
 */

/** 2^31 − 1. The difference of two sums that a program can have is smaller, so none but 0 vanishes (spec 12.4). */
export const P = 2 ** 31 - 1;

/** A number congruent to `x`, above −2^22 and below 2^31 + 2^22. @param x whole, less than 2^53 in absolute value */
export const shrink = (x: number): number => x - Math.floor(x / 2 ** 31) * P;

/** The element that `x` stands for, 0 .. P − 1. @param x as in {@link shrink} */
export const element = (x: number): number => {
  const small = shrink(x);
  if (small >= P) return small - P;
  return small < 0 ? small + P : small;
};

/** Product of two elements. */
export const times = (a: number, b: number): number => {
  const high = Math.floor(a / 2 ** 16);
  return element(shrink(high * b) * 2 ** 16 + (a - high * 2 ** 16) * b);
};

/** Some elements, cut into 15 high and 16 low bits, so that their products with 31 bits can be added up. */
export type Elements = { readonly high: Float64Array; readonly low: Float64Array; readonly whole: Float64Array };

export const elementsOf = (whole: Float64Array): Elements => {
  const [high, low] = [new Float64Array(whole.length), new Float64Array(whole.length)];
  for (let i = 0; i < whole.length; i++) {
    high[i] = Math.floor(whole[i]! / 2 ** 16);
    low[i] = whole[i]! - high[i]! * 2 ** 16;
  }
  return { whole, high, low };
};

/** Terms of 2^46 that can be added to something shrunk. */
const WIDE_TERMS = 64;

/** `Σ r[i] · values[i]` over all values. */
export const innerWide = ({ high, low }: Elements, values: Int32Array): number => {
  const count = values.length;
  let a = 0;
  let b = 0;
  for (let start = 0; start < count; start += WIDE_TERMS) {
    const end = Math.min(start + WIDE_TERMS, count);
    for (let i = start; i < end; i++) {
      const value = values[i]!;
      a += high[i]! * value;
      b += low[i]! * value;
    }
    a = shrink(a);
    b = shrink(b);
  }
  return element(element(a) * 2 ** 16 + b);
};

/** Terms of 2^46 (i16) or 2^38 (i8), an element times a value, that can be added to something shrunk. */
const narrowTerms = (values: ArrayLike<number>): number => (values instanceof Int8Array ? 8_192 : WIDE_TERMS);

/** Rows of i8 or i16 that stand `step` apart. */
export type Rows = {
  readonly values: Int8Array | Int16Array;
  readonly from: number;
  readonly width: number;
  readonly step: number;
};

/** `out[k] = Σ_n r[n] · values[from + n · step + k]` for k of 0 .. width − 1: a matrix folded by its rows. */
export const foldRows = (r: Float64Array, { values, from, width, step }: Rows, out: Float64Array): void => {
  out.fill(0, 0, width);
  const most = narrowTerms(values);
  const count = r.length;
  let since = 0;
  let n = 0;
  for (; n + 4 <= count; n += 4) {
    const [r0, r1, r2, r3] = [r[n]!, r[n + 1]!, r[n + 2]!, r[n + 3]!];
    const a = from + n * step;
    const [b, c, d] = [a + step, a + 2 * step, a + 3 * step];
    for (let k = 0; k < width; k++) {
      out[k] = out[k]! + (r0 * values[a + k]! + r1 * values[b + k]! + (r2 * values[c + k]! + r3 * values[d + k]!));
    }
    since += 4;
    if (since + 4 > most) {
      for (let k = 0; k < width; k++) out[k] = shrink(out[k]!);
      since = 0;
    }
  }
  for (; n < count; n++) {
    const one = r[n]!;
    const a = from + n * step;
    for (let k = 0; k < width; k++) out[k] = out[k]! + one * values[a + k]!;
  }
  for (let k = 0; k < width; k++) out[k] = element(out[k]!);
};
