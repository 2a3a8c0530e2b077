/** One probability out of many: for comparison with the market, which aggregates by money. */
import { exp2 } from './fixed.ts';
import { log2Wide } from './sizing.ts';

/** A belief in parts per million and its weight. */
export type Weighted = { readonly probabilityPpm: number; readonly weight: bigint };

const PPM = 1_000_000n;

const clamp = (ppm: number): bigint => BigInt(Math.min(999_999, Math.max(1, ppm)));

const total = (beliefs: readonly Weighted[]): bigint => beliefs.reduce((sum, { weight }) => sum + weight, 0n);

/** Weighted mean of probabilities, rounded down; `null` without weight. */
export const meanPpm = (beliefs: readonly Weighted[]): number | null => {
  const all = total(beliefs);
  if (all === 0n) return null;
  return Number(beliefs.reduce((sum, { probabilityPpm, weight }) => sum + BigInt(probabilityPpm) * weight, 0n) / all);
};

/**
 * Weighted mean of log-odds, extremised by a factor (1,000,000 ppm for none), rounded to the nearest part per million
 * within 1 .. 999,999; `null` without weight. On model forecasts a factor of 1.2 scored best; it hurts forecasts of
 * practised people.
 */
export const meanLogOddsPpm = (
  beliefs: readonly Weighted[],
  options: { readonly extremisePpm?: number } = {},
): number | null => {
  const all = total(beliefs);
  if (all === 0n) return null;
  let sum = 0n;
  for (const { probabilityPpm, weight } of beliefs) {
    const p = clamp(probabilityPpm);
    sum += (log2Wide(p) - log2Wide(PPM - p)) * weight;
  }
  const odds = (sum * BigInt(options.extremisePpm ?? 1_000_000)) / (all * PPM);
  // p = 1 / (1 + 2^−odds); beyond 2^±30 it is clamped anyway.
  const size = odds < 0n ? -odds : odds;
  const octaves = size >> 128n;
  if (octaves > 30n) return odds < 0n ? 1 : 999_999;
  const ratio = exp2(BigInt.asUintN(128, size)) << octaves;
  const one = 1n << 127n;
  const larger = Number((ratio * PPM * 2n + ratio + one) / ((ratio + one) * 2n));
  return Number(clamp(odds < 0n ? 1_000_000 - larger : larger));
};
