/**
 * From a program's integers to parts per million, exactly: the results are defined by mathematics and computed in
 * integers, so they are the same on every machine (spec 06).
 */
import type { Encoding } from '@surety/programs';

const PPM = 1_000_000n;

/** `n · 2^shift`, rounded down. */
const shifted = (n: bigint, shift: number): bigint => (shift >= 0 ? n << BigInt(shift) : n >> BigInt(-shift));

/** e^−x for x = `fixed` / 2^`bits` in 0 .. 16, as a number of the same form; off by less than 2^40 units. */
const expMinus = (fixed: bigint, bits: number): bigint => {
  const one = 1n << BigInt(bits);
  let term = one;
  let sum = one;
  for (let i = 1n; term !== 0n; i++) {
    // Each step rounds down once, and later ones multiply what that lost by less than e^16 in all.
    term = (term * fixed) / (one * i);
    sum += i % 2n === 0n ? term : -term;
  }
  return sum;
};

/** The whole number nearest to 10^6 · 2^bits / (2^bits + e). */
const nearest = (e: bigint, bits: number): bigint => {
  const one = 1n << BigInt(bits);
  return (2n * PPM * one + one + e) / (2n * (one + e));
};

/**
 * The whole number nearest to 10^6 / (1 + e^−z) for z = `n · mantissa · 2^exponent`. There are no ties: e^z of a rational
 * z other than 0 is no rational number, and 0 gives 500,000. More digits are taken until both ends of the error agree.
 */
export const logisticPpm = (n: number, { mantissa, exponent }: Encoding): number => {
  const units = BigInt(n) * BigInt(mantissa);
  const size = units < 0n ? -units : units;
  // Beyond 15 the nearest number is 0 or a million; so many bits say that it is beyond 16.
  const beyond = size.toString(2).length + exponent > 5 || shifted(size, exponent) >= 15n;
  if (units === 0n) return 500_000;
  let ppm = beyond ? PPM : null;
  for (let bits = 128; ppm === null; bits *= 2) {
    const fixed = shifted(size, exponent + bits);
    const e = expMinus(fixed, bits);
    const off = 1n << 40n;
    const [low, high] = [nearest(e + off, bits), nearest(e > off ? e - off : 0n, bits)];
    if (low === high) ppm = low;
  }
  return Number(units > 0n ? ppm : PPM - ppm);
};

/** The whole number nearest to 10^6 · n · mantissa · 2^exponent, halves up, within 0 .. 10^6. */
export const probabilityPpm = (n: number, { mantissa, exponent }: Encoding): number => {
  const units = BigInt(n) * BigInt(mantissa);
  if (units <= 0n) return 0;
  if (units.toString(2).length + exponent > 1) return Number(PPM);
  const ppm = (shifted(2n * PPM * units, exponent) + 1n) >> 1n;
  return Number(ppm > PPM ? PPM : ppm);
};
