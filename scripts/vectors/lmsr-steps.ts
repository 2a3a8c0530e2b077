/**
 * The integer steps of spec/04-market.md written down once more, word for word and with tables computed on the spot
 * from the 512-bit mathematics: what `packages/markets` and `contracts/src/lmsr` must equal to the last bit.
 */
import { BITS, div, exp, LN2, ln, ONE, rational } from './lmsr-math.ts';

const Q128 = 1n << 128n;
const down = (value: bigint): bigint => value >> (BITS - 128n);
const twoTo = (numerator: bigint, denominator: bigint): bigint => exp((LN2 * numerator) / denominator);
const factorial = (k: bigint): bigint => (k < 2n ? 1n : k * factorial(k - 1n));
const power = (x: bigint, k: bigint): bigint => (k === 0n ? ONE : (power(x, k - 1n) * x) >> BITS);

const exp2 = (fraction: bigint): bigint => {
  const a = fraction >> 122n;
  const b = (fraction >> 116n) & 63n;
  const c = (fraction >> 110n) & 63n;
  const rest = fraction & ((1n << 110n) - 1n);
  let series = 0n;
  for (let k = 6n; k >= 1n; k -= 1n) series = down(power(LN2, k) / factorial(k)) + ((series * rest) >> 128n);
  series = (series * rest) >> 128n;
  let result = down(twoTo(a, 64n) / 2n);
  result += (result * down(twoTo(b, 4096n) - ONE)) >> 128n;
  result += (result * down(twoTo(c, 262_144n) - ONE)) >> 128n;
  return result + ((result * series) >> 128n);
};

const log2 = (value: bigint): bigint => {
  let octaves = 0n;
  while (value >> (128n + octaves) !== 0n) octaves += 1n;
  const leading = value >> (119n + octaves);
  const base = leading << (119n + octaves);
  const s = ((value - base) << 128n) / (value + base);
  const square = (s * s) >> 128n;
  let series = 0n;
  for (let k = 6n; k >= 0n; k -= 1n) series = down(div(2n * ONE, LN2) / (2n * k + 1n)) + ((series * square) >> 128n);
  return octaves * Q128 + down(div(ln(rational(leading, 256n)), LN2)) + ((s * series) >> 128n);
};

/** ℓ = S / log2 n with 64 fractional bits, rounded down. */
export const perOctaveQ64 = (subsidyMicroUsd: bigint, outcomes: number): bigint => {
  const exact = Math.log2(outcomes);
  const log2Outcomes = Number.isInteger(exact)
    ? BigInt(exact) * Q128
    : down(div(ln(BigInt(outcomes) << BITS), LN2)) + 1n;
  return (subsidyMicroUsd << 192n) / log2Outcomes;
};

const potentialQ128 = (quantities: readonly bigint[], perOctave: bigint): bigint => {
  const rate = ((1n << 256n) - 1n) / perOctave + 1n;
  const scaled = quantities.map((quantity) => (quantity * rate) >> 64n);
  const exponents = scaled.map((one) => one >> 128n);
  let top = exponents[0]!;
  for (const exponent of exponents) if (exponent > top) top = exponent;
  let sum = 0n;
  scaled.forEach((one, j) => {
    sum += exp2(one & (Q128 - 1n)) >> (top - exponents[j]!);
  });
  return top * Q128 + log2(sum);
};

/** Cost before rounding, micro-dollars with 192 fractional bits. */
export const costQ192 = (
  subsidyMicroUsd: bigint,
  quantities: readonly bigint[],
  outcome: number,
  delta: bigint,
): bigint => {
  const perOctave = perOctaveQ64(subsidyMicroUsd, quantities.length);
  const after = quantities.map((quantity, j) => (j === outcome ? quantity + delta : quantity));
  return (potentialQ128(after, perOctave) - potentialQ128(quantities, perOctave)) * perOctave;
};
