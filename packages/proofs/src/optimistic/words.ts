/** Money and time as findings say them. */

/** Micro-dollars in words. */
export const dollars = (microUsd: bigint): string => {
  const cents = (microUsd % 1_000_000n) / 10_000n;
  return `$${microUsd / 1_000_000n}.${cents.toString().padStart(2, '0')}`;
};

/** To the minute: `2027-01-15 08:00 UTC`. */
export const minute = (seconds: number): string =>
  `${new Date(seconds * 1_000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const UNITS = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const;

/** `1 hour`, `90 seconds`: in the largest unit of which it is a whole number. */
export const span = (seconds: number): string => {
  const [size, unit] = UNITS.find(([length]) => seconds % length === 0 && seconds >= length) ?? [1, 'second'];
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};
