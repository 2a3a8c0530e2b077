/**
 * Hidden inputs of more values than a table has rows. That v lies in low .. high is said twice, of v − low and of high − v: each
 * is 2^k·upper + limb, the limb committed to, the upper part linear in it and v, both looked up. The two sums a and b of parts that
 * tables allow are each at most size − 2 + 2^k, and a + b = high − low as elements of M31. As integers too, since they differ by
 * less than p. So neither is below 0, and v is between.
 */
import type { Interval } from '@surety/programs';
import type { Place } from '../commit/place.ts';
import { bitsOf } from '../field/multilinear.ts';
import type { TableSpec } from './tables.ts';

/** From which end of its range an input is counted. */
export const ENDS = ['low', 'high'] as const;
export type End = (typeof ENDS)[number];

/** Where the parts of an input lie, counted from one end. */
export type WideParts = { readonly limb: Place; readonly upper: Place };

const sizeOf = ({ low, high }: Interval): number => high - low + 1;

/** Bits of a limb: about half of those of the range, so that both tables are short. */
export const limbBits = (range: Interval): number => Math.ceil(bitsOf(sizeOf(range)) / 2);

/** Most values of a range: size − 3 + 2^(k+1) is below p. */
export const MOST_WIDE = 2 ** 31 - 2 ** 18;

/** What limbs are looked up in, and upper parts. */
export const wideTables = (range: Interval): { readonly limb: TableSpec; readonly upper: TableSpec } => {
  const k = limbBits(range);
  return {
    limb: { kind: 'range', low: 0, high: 2 ** k - 1 },
    upper: { kind: 'range', low: 0, high: Math.floor((sizeOf(range) - 1) / 2 ** k) },
  };
};
