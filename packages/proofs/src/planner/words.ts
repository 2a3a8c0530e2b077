/** Numbers for people: money in whole cents, never too little; times of a minute and more in whole seconds, never too short. */
import { formatCents, formatDollars } from '@surety/core';
import { ceilDiv, E18, PPM } from './integers.ts';

export const dollars = formatCents;

/** Two amounts of which one is more: exactly, where they would be the same in cents. */
export const dollarsApart = (a: bigint, b: bigint): readonly [string, string] => {
  const told = [formatCents(a), formatCents(b)] as const;
  return told[0] === told[1] ? [formatDollars(a), formatDollars(b)] : told;
};

const UNITS = [
  ['d', 86_400_000n],
  ['h', 3_600_000n],
  ['min', 60_000n],
  ['s', 1_000n],
  ['ms', 1n],
] as const;

/** A time in all its units: `3 ms`, `1 h 2 min`; from a minute on rounded up to seconds. */
export const duration = (milliseconds: bigint): string => {
  let left = milliseconds < 60_000n ? milliseconds : ceilDiv(milliseconds, 1_000n) * 1_000n;
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    if (left >= size) parts.push(`${left / size} ${unit}`);
    left %= size;
  }
  return parts.length === 0 ? '0 s' : parts.join(' ');
};

/** Parts per million as percent: `25 %`, `0.0001 %`. */
export const percent = (ppm: number): string => {
  const rest = (ppm % 10_000).toString().padStart(4, '0').replace(/0+$/, '');
  return `${Math.trunc(ppm / 10_000)}${rest === '' ? '' : `.${rest}`} %`;
};

/** A chance above 0, in parts of 10^18, rounded towards likely: `18.7501 %`, or `1 in 1,024` below a tenth of a percent. */
export const chance = (chanceE18: bigint): string => {
  const ppm = ceilDiv(chanceE18 * PPM, E18);
  if (ppm >= 1_000n) return percent(Number(ppm));
  return `1 in ${(E18 / chanceE18).toString().replace(/\B(?=(\d{3})+$)/g, ',')}`;
};
