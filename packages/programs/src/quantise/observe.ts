/** What calibration data showed of a value. */
import type { Interval } from '../tensor.ts';

export type Observation = {
  /** Smallest and largest number seen. */
  readonly range: Interval;
  /** Largest absolute value seen. */
  readonly amplitude: number;
  /** Where to clip for the smallest mean squared error of 8 bits; at most the amplitude. */
  readonly clip: number;
};

const BINS = 2_048;

/** Mean squared error of clipping a histogram of absolute values at some bin and rounding below it to 127 steps. */
const errorOfClip = (bins: Float64Array, width: number, last: number): number => {
  const clip = last * width;
  const rounding = (clip / 127) ** 2 / 12;
  let error = 0;
  for (let bin = 0; bin < bins.length; bin++) {
    if (bins[bin] === 0) continue;
    const over = (bin + 0.5) * width - clip;
    error += bins[bin]! * (over > 0 ? over * over : rounding);
  }
  return error;
};

/** The observation of all numbers of a value, over all samples; numbers that are not finite are left out. */
export const observe = (samples: readonly ArrayLike<number>[]): Observation => {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const sample of samples) {
    for (let i = 0; i < sample.length; i++) {
      const x = sample[i]!;
      if (!Number.isFinite(x)) continue;
      if (x < low) low = x;
      if (x > high) high = x;
    }
  }
  if (low > high) return { range: { low: 0, high: 0 }, amplitude: 0, clip: 0 };
  const amplitude = Math.max(Math.abs(low), Math.abs(high));
  return { range: { low, high }, amplitude, clip: bestClip(samples, amplitude) };
};

const bestClip = (samples: readonly ArrayLike<number>[], amplitude: number): number => {
  if (amplitude === 0) return 0;
  const bins = new Float64Array(BINS);
  const width = amplitude / BINS;
  for (const sample of samples) {
    for (let i = 0; i < sample.length; i++) {
      const size = Math.abs(sample[i]!);
      // Zeros are exact in every unit.
      if (size > 0 && size <= amplitude) bins[Math.min(BINS - 1, Math.floor(size / width))]! += 1;
    }
  }
  let best = BINS;
  let least = errorOfClip(bins, width, BINS);
  for (let last = BINS; last >= BINS / 8; last -= BINS / 64) {
    const error = errorOfClip(bins, width, last);
    if (error < least) [best, least] = [last, error];
  }
  return best * width;
};
