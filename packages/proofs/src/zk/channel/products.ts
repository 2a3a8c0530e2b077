/**
 * That `c_i = a_i·b_i` for values that a verifier knows only forms of (the check of SNIPs: Corrigan-Gibbs and Boneh, Prio, NSDI
 * 2017). A and B are the polynomials through the factors at 1 .. m and through a pad of their own at 0, H = A·B takes the
 * products at 1 .. m; at a random τ all three are linear in what was sent, and A(τ), B(τ) are uniform, so they can be shown.
 * A false product survives at the roots of a polynomial of degree 2m: 2m of about 2^124 challenges.
 */
import { add, type Ext, ext, inverse1, mul, mul1, ONE, P, scale, sub, ZERO } from '../field/ext.ts';
import { combined, type Form } from './form.ts';

/**
 * Lagrange's coefficients of the points 0 .. degree at `at`: a polynomial of that degree is `Σ coefficient_i·value_i` there.
 * @param at none of those points
 */
export const lagrange = (degree: number, at: Ext, divide: (a: Ext) => Ext): Ext[] => {
  // Π_{j ≠ i} (i − j) = (−1)^(degree − i) · i! · (degree − i)!
  const factorials = [1];
  for (let i = 1; i <= degree; i++) factorials.push(mul1(factorials[i - 1]!, i));
  const differences = Array.from({ length: degree + 1 }, (_, i) => sub(at, ext(i)));
  const before = [ONE];
  for (const difference of differences) before.push(mul(before.at(-1)!, difference));
  const whole = before[degree + 1]!;
  return differences.map((difference, i) => {
    const weight = inverse1(mul1(factorials[i]!, factorials[degree - i]!));
    const signed = (degree - i) % 2 === 0 || weight === 0 ? weight : P - weight;
    return scale(mul(whole, divide(difference)), signed);
  });
};

/**
 * Coefficients by which the values of a polynomial of that degree at 0 .. degree give that at an integer beyond.
 * @param at above degree
 */
const beyond = (degree: number, at: number): number[] => {
  let whole = 1;
  for (let j = 0; j <= degree; j++) whole = mul1(whole, at - j);
  const coefficients: number[] = [];
  // C(degree, i)·(−1)^(degree − i) / degree!, step by step.
  let binomial = 1;
  let factorial = 1;
  for (let j = 2; j <= degree; j++) factorial = mul1(factorial, j);
  const scaleBy = mul1(whole, inverse1(factorial));
  for (let i = 0; i <= degree; i++) {
    const value = mul1(mul1(binomial, scaleBy), inverse1(at - i));
    coefficients.push((degree - i) % 2 === 0 || value === 0 ? value : P - value);
    binomial = mul1(mul1(binomial, degree - i), inverse1(i + 1));
  }
  return coefficients;
};

/** The values of `A·B` that the products leave open: at 0, and at m + 1 .. 2m. `a` and `b` are the values at 0 .. m. */
export const openValues = (a: readonly Ext[], b: readonly Ext[]): Ext[] => {
  const m = a.length - 1;
  const values = [mul(a[0]!, b[0]!)];
  for (let point = m + 1; point <= 2 * m; point++) {
    const weights = beyond(m, point);
    const there = (all: readonly Ext[]): Ext =>
      all.reduce((total, value, i) => add(total, scale(value, weights[i]!)), ZERO);
    values.push(mul(there(a), there(b)));
  }
  return values;
};

/** The form of a polynomial at τ, out of those of its values at 0, 1, … */
export const formAt = (values: readonly Form[], coefficients: readonly Ext[]): Form =>
  combined(values.map((value, i) => [value, coefficients[i]!]));
