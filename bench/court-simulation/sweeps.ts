/** How the court moves with its jurors, its attackers and its watchers; each point is played through the game. */
import type { CourtChart, Line } from '../../lab/court/chart.ts';
import { type Summary, simulate } from '../../lab/court/run.ts';
import {
  alike,
  attackerWith,
  disputesOnly,
  policyAt,
  UMA,
  type World,
  watched,
  worldOf,
} from '../../lab/court/world.ts';
import { beliefs, type Rule, under } from './beliefs.ts';
import { jurorsAt, RATIOS } from './jurors.ts';

/** Played for each point; half as many where every one is attacked. */
export const DISPUTES = 250;
const REQUESTS = 5_000;

/** Watchers look at this share of proposals, and see this share of what is wrong. */
export const WATCHER = { looks: 0.6, sees: 0.9 } as const;

/** Jurors where nothing measured is asked for: nine clusters alike. */
const FAMILIES = 9;
const COVERAGE = 0.8;
const ACCURACY = 0.95;
const CORRELATIONS = [0, 0.3, 0.7] as const;

const percentOfRequests = (shareOfDisputes: number): number => 100 * UMA.disputed * shareOfDisputes;

const line = (name: string, at: readonly number[], value: (x: number) => number): Line => ({
  name,
  points: at.map((x) => [x, value(x)]),
});

const played = (world: World): Summary => simulate(disputesOnly(world, DISPUTES), 21);

const byCoverage = (): readonly Line[] =>
  CORRELATIONS.map((correlation) =>
    line(`ρ = ${correlation}`, [0.3, 0.45, 0.6, 0.75, 0.9], (coverage) =>
      percentOfRequests(played(worldOf(alike(FAMILIES, coverage, ACCURACY), correlation)).people),
    ),
  );

const byAccuracy = (): readonly Line[] =>
  CORRELATIONS.map((correlation) =>
    line(`ρ = ${correlation}`, [0.75, 0.85, 0.9, 0.95, 0.99], (accuracy) =>
      percentOfRequests(played(worldOf(alike(FAMILIES, COVERAGE, accuracy), correlation)).wrong),
    ),
  );

const BUDGETS = [1e3, 1e4, 1e5, 3e5, 1e6];

/** Every dispute has the attacker on its wrong side. */
const byBudget = (): readonly Line[] => {
  const world = worldOf(alike(FAMILIES, COVERAGE, ACCURACY), 0.3);
  const won = (attacker: World['attacker'], rule: Rule): number =>
    100 * simulate(disputesOnly({ ...under(world, rule), attacker }, DISPUTES / 2, 0.5), 22).wrong;
  return [
    line('half in stake', BUDGETS, (budget) => won(attackerWith(budget), 'undecided')),
    line('all in bonds', BUDGETS, (budgetUsd) => won({ budgetUsd, stakeShare: 0 }, 'undecided')),
    line('half in stake, stands', BUDGETS, (budget) => won(attackerWith(budget), 'stands')),
  ];
};

/** What a world with so many watchers and wrong proposals leaves unchallenged. */
const unchallenged = (watchers: number, wrong: number): Summary =>
  simulate(
    {
      ...worldOf(alike(FAMILIES, COVERAGE, ACCURACY), 0.3),
      requests: REQUESTS,
      wrong,
      challengedIfWrong: watched(watchers, WATCHER.looks, WATCHER.sees),
    },
    23,
  );

const byWrong = (): readonly Line[] =>
  [1, 3, 5].map((watchers) =>
    line(
      `${watchers} watcher${watchers > 1 ? 's' : ''}`,
      [0.1, 0.3, 1, 3, 10],
      (percent) => 100 * unchallenged(watchers, percent / 100).unchallenged,
    ),
  );

/** The measured jurors at other ratios of loss to gain: surer panels call fewer people and err more. */
const byRatio = (): Pick<CourtChart, 'peopleByRatio' | 'errorByRatio'> => {
  const summaries = RATIOS.map((ratio) => {
    const { families, correlation, patterns } = jurorsAt(ratio);
    return played({ ...worldOf(families, correlation, patterns), policy: policyAt(ratio) });
  });
  const points = (of: (sum: Summary) => number): Line['points'] =>
    summaries.map((sum, i) => [RATIOS[i]!, percentOfRequests(of(sum))]);
  return {
    peopleByRatio: [
      { name: 'reach people', points: points(({ people }) => people) },
      { name: 'undecided', points: points(({ undecided }) => undecided) },
    ],
    errorByRatio: [{ name: 'measured jurors', points: points(({ wrong }) => wrong) }],
  };
};

export const sweeps = (): CourtChart => ({
  ...byRatio(),
  peopleByCoverage: byCoverage(),
  errorByAccuracy: byAccuracy(),
  errorByBudget: byBudget(),
  unchallengedByWrong: byWrong(),
  ...beliefs(),
});
