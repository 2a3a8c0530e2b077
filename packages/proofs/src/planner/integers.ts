/** Whole-number arithmetic with its rounding direction in the name. Nothing that is divided is below zero. */

/** One, in parts per million. */
export const PPM = 1_000_000n;

/** One, in parts of 10^18: the scale of chances that are far below a part per million. */
export const E18 = 10n ** 18n;

/** `a / b`, rounded up. */
export const ceilDiv = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;

/** The largest of some. */
export const larger = (first: bigint, ...others: readonly bigint[]): bigint => {
  let most = first;
  for (const value of others) if (value > most) most = value;
  return most;
};

/** The smaller of two. */
export const smaller = (a: bigint, b: bigint): bigint => -larger(-a, -b);
