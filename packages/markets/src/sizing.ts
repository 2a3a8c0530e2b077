/** How many shares reach a price or use up an amount: the cost curve read backwards, in integers. */
import { exp2, log2 } from './fixed.ts';
import { type Curve, chargeMicroUsd, exponentQ128, MAX_QUANTITY, moveCurve } from './lmsr.ts';

/** Probabilities an order may name, in parts per million. */
export const PROBABILITY_PPM = { min: 1, max: 999_999 } as const;

const bitLength = (value: bigint): number => value.toString(2).length;

/** log2(value / 2^127) of any positive integer, as Q128. */
export const log2Wide = (value: bigint): bigint => {
  const shift = bitLength(value) - 128;
  const mantissa = shift >= 0 ? value >> BigInt(shift) : value << BigInt(-shift);
  return (BigInt(shift) << 128n) + log2(mantissa);
};

/** log2(2^h − 1) for a Q128 h > 0, as Q128; `null` when nothing is left at this precision. */
const log2LessOne = (headroomQ128: bigint): bigint | null => {
  const octaves = headroomQ128 >> 128n;
  if (octaves > 128n) return headroomQ128;
  const left = (exp2(BigInt.asUintN(128, headroomQ128)) << octaves) - (1n << 127n);
  return left > 0n ? log2Wide(left) : null;
};

/** log2 of the sum of all weights but one, as Q128. */
const othersQ128 = (curve: Curve, outcome: number): bigint => {
  let top = Number.MIN_SAFE_INTEGER;
  curve.exponents.forEach((exponent, j) => {
    if (j !== outcome && exponent > top) top = exponent;
  });
  let sum = 0n;
  curve.mantissas.forEach((mantissa, j) => {
    if (j !== outcome) sum += mantissa >> BigInt(top - curve.exponents[j]!);
  });
  return (BigInt(top) << 128n) + log2Wide(sum);
};

/**
 * Signed micro-shares of `outcome` that bring its price to `probabilityPpm`: above zero to buy, below zero to sell.
 * Rounded towards zero, so that the price ends on the near side of the target.
 */
export const sharesToPrice = (curve: Curve, outcome: number, probabilityPpm: number): bigint => {
  const target = BigInt(probabilityPpm);
  const odds = log2Wide(target) - log2Wide(1_000_000n - target);
  const quantityQ192 = (othersQ128(curve, outcome) + odds) * curve.liquidity.perOctaveQ64;
  const now = curve.quantities[outcome]!;
  const down = quantityQ192 >> 192n;
  if (down >= now) return down - now;
  const up = -(-quantityQ192 >> 192n);
  return up < now ? up - now : 0n;
};

/**
 * The most micro-shares of `outcome` that `amountMicroUsd` buys (fees apart), to within one; never more than it pays
 * for. Zero when it buys none; `null` when it would buy more than the engine can hold.
 */
export const sharesForAmount = (curve: Curve, outcome: number, amountMicroUsd: bigint): bigint | null => {
  if (amountMicroUsd <= 0n) return 0n;
  const { liquidity } = curve;
  // 2^Λ' after spending: the weight of this outcome is what is left of it above all others.
  const reachedQ128 = curve.potentialQ128 + exponentQ128(liquidity, amountMicroUsd);
  const others = othersQ128(curve, outcome);
  const share = reachedQ128 > others ? log2LessOne(reachedQ128 - others) : null;
  if (share === null) return 0n;
  const quantity = ((others + share) * liquidity.perOctaveQ64) >> 192n;
  if (quantity > MAX_QUANTITY) return null;
  let shares = quantity - curve.quantities[outcome]!;
  while (shares > 0n && chargeMicroUsd(curve, moveCurve(curve, outcome, shares)) > amountMicroUsd) shares -= 1n;
  return shares > 0n ? shares : 0n;
};
