/**
 * Amounts for people. Arithmetic stays in whole micro-USD; only the text is shortened, and never to a
 * value that reads as more than there is: a positive amount below what is shown becomes `< $0.01`.
 */

const MICRO = 1_000_000n;

const grouped = (whole: bigint): string => whole.toString().replace(/\B(?=(\d{3})+$)/g, ',');

/** Micro-USD as dollars with two decimals, rounded towards zero: `"1234567"` → `$1.23`. */
export const dollars = (microUsd: string | bigint): string => {
  const value = BigInt(microUsd);
  const size = value < 0n ? -value : value;
  const sign = value < 0n ? '−' : '';
  if (size > 0n && size < 10_000n) return value < 0n ? '> −$0.01' : '< $0.01';
  return `${sign}$${grouped(size / MICRO)}.${((size % MICRO) / 10_000n).toString().padStart(2, '0')}`;
};

/** Micro-USD with every digit that matters, at least two decimals: `"1234567"` → `$1.234567`. */
export const dollarsExact = (microUsd: string | bigint): string => {
  const value = BigInt(microUsd);
  const size = value < 0n ? -value : value;
  const decimals = (size % MICRO)
    .toString()
    .padStart(6, '0')
    .replace(/0{1,4}$/, '');
  return `${value < 0n ? '−' : ''}$${grouped(size / MICRO)}.${decimals}`;
};

/** Micro-shares with two decimals, towards zero; a positive number below that is `< 0.01`. */
export const shares = (microShares: string | bigint): string => {
  const value = BigInt(microShares);
  const size = value < 0n ? -value : value;
  if (size > 0n && size < 10_000n) return value < 0n ? '> −0.01' : '< 0.01';
  return `${value < 0n ? '−' : ''}${grouped(size / MICRO)}.${((size % MICRO) / 10_000n).toString().padStart(2, '0')}`;
};

/**
 * Dollars as somebody types them, to micro-USD. `null` for anything that is not a plain amount with at
 * most six decimals.
 */
export const parseDollars = (text: string): bigint | null => {
  const match = /^\$?\s*(\d{1,9})(?:[.,](\d{1,6}))?$/.exec(text.trim());
  if (match === null) return null;
  return BigInt(match[1] ?? '0') * MICRO + BigInt((match[2] ?? '').padEnd(6, '0'));
};

/** Parts per million as a percentage that never rounds a possibility away: `999_600` → `> 99 %`. */
export const percent = (ppm: number): string => {
  if (ppm <= 0) return '0 %';
  if (ppm >= 1_000_000) return '100 %';
  if (ppm < 10_000) return '< 1 %';
  if (ppm > 990_000) return '> 99 %';
  return `${Math.round(ppm / 10_000)} %`;
};
