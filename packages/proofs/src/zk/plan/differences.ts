/**
 * Differences of a maximum that are too many for one table: D = 2^k·upper + lower, both looked up. With `sign` the upper part
 * clamped to −1 .. 0 and `kept` what 2^k·sign + lower is clamped to from below by 0, relu(D) = 2^k·relu(upper) + kept: where
 * D is negative so is upper, and kept is 0; else sign is 0, and kept is lower. Lower, sign and kept are committed to beside the
 * relus; upper, its relu (`risen`) and 2^k·sign + lower (`joined`) are linear in what is.
 */
import type { Interval } from '@surety/programs';
import type { Place } from '../commit/place.ts';
import { P } from '../field/ext.ts';
import { bitsOf } from '../field/multilinear.ts';
import { MAX_TABLE_VARS, type TableSpec } from './tables.ts';

const COMMITTED = ['lower', 'sign', 'kept'] as const;
const DERIVED = ['upper', 'risen', 'joined'] as const;

export type WidePart = (typeof COMMITTED)[number] | (typeof DERIVED)[number];

export const WIDE_PARTS: { readonly committed: readonly WidePart[]; readonly derived: readonly WidePart[] } = {
  committed: COMMITTED,
  derived: DERIVED,
};

/** Where the parts of one level of a maximum lie and are looked up. */
export type WidePlaces = Readonly<Record<WidePart, Place>>;

export type Wide = {
  readonly k: number;
  /** Of (upper, risen). */
  readonly upper: TableSpec;
  /** Of (upper, sign). */
  readonly sign: TableSpec;
  readonly lower: TableSpec;
  /** Of (joined, kept). */
  readonly kept: TableSpec;
};

/** Which parts are looked up in which table. */
export const wideLookups = ({ upper, sign, lower, kept }: Wide): readonly (readonly [TableSpec, ...WidePart[]])[] => [
  [upper, 'upper', 'risen'],
  [sign, 'upper', 'sign'],
  [lower, 'lower'],
  [kept, 'joined', 'kept'],
];

/** What the tables let differences be. */
export const wideRange = ({ k, upper }: Wide): Interval => {
  const { from, to } = upper as Extract<TableSpec, { kind: 'clamp' }>;
  return { low: from * 2 ** k, high: (to + 1) * 2 ** k - 1 };
};

const clamp = (from: number, to: number, low: number, high: number): TableSpec => ({
  kind: 'clamp',
  from,
  to,
  offset: 0,
  low,
  high,
});

const withBits = ({ low, high }: Interval, k: number): Wide => {
  const [from, to] = [Math.floor(low / 2 ** k), Math.floor(high / 2 ** k)];
  const top = 2 ** k - 1;
  return {
    k,
    upper: clamp(from, to, 0, to),
    sign: clamp(from, to, -1, 0),
    lower: { kind: 'range', low: 0, high: top },
    kept: clamp(-top - 1, top, 0, top),
  };
};

/** The split of differences whose tables are the shortest; null where none is short enough, or sums could wrap around. */
export const wideOf = (difference: Interval): Wide | null => {
  const size = difference.high - difference.low + 1;
  let best: Wide | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (let k = 1; k < MAX_TABLE_VARS; k++) {
    const upper = bitsOf(Math.ceil(size / 2 ** k) + 1);
    const rows = 2 ** (upper + 1) + 3 * 2 ** k;
    if (upper <= MAX_TABLE_VARS && rows < least) [best, least] = [withBits(difference, k), rows];
  }
  if (best === null) return null;
  const looked = wideRange(best);
  return Math.max(difference.high - looked.low, looked.high - difference.low) < P ? best : null;
};

/** A part of a difference below 2^31. */
export const partOf = (part: WidePart, k: number): ((difference: number) => number) => {
  const mask = 2 ** k - 1;
  switch (part) {
    case 'lower':
      return (d) => d & mask;
    case 'sign':
      return (d) => (d < 0 ? -1 : 0);
    case 'kept':
      return (d) => (d < 0 ? 0 : d & mask);
    case 'upper':
      return (d) => d >> k;
    case 'risen':
      return (d) => Math.max(d >> k, 0);
    case 'joined':
      return (d) => (d & mask) - (d < 0 ? mask + 1 : 0);
  }
};
