/** Scores of classifiers and forecasts. */
import { type Random, random } from '../../packages/analysts/training/random.ts';

const RESAMPLES = 2_000;

export type Interval = { readonly low: number; readonly high: number };

/** What is left of resampled values when a fortieth is cut off at either end. */
export const middle = (values: Float64Array): Interval => {
  values.sort();
  return { low: values[Math.floor(values.length * 0.025)]!, high: values[Math.floor(values.length * 0.975)]! };
};

/** Share of `scams` scored above the threshold that lets `falsePositives` of `legitimate` through; ties count against. */
export const caughtAt = (scams: readonly number[], legitimate: ArrayLike<number>, falsePositives: number): number => {
  const sorted = Float64Array.from(legitimate).sort();
  const threshold = sorted.at(-1 - Math.floor(sorted.length * falsePositives)) ?? Number.POSITIVE_INFINITY;
  return scams.filter((score) => score > threshold).length / Math.max(1, scams.length);
};

/** 95 % interval of that share over the legitimate hosts, which set the threshold by their few highest scores. */
export const caughtInterval = (
  scams: readonly number[],
  legitimate: readonly number[],
  falsePositives: number,
  seed = 1,
): Interval => {
  const draw = random(seed);
  const again = (): Float64Array =>
    Float64Array.from(legitimate, () => legitimate[Math.floor(draw() * legitimate.length)]!);
  return middle(Float64Array.from({ length: RESAMPLES }, () => caughtAt(scams, again(), falsePositives)));
};

/** Brier score of one probability of "scam" (0 to 1; 0.25 for a coin). */
export const brierOf = (ppm: number, scam: boolean): number => (ppm / 1e6 - (scam ? 1 : 0)) ** 2;

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);

const resampledMean = (values: Float64Array, draw: Random): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[Math.floor(draw() * values.length)]!;
  return sum / values.length;
};

/** 95 % interval of the mean of paired differences, by bootstrap with a fixed seed. */
export const pairedInterval = (differences: readonly number[], seed = 1): Interval => {
  const draw = random(seed);
  const values = Float64Array.from(differences);
  return middle(Float64Array.from({ length: RESAMPLES }, () => resampledMean(values, draw)));
};
