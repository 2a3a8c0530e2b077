/**
 * `court-simulation`: UMA's register of requests through the real game of `packages/court`: what reaches people, what stays wrong, how
 * long it takes and what it costs; and how all that moves. AI jurors vote as `selective` counted it on sites; what else is taken as given
 * is printed first. Writes `docs/charts/court.svg`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CourtChart, courtChart, type Line } from '../lab/court/chart.ts';
import { quantile, type Summary, simulate } from '../lab/court/run.ts';
import { disputesOnly, UMA, type World, watched, worldOf } from '../lab/court/world.ts';
import { assumptions } from './court-simulation/assumptions.ts';
import { BELIEF_DISPUTES, byKind, RULES, under } from './court-simulation/beliefs.ts';
import { calls } from './court-simulation/calls.ts';
import { goal, plain } from './court-simulation/figures.ts';
import { jurorsAt, SOURCE } from './court-simulation/jurors.ts';
import { parts } from './court-simulation/parts.ts';
import { robust } from './court-simulation/robust.ts';
import { DISPUTES, sweeps, WATCHER } from './court-simulation/sweeps.ts';
import type { Figure } from './figure.ts';

const SEED = 6;

const register = (sum: Summary): Figure[] => {
  const third = UMA.p50Hours / 3;
  const uma = `UMA: p50 ${UMA.p50Hours} h, p90 ${UMA.p90Hours} h`;
  const perThousand = (1_000 * sum.feesUsd) / sum.requests;
  return [
    plain('requests', sum.requests, '', SOURCE),
    plain('disputed', 100 * sum.disputed, '%', `UMA ${100 * UMA.disputed} %`),
    goal('reach people', 100 * sum.people, 0.1, '%', `doing nothing: ${100 * UMA.disputed} %`),
    goal(
      'wrong at the end',
      100 * sum.wrong,
      0.05,
      '%',
      `doing nothing: ${(100 * UMA.disputed * UMA.overturned).toFixed(3)} %`,
    ),
    plain('undecided, everybody refunded', 100 * sum.undecided, '%', ''),
    goal('disputes that AI jurors end, p50', quantile(sum.aiHours, 0.5), third, 'h', uma),
    goal('disputes that AI jurors end, p99', quantile(sum.aiHours, 0.99), third, 'h', uma),
    plain('disputes that people end, p50', quantile(sum.peopleHours, 0.5), 'h', uma),
    plain('disputes that people end, p99', quantile(sum.peopleHours, 0.99), 'h', uma),
    plain('fees of jurors for 1,000 requests', perThousand, 'USD', 'at $0.05 an AI seat and $10 a person'),
  ];
};

/** The register under the other rule: what stood stands where no panel rules. */
const standing = (world: World): Figure[] => {
  const sum = simulate(under(world, 'stands'), SEED);
  const beside = 'the policy lets what stood stand where no panel rules';
  return [
    goal('stands: reach people', 100 * sum.people, 0.1, '%', beside),
    goal('stands: wrong at the end', 100 * sum.wrong, 0.05, '%', beside),
    plain('stands: undecided, everybody refunded', 100 * sum.undecided, '%', beside),
    plain('stands: disputes that no person ends, p50', quantile(sum.aiHours, 0.5), 'h', beside),
    plain('stands: disputes that no person ends, p99', quantile(sum.aiHours, 0.99), 'h', beside),
  ];
};

const figuresOf = (
  title: string,
  lines: readonly Line[],
  at: (x: number) => string,
  unit: string,
  disputes = DISPUTES,
): Figure[] =>
  lines.flatMap(({ name, points }) =>
    points.map(([x, y]) => plain(`${title}, ${name}, ${at(x)}`, y, unit, `${disputes} disputes`)),
  );

const moved = (chart: CourtChart): Figure[] => [
  ...figuresOf('measured jurors', chart.peopleByRatio, (x) => `L/G = ${x}`, '% of requests'),
  ...figuresOf('wrong after a dispute', chart.errorByRatio, (x) => `L/G = ${x}`, '% of requests'),
  ...figuresOf('reach people', chart.peopleByCoverage, (x) => `sure of ${x}`, '% of requests'),
  ...figuresOf('wrong after a dispute', chart.errorByAccuracy, (x) => `right in ${x}`, '% of requests'),
  ...figuresOf(
    'attacks that succeed',
    chart.errorByBudget,
    (x) => `$${x.toLocaleString('en-US')}`,
    '% of attacked',
    DISPUTES / 2,
  ),
  ...figuresOf(
    'reach people, wrong side sure of itself',
    chart.peopleByBelief,
    String,
    '% of requests',
    BELIEF_DISPUTES,
  ),
  ...figuresOf(
    'wrong after a dispute, right side sure of itself',
    chart.errorByBelief,
    String,
    '% of requests',
    BELIEF_DISPUTES,
  ),
  ...chart.unchallengedByWrong.flatMap(({ name, points }) =>
    points.map(([x, y]) => {
      const exact = x * (1 - watched(Number.parseInt(name, 10), WATCHER.looks, WATCHER.sees));
      const beside = `expected ${exact.toPrecision(3)}`;
      return plain(`wrong and unchallenged, ${name}, ${x} % of proposals wrong`, y, '% of requests', beside);
    }),
  ),
];

/** The same jurors where nobody gains or loses anything but bonds, under both rules for a case without a ruling. */
const bondsOnly = (world: World): Figure[] =>
  RULES.flatMap((rule) => {
    const sum = simulate({ ...disputesOnly(under(world, rule), DISPUTES), stakeUsd: 0 }, SEED);
    const percent = (share: number): number => 100 * UMA.disputed * share;
    const beside = 'the same jurors, sides who stake nothing but bonds';
    return [
      plain(`bonds only, ${rule}: reach people`, percent(sum.people), '% of requests', beside),
      plain(`bonds only, ${rule}: undecided, refunded`, percent(sum.undecided), '% of requests', beside),
      plain(`bonds only, ${rule}: wrong at the end`, percent(sum.wrong), '% of requests', beside),
    ];
  });

/** As if all requests were of one kind: the mix of kinds is known of no register. */
const kinds = (): Figure[] =>
  byKind().flatMap(({ name, values }) =>
    Object.entries(values).map(([what, value]) =>
      plain(`all ${name}: ${what}`, value, '% of requests', `${BELIEF_DISPUTES} disputes`),
    ),
  );

export const run = async (): Promise<readonly Figure[]> => {
  const { families, correlation, patterns } = jurorsAt(9);
  const world = worldOf(families, correlation, patterns);
  const whole = simulate(world, SEED);
  const chart = sweeps();
  writeFileSync(join(import.meta.dirname, '..', 'docs', 'charts', 'court.svg'), courtChart(chart));
  return [
    ...assumptions(world),
    ...register(whole),
    ...standing(world),
    ...parts(under(world, 'stands')),
    ...calls(world),
    ...kinds(),
    ...bondsOnly(world),
    ...robust(world),
    ...moved(chart),
  ];
};
