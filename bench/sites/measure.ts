/** Scores of classifiers and forecasts. */
import { type Random, random } from '../../packages/analysts/training/random.ts';

/** Share of `scams` scored above the threshold that lets `falsePositives` of `legitimate` through; ties count against. */
export const caughtAt = (scams: readonly number[], legitimate: readonly number[], falsePositives: number): number => {
  const sorted = [...legitimate].sort((a, b) => b - a);
  const threshold = sorted[Math.floor(sorted.length * falsePositives)] ?? Number.POSITIVE_INFINITY;
  return scams.filter((score) => score > threshold).length / Math.max(1, scams.length);
};

/** Brier score of one probability of "scam" (0 to 1; 0.25 for a coin). */
export const brierOf = (ppm: number, scam: boolean): number => (ppm / 1e6 - (scam ? 1 : 0)) ** 2;

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);

const RESAMPLES = 2_000;

const resampledMean = (values: Float64Array, draw: Random): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[Math.floor(draw() * values.length)]!;
  return sum / values.length;
};

/** 95 % interval of the mean of paired differences, by bootstrap with a fixed seed. */
export const pairedInterval = (
  differences: readonly number[],
  seed = 1,
): { readonly low: number; readonly high: number } => {
  const draw = random(seed);
  const values = Float64Array.from(differences);
  const means = Float64Array.from({ length: RESAMPLES }, () => resampledMean(values, draw)).sort();
  return { low: means[Math.floor(RESAMPLES * 0.025)]!, high: means[Math.floor(RESAMPLES * 0.975)]! };
};
