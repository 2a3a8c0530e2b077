/** Ranges made coarser: so that tables are shared, and that what is declared of hidden constants tells little of them. */
import type { Interval } from '@surety/programs';

/** The largest value of fewest bits that is at least n: 0, 1, 3, 7, … */
const ones = (n: number): number => {
  let all = 0;
  while (all < n) all = 2 * all + 1;
  return all;
};

/** The integers of fewest bits, in two's complement or from 0 up, that hold a range. */
export const coarse = ({ low, high }: Interval): Interval => {
  const wide = Math.max(ones(high), low < 0 ? ones(-low - 1) : 0);
  return { low: low < 0 ? -wide - 1 : 0, high: wide };
};
