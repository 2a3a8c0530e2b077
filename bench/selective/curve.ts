/** Coverage against accuracy, over the ratio of loss to gain. */
import { random } from '../../packages/analysts/training/random.ts';
import { type Interval, middle } from '../sites/measure.ts';
import { ballotOf, type Panel, ruledBy } from './panels.ts';
import type { Question } from './questions.ts';

/** L/G from 1 to 99. */
export const RATIOS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 19, 24, 32, 49, 66, 99] as const;

/** Who decides: panels that could be drawn, or one juror as a panel of one. */
export type Decider = { readonly name: string; readonly panels: readonly Panel[] };

export type Point = {
  readonly lossToGain: number;
  /** Percent of questions decided, and of those decided, right; accuracy is `null` where nothing was. */
  readonly coverage: number;
  readonly accuracy: number | null;
  readonly coverageInterval: Interval;
  readonly accuracyInterval: Interval;
  /** Questions (or parts of one, where only some panels err) decided wrongly. */
  readonly wrong: number;
};

export type Curve = { readonly name: string; readonly points: readonly Point[] };

const RESAMPLES = 300;

/** Of each question, the share of panels that decide it, and that decide it rightly. */
type Decided = { readonly decided: Float64Array; readonly right: Float64Array };

const decide = (questions: readonly Question[], { panels }: Decider, lossToGain: number): Decided => {
  const decided = new Float64Array(questions.length);
  const right = new Float64Array(questions.length);
  questions.forEach(({ bad, stated }, i) => {
    const ballots = stated.map((ppm) => ballotOf(ppm, lossToGain));
    for (const panel of panels) {
      const outcome = ruledBy(panel, ballots);
      const { share } = panel;
      if (outcome === 0) continue;
      decided[i]! += share;
      if (outcome > 0 === bad) right[i]! += share;
    }
  });
  return { decided, right };
};

const dot = (weights: Float64Array, values: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += weights[i]! * values[i]!;
  return sum;
};

/** Weights of questions drawn again with replacement, within either answer. */
const resampled = (questions: readonly Question[], weights: Float64Array): Float64Array[] => {
  const draw = random(17);
  const sides = [true, false].map((side) => questions.flatMap(({ bad }, i) => (bad === side ? [i] : [])));
  return Array.from({ length: RESAMPLES }, () => {
    const out = new Float64Array(questions.length);
    for (const side of sides)
      for (let n = 0; n < side.length; n++) {
        const i = side[Math.floor(draw() * side.length)]!;
        out[i]! += weights[i]!;
      }
    return out;
  });
};

/** The curves of all deciders on the same questions, each with 95 % intervals over them. */
export const curvesOf = (
  questions: readonly Question[],
  weights: Float64Array,
  deciders: readonly Decider[],
): Curve[] => {
  const samples = resampled(questions, weights);
  const interval = (of: (sample: Float64Array) => number): Interval => middle(Float64Array.from(samples, of));
  return deciders.map((decider) => ({
    name: decider.name,
    points: RATIOS.map((lossToGain): Point => {
      const { decided, right } = decide(questions, decider, lossToGain);
      const coverage = dot(weights, decided);
      return {
        lossToGain,
        coverage: 100 * coverage,
        accuracy: coverage === 0 ? null : (100 * dot(weights, right)) / coverage,
        coverageInterval: interval((sample) => 100 * dot(sample, decided)),
        accuracyInterval: interval((sample) => (100 * dot(sample, right)) / Math.max(dot(sample, decided), 1e-12)),
        wrong: decided.reduce((sum, share, i) => sum + share - right[i]!, 0),
      };
    }),
  }));
};
