/**
 * The logarithmic market scoring rule as integers. The state of a market is its quantity vector; everything else in a
 * {@link Curve} is derived from it (and from subsidy and number of outcomes) and cached so that a trade costs one
 * exponential and one logarithm.
 *
 * With ℓ = b·ln 2 = S / log2 n the cost of moving from quantities q to q' is ℓ·(Λ(q') − Λ(q)), where
 * Λ(q) = log2 Σ 2^(q_j/ℓ). That is b·log1p(p·expm1(Δ/b)) written as a difference of one integer potential, so costs
 * telescope exactly: whatever the order of trades, only the rounding of each charge (up) is left over. See
 * spec/04-market.md and docs/decisions/market-arithmetic.md.
 */
import { exp2, log2 } from './fixed.ts';
import { LOG2_OUTCOMES } from './generated/tables.ts';
import { insistOn } from './problem.ts';

/** Fewest and most outcomes of a market. */
export const OUTCOMES = { min: 2, max: 16 } as const;
/** Smallest ($0.001) and largest ($1 billion) subsidy, in micro-dollars. */
export const SUBSIDY_MICRO_USD = { min: 1_000n, max: 1_000_000_000_000_000n } as const;
/** No quantity may exceed this many micro-shares in either direction. */
export const MAX_QUANTITY = 1n << 60n;
/** A trade that would take any price below one part in this many is refused. */
export const PRICE_FLOOR_INVERSE = 1_000_000_000n;

/** What never changes while a market lives. */
export type Liquidity = {
  readonly outcomes: number;
  readonly subsidyMicroUsd: bigint;
  /** ℓ = b·ln 2 in micro-dollars with 64 fractional bits, rounded down. */
  readonly perOctaveQ64: bigint;
  /** 1/ℓ with 192 fractional bits, rounded up. */
  readonly rateQ192: bigint;
};

/** A point on the cost curve. Every field but `quantities` is derived. */
export type Curve = {
  readonly liquidity: Liquidity;
  /** Outstanding micro-shares of each outcome. */
  readonly quantities: readonly bigint[];
  /** 2^(q_j/ℓ) = mantissa_j · 2^(exponent_j − 127), with mantissa in [2^127, 2^128). */
  readonly exponents: readonly number[];
  readonly mantissas: readonly bigint[];
  /** The largest exponent, and the sum of all weights at that scale. */
  readonly top: number;
  readonly sum: bigint;
  /** Λ(q), Q128. */
  readonly potentialQ128: bigint;
};

/**
 * The constants of a market of `outcomes` outcomes whose maker risks `subsidyMicroUsd`; b = S / ln n, rounded down.
 * @throws {SuretyError} `input.out-of-range` outside {@link OUTCOMES} or {@link SUBSIDY_MICRO_USD}
 */
export const liquidityOf = (subsidyMicroUsd: bigint, outcomes: number): Liquidity => {
  const { min, max } = SUBSIDY_MICRO_USD;
  const known = Number.isInteger(outcomes) && outcomes >= OUTCOMES.min && outcomes <= OUTCOMES.max;
  insistOn(known, 'outcomes', outcomes, `${OUTCOMES.min} .. ${OUTCOMES.max}`);
  insistOn(subsidyMicroUsd >= min && subsidyMicroUsd <= max, 'subsidyMicroUsd', subsidyMicroUsd, `${min} .. ${max}`);
  const perOctaveQ64 = (subsidyMicroUsd << 192n) / LOG2_OUTCOMES[outcomes - 2]!;
  const rateQ192 = ((1n << 256n) - 1n) / perOctaveQ64 + 1n;
  return { outcomes, subsidyMicroUsd, perOctaveQ64, rateQ192 };
};

const settleSums = (
  liquidity: Liquidity,
  quantities: readonly bigint[],
  exponents: readonly number[],
  mantissas: readonly bigint[],
): Curve => {
  let top = exponents[0]!;
  for (const exponent of exponents) if (exponent > top) top = exponent;
  let sum = 0n;
  for (let j = 0; j < mantissas.length; j += 1) sum += mantissas[j]! >> BigInt(top - exponents[j]!);
  const potentialQ128 = (BigInt(top) << 128n) + log2(sum);
  return { liquidity, quantities, exponents, mantissas, top, sum, potentialQ128 };
};

const insistOnQuantity = (quantity: bigint): void => {
  const known = quantity <= MAX_QUANTITY && quantity >= -MAX_QUANTITY;
  insistOn(known, 'quantity', quantity, '-2^60 .. 2^60 micro-shares');
};

/** q/ℓ as Q128, rounded down: the exponent of an outcome's weight. */
export const exponentQ128 = (liquidity: Liquidity, quantity: bigint): bigint => (quantity * liquidity.rateQ192) >> 64n;

/**
 * The point whose weights are 2^(exponent/2^128). {@link curveAt} is this with the exponents of `quantities`; tests
 * use it for quantities finer than a micro-share.
 */
export const curveFromExponents = (
  liquidity: Liquidity,
  quantities: readonly bigint[],
  exponentsQ128: readonly bigint[],
): Curve =>
  settleSums(
    liquidity,
    quantities,
    exponentsQ128.map((exponent) => Number(exponent >> 128n)),
    exponentsQ128.map((exponent) => exp2(BigInt.asUintN(128, exponent))),
  );

/**
 * The point with these quantities. Pure: equal inputs give equal curves, however they were reached.
 * @throws {SuretyError} `input.out-of-range` for a wrong number of quantities or one beyond {@link MAX_QUANTITY}
 */
export const curveAt = (liquidity: Liquidity, quantities: readonly bigint[]): Curve => {
  insistOn(quantities.length === liquidity.outcomes, 'quantities.length', quantities.length, `${liquidity.outcomes}`);
  for (const quantity of quantities) insistOnQuantity(quantity);
  return curveFromExponents(
    liquidity,
    quantities,
    quantities.map((quantity) => exponentQ128(liquidity, quantity)),
  );
};

/**
 * The point after `delta` micro-shares of one outcome are bought (or sold, below zero).
 * Equal to {@link curveAt} of the new quantities.
 * @throws {SuretyError} `input.out-of-range` beyond {@link MAX_QUANTITY}
 */
export const moveCurve = (curve: Curve, outcome: number, delta: bigint): Curve => {
  const quantity = curve.quantities[outcome]! + delta;
  insistOnQuantity(quantity);
  const quantities = curve.quantities.slice();
  const exponents = curve.exponents.slice();
  const mantissas = curve.mantissas.slice();
  const scaled = exponentQ128(curve.liquidity, quantity);
  quantities[outcome] = quantity;
  exponents[outcome] = Number(scaled >> 128n);
  mantissas[outcome] = exp2(BigInt.asUintN(128, scaled));
  return settleSums(curve.liquidity, quantities, exponents, mantissas);
};

/** Exact cost of moving between two points, in micro-dollars with 192 fractional bits, before any rounding. */
export const costQ192 = (before: Curve, after: Curve): bigint =>
  (after.potentialQ128 - before.potentialQ128) * before.liquidity.perOctaveQ64;

/**
 * What the trader is charged for moving between two points, in micro-dollars: rounded up, so that a sale (below zero)
 * pays out rounded down.
 */
export const chargeMicroUsd = (before: Curve, after: Curve): bigint => -(-costQ192(before, after) >> 192n);

/** The weight of an outcome at the scale of {@link Curve.sum}. */
export const weightOf = (curve: Curve, outcome: number): bigint =>
  curve.mantissas[outcome]! >> BigInt(curve.top - curve.exponents[outcome]!);

/** The price of an outcome in parts of `scale` (10^6 for ppm, 10^9 for the price floor), rounded down. */
export const priceIn = (curve: Curve, outcome: number, scale: bigint): bigint =>
  (weightOf(curve, outcome) * scale) / curve.sum;

/** The probability of an outcome in parts per million, rounded down. */
export const pricePpm = (curve: Curve, outcome: number): number => Number(priceIn(curve, outcome, 1_000_000n));

/**
 * Every outcome's probability in parts per million, summing to 1,000,000: each rounded down, the remainder given one
 * by one to the largest fractions (the earlier outcome first among equals).
 */
export const pricesPpm = (curve: Curve): number[] => {
  const fractions: { readonly outcome: number; readonly rest: bigint }[] = [];
  const prices = curve.quantities.map((_, outcome) => {
    const scaled = weightOf(curve, outcome) * 1_000_000n;
    fractions.push({ outcome, rest: scaled % curve.sum });
    return Number(scaled / curve.sum);
  });
  fractions.sort((a, b) => (a.rest === b.rest ? a.outcome - b.outcome : a.rest > b.rest ? -1 : 1));
  const missing = 1_000_000 - prices.reduce((total, price) => total + price, 0);
  for (let k = 0; k < missing; k += 1) prices[fractions[k]!.outcome]! += 1;
  return prices;
};

/** The first outcome whose price lies below the floor of 1e-9, or -1. */
export const belowFloor = (curve: Curve): number => {
  const { exponents, top } = curve;
  for (let j = 0; j < exponents.length; j += 1) {
    // A weight within 2^-25 of the largest is at least 2^-29 of the sum, which lies above the floor.
    if (top - exponents[j]! > 24 && weightOf(curve, j) * PRICE_FLOOR_INVERSE < curve.sum) return j;
  }
  return -1;
};
