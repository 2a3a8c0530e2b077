/**
 * That `c_i = a_i·b_i` for values that a verifier knows only forms of (the check of SNIPs: Corrigan-Gibbs and Boneh, Prio, NSDI
 * 2017). A and B are the polynomials through the factors at 1 .. m and through a pad of their own at 0, H = A·B takes the
 * products at 1 .. m; at a random τ all three are linear in what was sent, and A(τ), B(τ) are uniform, so they can be shown.
 * A false product survives at the roots of a polynomial of degree 2m: 2m of about 2^124 challenges.
 */
import { add, type Ext, ext, inverse1, mul, mul1, ONE, P, scale, sub } from '../field/ext.ts';
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

/** The values of a polynomial at m + 1 .. 2m, out of those at 0 .. m, m its degree: by differences, which are only sums. */
const beyond = (values: readonly Ext[]): Ext[] => {
  // The last difference of each order; the highest is constant.
  const last: Ext[] = [];
  for (let row = values; row.length > 0; row = row.slice(1).map((value, i) => sub(value, row[i]!)))
    last.push(row.at(-1)!);
  const found: Ext[] = [];
  for (let point = 1; point < values.length; point++) {
    for (let order = last.length - 2; order >= 0; order--) last[order] = add(last[order]!, last[order + 1]!);
    found.push(last[0]!);
  }
  return found;
};

/** The values of `A·B` that the products leave open: at 0, and at m + 1 .. 2m. `a` and `b` are the values at 0 .. m. */
export const openValues = (a: readonly Ext[], b: readonly Ext[]): Ext[] => {
  const others = beyond(b);
  return [mul(a[0]!, b[0]!), ...beyond(a).map((value, i) => mul(value, others[i]!))];
};

/** The form of a polynomial at τ, out of those of its values at 0, 1, … */
export const formAt = (values: readonly Form[], coefficients: readonly Ext[]): Form =>
  combined(values.map((value, i) => [value, coefficients[i]!]));
