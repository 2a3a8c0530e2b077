/**
 * `exp`, `log` and the logistic function from additions, multiplications and divisions only. JavaScript leaves
 * `Math.exp` and `Math.log` to the engine; these give the same bits everywhere, so training gives the same bytes everywhere.
 */

const LN2_HIGH = 0.693145751953125;
const LN2_LOW = 1.4286068203094173e-6;

/** e^x, relative error below 1e-14, for |x| up to 60; larger arguments are cut there. */
export const exp = (x: number): number => {
  const cut = Math.max(-60, Math.min(60, x));
  const k = Math.floor(cut / (LN2_HIGH + LN2_LOW) + 0.5);
  const r = cut - k * LN2_HIGH - k * LN2_LOW;
  let term = 1;
  let sum = 1;
  for (let i = 1; i <= 14; i++) {
    term = (term * r) / i;
    sum += term;
  }
  return sum * 2 ** k;
};

/** 1 / (1 + e^-x). */
export const sigmoid = (x: number): number => 1 / (1 + exp(-x));

const LN2 = LN2_HIGH + LN2_LOW;

/** Natural logarithm of a number above 0, relative error below 1e-12 away from 1. */
export const log = (x: number): number => {
  let mantissa = x;
  let power = 0;
  for (; mantissa > 1.5; mantissa /= 2) power++;
  for (; mantissa < 0.75; mantissa *= 2) power--;
  const s = (mantissa - 1) / (mantissa + 1);
  let term = s;
  let sum = 0;
  for (let i = 1; i <= 31; i += 2) {
    sum += term / i;
    term *= s * s;
  }
  return power * LN2 + 2 * sum;
};
