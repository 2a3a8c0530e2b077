/** Between real numbers and the integers that stand for them (spec 12.2): the border of a program, not part of it. */
import { SuretyError } from '@surety/core';
import type { Encoding } from './program.ts';
import type { Interval } from './tensor.ts';

/**
 * The double as `mantissa · 2^exponent` with an odd mantissa: every positive finite double has exactly one.
 * @throws {SuretyError} `input.out-of-range` for any other number
 */
export const encodingOf = (scale: number): Encoding => {
  if (!(scale > 0 && Number.isFinite(scale))) {
    throw new SuretyError({
      code: 'input.out-of-range',
      message: `No integer can stand for ${scale}.`,
      next: 'Say what one unit stands for: a positive number.',
      field: 'scale',
      value: `${scale}`,
      limit: 'above 0, and finite',
    });
  }
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, scale);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  let mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  let exponent = (biased === 0 ? 1 : biased) - 1075;
  while ((mantissa & 1n) === 0n) {
    mantissa >>= 1n;
    exponent++;
  }
  return { mantissa: Number(mantissa), exponent };
};

/** What one unit stands for. Exact: a product of a 53-bit integer and a power of two. */
export const unitOf = ({ mantissa, exponent }: Encoding): number =>
  // 2^exponent itself may be too small for a double where the product is not.
  exponent < -1000 ? mantissa * 2 ** -1000 * 2 ** (exponent + 1000) : mantissa * 2 ** exponent;

/** Nearest integer, halves to even; exact for every finite double. */
export const roundHalfEven = (x: number): number => {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
};

/**
 * Real numbers as integers of an encoding, clamped to a range.
 * @returns the integers, and how many had to be clamped: what lies beyond calibration is said, never hidden
 */
export const toIntegers = (
  reals: ArrayLike<number>,
  encoding: Encoding,
  range: Interval,
): { readonly integers: number[]; readonly clamped: number } => {
  const unit = unitOf(encoding);
  let clamped = 0;
  const integers = Array.from(reals, (x) => {
    const q = roundHalfEven(x / unit);
    if (q >= range.low && q <= range.high) return q + 0;
    clamped++;
    return q > range.high ? range.high : range.low;
  });
  return { integers, clamped };
};

/** The real numbers that integers of an encoding stand for, as the nearest doubles. */
export const toReals = (integers: ArrayLike<number>, encoding: Encoding): number[] => {
  const unit = unitOf(encoding);
  return Array.from(integers, (q) => q * unit);
};
