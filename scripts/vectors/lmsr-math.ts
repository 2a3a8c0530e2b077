/**
 * High-precision reference mathematics for the market's tables and vectors: natural logarithm and exponential of
 * plain series at 512 fractional bits, and the cost function in its textbook form. Written to be obviously right
 * and to share nothing with `packages/markets`, which uses base-2 tables at 128 bits.
 */

/** Fractional bits of every value here. */
export const BITS = 512n;
export const ONE = 1n << BITS;

/** The fixed-point value of `numerator / denominator`. */
export const rational = (numerator: bigint, denominator = 1n): bigint => (numerator << BITS) / denominator;

export const mul = (x: bigint, y: bigint): bigint => (x * y) >> BITS;
export const div = (x: bigint, y: bigint): bigint => (x << BITS) / y;

/** 2·atanh(t) for |t| ≤ 1/3. */
const atanhTwice = (t: bigint): bigint => {
  const square = mul(t, t);
  let sum = 0n;
  let power = t;
  for (let k = 1n; power !== 0n && power !== -1n; k += 2n) {
    sum += power / k;
    power = mul(power, square);
  }
  return 2n * sum;
};

export const LN2: bigint = atanhTwice(ONE / 3n);

/** ln x for x > 0: halve or double into [1, 2), then the atanh series. */
export const ln = (x: bigint): bigint => {
  let scaled = x;
  let twos = 0n;
  for (; scaled >= 2n * ONE; scaled >>= 1n) twos += 1n;
  for (; scaled < ONE; scaled <<= 1n) twos -= 1n;
  return twos * LN2 + atanhTwice(div(scaled - ONE, scaled + ONE));
};

/** e^x: the Taylor series of x / 2^k, squared k times. */
export const exp = (x: bigint): bigint => {
  const twos = x >= 0n ? x / LN2 : -(-x / LN2) - 1n;
  const halvings = 8n;
  const reduced = (x - twos * LN2) >> halvings;
  let sum = ONE;
  let term = ONE;
  for (let k = 1n; term !== 0n; k += 1n) {
    term = mul(term, reduced) / k;
    sum += term;
  }
  for (let k = 0n; k < halvings; k += 1n) sum = mul(sum, sum);
  return twos >= 0n ? sum << twos : sum >> -twos;
};

/** e^x − 1 without cancellation for small x. */
export const expm1 = (x: bigint): bigint => {
  if (x > ONE / 4n || x < -ONE / 4n) return exp(x) - ONE;
  let sum = 0n;
  let term = ONE;
  for (let k = 1n; k < 200n; k += 1n) {
    term = mul(term, x) / k;
    sum += term;
  }
  return sum;
};

/** ln(1 + x) without cancellation for small x. */
export const log1p = (x: bigint): bigint =>
  x > ONE / 4n || x < -ONE / 4n ? ln(ONE + x) : atanhTwice(div(x, 2n * ONE + x));

/** b = S / ln n. */
export const liquidity = (subsidy: bigint, outcomes: number): bigint =>
  div(subsidy << BITS, ln(BigInt(outcomes) << BITS));

/** The price of every outcome, e^(q_i / b) over the sum; shifted by the largest quantity. */
export const prices = (b: bigint, quantities: readonly bigint[]): bigint[] => {
  let top = quantities[0]!;
  for (const quantity of quantities) if (quantity > top) top = quantity;
  const weights = quantities.map((quantity) => exp(div((quantity - top) << BITS, b)));
  const sum = weights.reduce((total, weight) => total + weight);
  return weights.map((weight) => div(weight, sum));
};

/**
 * Cost of `delta` units of `outcome`, in the form the issue states: b·log1p(p·expm1(Δ/b)), and for Δ > b
 * Δ + b·ln(p + (1−p)·e^(−Δ/b)). Quantities and delta are whole numbers; the result has {@link BITS} bits.
 */
export const cost = (b: bigint, quantities: readonly bigint[], outcome: number, delta: bigint): bigint => {
  const price = prices(b, quantities)[outcome]!;
  const ratio = div(delta << BITS, b);
  if (ratio <= ONE) return mul(b, log1p(mul(price, expm1(ratio))));
  return (delta << BITS) + mul(b, ln(price + mul(ONE - price, exp(-ratio))));
};
