/** Real factors as integers over one power of two, as large as the accumulator allows (spec 12.3, 12.4). */
import { halfOf } from '../bounds.ts';
import { roundHalfEven } from '../encoding.ts';
import { LIMITS } from '../program.ts';
import { I32_MAX } from '../tensor.ts';

/** Integers with `c[i] · 2^−shift` near the factors; `d` likewise. */
export type Multipliers = { readonly c: readonly number[]; readonly d: number; readonly shift: number };

const whole = (x: number): number => roundHalfEven(x) + 0;

/**
 * The best multipliers whose sum of terms stays within the accumulator, or `null` when even shift 0 overflows.
 * @param factors what to multiply by, in units of the result
 * @param magnitudes largest absolute value of each operand
 * @param offset what to add, in units of the result
 */
export const multipliersOf = (
  factors: readonly number[],
  magnitudes: readonly number[],
  offset: number,
): Multipliers | null => {
  const reach = factors.reduce((sum, factor, i) => sum + Math.abs(factor) * magnitudes[i]!, Math.abs(offset));
  const first = reach === 0 ? 0 : Math.floor(Math.log2(I32_MAX / reach));
  for (let shift = Math.min(first + 1, LIMITS.shift); shift >= 0; shift--) {
    const c = factors.map((factor) => whole(factor * 2 ** shift));
    const d = whole(offset * 2 ** shift);
    const terms = c.reduce((sum, k, i) => sum + Math.abs(k) * magnitudes[i]!, Math.abs(d));
    if (terms <= I32_MAX - halfOf(shift)) return reduced({ c, d, shift });
  }
  return null;
};

/** By how much each rounded multiplier can move the result, in units of the result. */
export const multiplierErrors = (
  { c, shift }: Multipliers,
  factors: readonly number[],
  magnitudes: readonly number[],
): number[] => c.map((k, i) => Math.abs(k / 2 ** shift - factors[i]!) * magnitudes[i]!);

/** The same rounding with the smallest numbers: common factors of two taken out. */
const reduced = ({ c, d, shift }: Multipliers): Multipliers => {
  let [cs, offset, by] = [c, d, shift];
  while (by > 0 && offset % 2 === 0 && cs.every((k) => k % 2 === 0)) {
    cs = cs.map((k) => k / 2 + 0);
    offset = offset / 2 + 0;
    by--;
  }
  return { c: cs, d: offset, shift: by };
};
