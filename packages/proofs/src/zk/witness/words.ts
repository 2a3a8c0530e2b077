/** Integers of a run as padded words of M31. Words beyond the true values are left as they are: 0. */
import { halfOf, type Shape, type Tensor } from '@surety/programs';
import { P } from '../field/ext.ts';

import type { StagePart } from '../plan/plan.ts';
import type { Limb } from '../plan/stages.ts';
import { eachRun } from '../relations/vectors.ts';

type Read = (at: number, channel: number) => number;

const fill = (words: Uint32Array, shape: Shape, read: Read): void => {
  eachRun(shape, (from, to, length) => {
    for (let i = 0; i < length; i++) {
      const x = read(from + i, i);
      words[to + i] = x < 0 ? x + P : x;
    }
  });
};

/** As {@link fill}, of most of a witness: no call for each element. */
export const fillValue = (words: Uint32Array, { shape, values }: Tensor): void => {
  eachRun(shape, (from, to, length) => {
    for (let i = 0; i < length; i++) {
      const x = values[from + i]!;
      words[to + i] = x < 0 ? x + P : x;
    }
  });
};

/** z + half, and the shift, of an element. */
const rounded = ({ values }: Tensor, shifts: readonly number[]): ((at: number, channel: number) => number) => {
  const one = shifts.length === 1;
  const halves = shifts.map(halfOf);
  return one ? (at) => values[at]! + halves[0]! : (at, channel) => values[at]! + halves[channel]!;
};

/** Parts of the quotient p = (z + half) >> shift, less its base: see plan/stages.ts. */
const PARTS = {
  quotient: (p: number) => p,
  upper: (p: number, k: number) => p >> k,
  lower: (p: number, k: number) => p & ((1 << k) - 1),
  clipped: (p: number, k: number) => clip(p >> k),
  rejoined: (p: number, k: number) => (clip(p >> k) << k) + (p & ((1 << k) - 1)),
};

const clip = (upper: number): number => Math.min(Math.max(upper, -2), 1);

/** @param split where the stage splits its quotients */
export const fillQuotients = (
  words: Uint32Array,
  sums: Tensor,
  shifts: readonly number[],
  part: StagePart,
  { k, base }: { readonly k: number; readonly base: number },
): void => {
  const z = rounded(sums, shifts);
  const one = shifts.length === 1;
  const of = PARTS[part];
  fill(words, sums.shape, (at, channel) => of((z(at, channel) >> shifts[one ? 0 : channel]!) - base, k));
};

/**
 * How far an input is from an end of its range: the lower k bits of that, or what is above.
 * @param away of a value, not negative
 */
export const fillAway = (
  words: Uint32Array,
  { shape, values }: Tensor,
  away: (value: number) => number,
  part: 'limb' | 'upper',
  k: number,
): void => {
  const of = part === 'limb' ? (n: number) => n % 2 ** k : (n: number) => Math.floor(n / 2 ** k);
  fill(words, shape, (at) => of(away(values[at]!)));
};

/** Bits of what the shift takes away. */
export const fillRemainder = (words: Uint32Array, sums: Tensor, shifts: readonly number[], limb: Limb): void => {
  const z = rounded(sums, shifts);
  const one = shifts.length === 1;
  const masks = limb.bits.map((bits) => 2 ** bits - 1);
  fill(words, sums.shape, (at, channel) => (z(at, channel) >> limb.from) & masks[one ? 0 : channel]!);
};
