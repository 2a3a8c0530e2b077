/**
 * `selective`: how often the built-in jurors and panels of them decide, and how often they are right, over ratios of loss to
 * gain from 1 to 99, on labelled sites and tokens that trained and calibrated nothing; beside a published 97.87 % at 47 %.
 * How alike the families err, and what their probabilities are worth. Writes `docs/charts/selective.svg` and
 * `packages/analysts/src/artefact/court-measured.json`. Needs `../shared/data`; without it every figure is n/a.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from './figure.ts';
import { figure } from './jurors/panel.ts';
import { PUBLISHED, type SetCurves, selectiveChart } from './selective/chart.ts';
import { curvesOf, type Decider } from './selective/curve.ts';
import { CLUSTER_THRESHOLD, clustersOf, errorCorrelation, reliability } from './selective/errors.ts';
import { figuresOf, type Measured } from './selective/figures.ts';
import { measuredFile, measuredSet } from './selective/measured.ts';
import { alone, panelsOf, twoRounds } from './selective/panels.ts';
import { type QuestionSet, siteSet, tokenSet, weightsOf } from './selective/questions.ts';

const ROOT = join(import.meta.dirname, '..');

/** A market's panel, then draws of the court: one family of each cluster. */
const decidersOf = (clusters: readonly (readonly number[])[]): Decider[] => [
  { name: 'first three, 2 of 3', panels: [{ members: [0, 1, 2], seats: 3, share: 1 }] },
  ...(clusters.length < 3 ? [] : [{ name: 'drawn, 2 of 3', panels: panelsOf(clusters, 3) }]),
  ...(clusters.length < 7 ? [] : [{ name: 'drawn, 4 of 7', panels: panelsOf(clusters, 7) }]),
  ...(clusters.length < 3 ? [] : [{ name: 'both rounds, nobody twice', panels: twoRounds(clusters) }]),
];

const measure = (set: QuestionSet): Measured => {
  process.stderr.write(`selective: ${set.kind}, ${set.questions.length} questions\n`);
  const weights = weightsOf(set.questions);
  const correlations = set.jurors.map((_, a) =>
    set.jurors.map((_, b) => errorCorrelation(set.questions, weights, [a, b])),
  );
  const clusters = clustersOf(correlations, CLUSTER_THRESHOLD);
  const single = set.jurors.map(({ id }, i): Decider => ({ name: id, panels: [alone(i)] }));
  const curves = curvesOf(set.questions, weights, [...single, ...decidersOf(clusters)]);
  const jurors = curves.slice(0, single.length);
  return { set, weights, correlations, clusters, jurors, panels: curves.slice(single.length) };
};

export const run = async (): Promise<readonly Figure[]> => {
  const [sites, tokens] = [siteSet(), tokenSet()];
  if (sites === null || tokens === null) {
    process.stderr.write('selective: ../shared/data is absent: nothing to measure on.\n');
    return ['sites', 'tokens'].map((kind) => figure(`${kind}: right at ${PUBLISHED.coverage} % decided`, null, '%'));
  }
  const all = [measure(sites), measure(tokens)];
  const titles = { sites: 'Sites: is it a scam?', tokens: 'Tokens two lists know: is it the real one?' };
  const curves = all.map(({ set, jurors, panels }): SetCurves => ({ title: titles[set.kind], jurors, panels }));
  const bins = sites.jurors.map(({ id }, i) => ({ name: id, bins: reliability(sites.questions, all[0]!.weights, i) }));
  writeFileSync(join(ROOT, 'docs/charts/selective.svg'), selectiveChart(curves, bins));
  const file = measuredFile(
    CLUSTER_THRESHOLD,
    Object.fromEntries(
      all.map(({ set, correlations }) => [set.kind, measuredSet(set, correlations, CLUSTER_THRESHOLD)]),
    ),
  );
  writeFileSync(join(ROOT, 'packages/analysts/src/artefact/court-measured.json'), `${JSON.stringify(file)}\n`);
  return all.flatMap(figuresOf);
};
