/** The figures of `selective`: what is measured, beside what a vote claims and what is published. */
import type { Figure } from '../figure.ts';
import { CLAIMED_PERCENT, figure } from '../jurors/panel.ts';
import { challenged } from './answers.ts';
import { PUBLISHED } from './chart.ts';
import type { Curve, Point } from './curve.ts';
import { brier, CLUSTER_THRESHOLD, calibrationError, correlationInterval, reliability } from './errors.ts';
import { type Correlations, JOINT_RATIO } from './measured.ts';
import type { QuestionSet } from './questions.ts';

export type Measured = {
  readonly set: QuestionSet;
  readonly weights: Float64Array;
  readonly correlations: Correlations;
  readonly clusters: readonly (readonly number[])[];
  readonly jurors: readonly Curve[];
  readonly panels: readonly Curve[];
};

const at = (curve: Curve, lossToGain: number): Point => curve.points.find((p) => p.lossToGain === lossToGain)!;

const decides = (point: Point): string =>
  `decides ${point.coverage.toFixed(1)} % (${point.coverageInterval.low.toFixed(1)} to ${point.coverageInterval.high.toFixed(1)})`;

const rightAt = (name: string, point: Point): Figure => {
  const { low, high } = point.accuracyInterval;
  const value = point.accuracy;
  return figure(`${name}: right when it votes, L/G ${point.lossToGain}`, value, '%', {
    goal: `> ${CLAIMED_PERCENT} %`,
    holds: value === null ? null : value > CLAIMED_PERCENT,
    peer: `${low.toFixed(1)} to ${high.toFixed(1)}; ${decides(point)}`,
  });
};

/** Beside the published point: how right at as much coverage, and how much at as right. */
const besidePublished = (kind: string, curve: Curve): Figure[] => {
  const wide = curve.points.filter((p) => p.coverage >= PUBLISHED.coverage).at(-1);
  const right = curve.points.find((p) => (p.accuracy ?? 0) >= PUBLISHED.accuracy);
  const accuracy = wide?.accuracy ?? null;
  const coverage = right?.coverage ?? 0;
  return [
    figure(`${kind}, ${curve.name}: right at ${PUBLISHED.coverage} % decided or more`, accuracy, '%', {
      goal: `>= ${PUBLISHED.accuracy} %`,
      holds: accuracy === null ? null : accuracy >= PUBLISHED.accuracy,
      peer:
        wide === undefined
          ? `never decides as much; ${decides(curve.points[0]!)} at L/G 1`
          : `L/G ${wide.lossToGain}, ${decides(wide)}`,
    }),
    figure(`${kind}, ${curve.name}: decided where ${PUBLISHED.accuracy} % are right`, coverage, '%', {
      goal: `>= ${PUBLISHED.coverage} %`,
      holds: coverage >= PUBLISHED.coverage,
      peer: right === undefined ? 'never as right' : `L/G ${right.lossToGain}`,
    }),
  ];
};

/** A vote that both cast is wrong twice: how often, and how often it would be if they erred apart. */
const wrongTogether = (
  { set: { questions }, jurors }: Measured,
  pairs: readonly (readonly [number, number])[],
): string => {
  let [both, together] = [0, 0];
  for (const { bad, stated } of questions) {
    const sure = (i: number): boolean => (stated[i] ?? 0) * (JOINT_RATIO + 1) > JOINT_RATIO * 1e6;
    for (const [a, b] of pairs) {
      if (!sure(a) || !sure(b)) continue;
      both++;
      if (!bad) together++;
    }
  }
  return `of ${both} votes of "bad" by two of ${jurors.length} jurors at L/G ${JOINT_RATIO}, ${together} were wrong together`;
};

const errorFigures = (measured: Measured): Figure[] => {
  const { set, weights, correlations, clusters } = measured;
  const pairs = set.jurors.flatMap((_, a) => set.jurors.slice(a + 1).map((_, i) => [a, a + 1 + i] as const));
  const phi = ([a, b]: readonly [number, number]): number => correlations[a]?.[b] ?? 1;
  const same = ([a, b]: readonly [number, number]): boolean => clusters.some((c) => c.includes(a) && c.includes(b));
  const apart = pairs.filter((pair) => !same(pair)).sort((p, q) => phi(q) - phi(p));
  const names = ([a, b]: readonly [number, number]): string => `${set.jurors[a]!.id} and ${set.jurors[b]!.id}`;
  const head = figure(
    `${set.kind}: voices (families whose errors correlate below ${CLUSTER_THRESHOLD})`,
    clusters.length,
    '',
    {
      goal: '>= 7',
      holds: clusters.length >= 7,
      peer: clusters.map((c) => c.map((i) => set.jurors[i]!.id).join(' + ')).join(', '),
    },
  );
  if (apart.length === 0) return [head];
  const mean = apart.reduce((sum, pair) => sum + phi(pair), 0) / apart.length;
  const worst = apart[0]!;
  const { low, high } = correlationInterval(set.questions, weights, worst);
  const seven = 7 / (1 + 6 * mean);
  return [
    head,
    figure(`${set.kind}: largest error correlation between voices`, phi(worst), '', {
      goal: `< ${CLUSTER_THRESHOLD}`,
      holds: high < CLUSTER_THRESHOLD,
      peer: `${names(worst)}, ${low.toFixed(2)} to ${high.toFixed(2)}; language models 0.53 to 0.69 (published)`,
    }),
    figure(`${set.kind}: mean error correlation between voices`, mean, '', {
      peer: `seven such voices weigh ${seven.toFixed(1)} that err apart; ${wrongTogether(measured, apart)}`,
    }),
  ];
};

/** What becomes of challenged answers of the market's panel; where too few voices are left to fill three seats, nothing. */
const challengedFigures = ({ set, clusters }: Measured): Figure[] => {
  const counts = challenged(set.questions, clusters, JOINT_RATIO);
  return (['right', 'wrong'] as const).map((kind) => {
    const { answers, upheld, overturned } = counts[kind];
    return figure(
      `${set.kind}, ${kind} answers of the market's panel, challenged: upheld by AI rounds`,
      answers === 0 ? null : (100 * upheld) / answers,
      '%',
      {
        peer: `of ${answers}; overturned ${((100 * overturned) / Math.max(1, answers)).toFixed(1)} %, no ruling on the rest`,
      },
    );
  });
};

/** Everything that is printed of one kind of question. */
export const figuresOf = (measured: Measured): Figure[] => {
  const { set, weights, jurors, panels } = measured;
  return [
    figure(`${set.kind}: labelled questions that trained and calibrated nothing`, set.questions.length, ''),
    ...jurors.map((curve) => rightAt(`${set.kind}, ${curve.name}`, at(curve, JOINT_RATIO))),
    ...set.jurors.map(({ id }, i) =>
      figure(
        `${set.kind}, ${id}: expected calibration error`,
        calibrationError(reliability(set.questions, weights, i)),
        '%',
        {
          peer: `Brier ${brier(set.questions, weights, i).toFixed(4)}, a coin 0.25`,
        },
      ),
    ),
    ...panels.map((curve) => rightAt(`${set.kind}, ${curve.name}`, at(curve, JOINT_RATIO))),
    ...panels.map((curve) => rightAt(`${set.kind}, ${curve.name}`, at(curve, 4))),
    ...challengedFigures(measured),
    ...panels.flatMap((curve) => besidePublished(set.kind, curve)),
    ...errorFigures(measured),
  ];
};
