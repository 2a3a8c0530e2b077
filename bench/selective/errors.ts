/** How jurors err together, and what their probabilities are worth. All of it at a prior of one half. */
import { random } from '../../packages/analysts/training/random.ts';
import { type Interval, middle } from '../sites/measure.ts';
import type { Question } from './questions.ts';

const HALF_PPM = 500_000;

/** Whether a juror that had to say one thing would be wrong; `null` where it does not read the question. */
const errs = ({ bad, leans }: Question, juror: number): number | null => {
  const lean = leans[juror] ?? null;
  return lean === null ? null : Number(lean !== bad);
};

/** Correlation of two jurors' errors where both read the question (phi coefficient); `null` where one never or always errs. */
export const errorCorrelation = (
  questions: readonly Question[],
  weights: ArrayLike<number>,
  [a, b]: readonly [number, number],
): number | null => {
  let [mass, ofA, ofB, both] = [0, 0, 0, 0];
  questions.forEach((question, i) => {
    const [x, y] = [errs(question, a), errs(question, b)];
    if (x === null || y === null) return;
    const weight = weights[i]!;
    mass += weight;
    ofA += weight * x;
    ofB += weight * y;
    both += weight * x * y;
  });
  const [p, q] = [ofA / mass, ofB / mass];
  const spread = p * (1 - p) * q * (1 - q);
  return spread > 0 ? (both / mass - p * q) / Math.sqrt(spread) : null;
};

/** 95 % interval of a correlation, over the questions. */
export const correlationInterval = (
  questions: readonly Question[],
  weights: ArrayLike<number>,
  pair: readonly [number, number],
  resamples = 100,
): Interval => {
  const draw = random(3);
  return middle(
    Float64Array.from({ length: resamples }, () => {
      const counts = new Float64Array(questions.length);
      for (let i = 0; i < counts.length; i++) counts[Math.floor(draw() * counts.length)]! += 1;
      return (
        errorCorrelation(
          questions,
          counts.map((count, i) => count * weights[i]!),
          pair,
        ) ?? 0
      );
    }),
  );
};

/** Families whose errors correlate above this are one voice. */
export const CLUSTER_THRESHOLD = 0.5;

/** Jurors by cluster (single linkage): whoever is as close as that to one of a cluster is in it. */
export const clustersOf = (correlations: readonly (readonly (number | null)[])[], threshold: number): number[][] => {
  const cluster = correlations.map((_, i) => i);
  correlations.forEach((row, a) => {
    row.forEach((phi, b) => {
      if (phi === null || phi <= threshold) return;
      const [from, to] = [Math.max(cluster[a]!, cluster[b]!), Math.min(cluster[a]!, cluster[b]!)];
      cluster.forEach((c, i) => {
        if (c === from) cluster[i] = to;
      });
    });
  });
  return [...new Set(cluster)].map((c) => cluster.flatMap((d, i) => (d === c ? [i] : [])));
};

const BINS = 10;

export type Reliability = { readonly statedPercent: number; readonly foundPercent: number; readonly weight: number };

/** What was stated and what was found, in tenths of what was stated, by mass. */
export const reliability = (
  questions: readonly Question[],
  weights: ArrayLike<number>,
  juror: number,
): Reliability[] => {
  const rows = questions
    .flatMap(({ bad, stated }, i) => {
      const ppm = stated[juror] ?? null;
      return ppm === null ? [] : [{ ppm, bad, weight: weights[i]! }];
    })
    .sort((a, b) => a.ppm - b.ppm);
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  // What was stated alike stays together, in the tenth of its middle: cutting it would sort it by the answer.
  const groups = new Map<number, { mass: number; found: number }>();
  for (const { ppm, bad, weight } of rows) {
    const group = groups.get(ppm) ?? { mass: 0, found: 0 };
    groups.set(ppm, { mass: group.mass + weight, found: group.found + (bad ? weight : 0) });
  }
  const bins = Array.from({ length: BINS }, () => ({ mass: 0, stated: 0, found: 0 }));
  let before = 0;
  for (const [ppm, { mass, found }] of groups) {
    const bin = bins[Math.min(BINS - 1, Math.floor((BINS * (before + mass / 2)) / total))]!;
    bin.mass += mass;
    bin.stated += mass * ppm;
    bin.found += found;
    before += mass;
  }
  return bins
    .filter(({ mass }) => mass > 0)
    .map(({ mass, stated, found }) => ({
      statedPercent: stated / mass / 1e4,
      foundPercent: (100 * found) / mass,
      weight: mass / total,
    }));
};

/** Expected calibration error in percent: the mean gap between stated and found. */
export const calibrationError = (bins: readonly Reliability[]): number =>
  bins.reduce((sum, bin) => sum + bin.weight * Math.abs(bin.statedPercent - bin.foundPercent), 0);

/** Brier score, a coin where nothing is stated. */
export const brier = (questions: readonly Question[], weights: ArrayLike<number>, juror: number): number =>
  questions.reduce(
    (sum, { bad, stated }, i) => sum + weights[i]! * ((stated[juror] ?? HALF_PPM) / 1e6 - Number(bad)) ** 2,
    0,
  );
