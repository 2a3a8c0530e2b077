/** How the court moves with its jurors, its attackers and its watchers; each point is played through the game. */
import type { CourtChart, Line } from '../../lab/court/chart.ts';
import { type Summary, simulate } from '../../lab/court/run.ts';
import { attackerWith, disputesOnly, UMA, type World, watched } from '../../lab/court/world.ts';

const DISPUTES = 400;
const REQUESTS = 10_000;

/** Watchers look at this share of proposals, and see this share of what is wrong. */
export const WATCHER = { looks: 0.6, sees: 0.9 } as const;

const percentOfRequests = (shareOfDisputes: number): number => 100 * UMA.disputed * shareOfDisputes;

const withFamilies = (world: World, change: { coverage?: number; accuracy?: number }): World => ({
  ...world,
  families: world.families.map((family) => ({ ...family, ...change })),
});

const line = (name: string, at: readonly number[], value: (x: number) => number): Line => ({
  name,
  points: at.map((x) => [x, value(x)]),
});

const CORRELATIONS = [0, 0.3, 0.7] as const;

const played = (world: World): Summary => simulate(disputesOnly(world, DISPUTES), 21);

const byCoverage = (world: World): readonly Line[] =>
  CORRELATIONS.map((doubtCorrelation) =>
    line(`together ${doubtCorrelation}`, [0.3, 0.45, 0.6, 0.75, 0.9], (coverage) =>
      percentOfRequests(played(withFamilies({ ...world, doubtCorrelation }, { coverage })).people),
    ),
  );

const byAccuracy = (world: World): readonly Line[] =>
  CORRELATIONS.map((errorCorrelation) =>
    line(`together ${errorCorrelation}`, [0.75, 0.85, 0.9, 0.95, 0.99], (accuracy) =>
      percentOfRequests(played(withFamilies({ ...world, errorCorrelation }, { accuracy })).wrong),
    ),
  );

/** Every dispute has the attacker on its wrong side. */
const byBudget = (world: World): readonly Line[] => [
  line('half in stake', [1e3, 1e4, 1e5, 3e5, 1e6], (budget) => {
    const attacked = { ...world, attacker: attackerWith(budget) };
    return 100 * simulate(disputesOnly(attacked, DISPUTES / 2, 0.5), 22).wrong;
  }),
  line('all in bonds', [1e3, 1e4, 1e5, 3e5, 1e6], (budget) => {
    const attacked = { ...world, attacker: { budgetUsd: budget, stakeShare: 0 } };
    return 100 * simulate(disputesOnly(attacked, DISPUTES / 2, 0.5), 22).wrong;
  }),
];

/** What a world with so many watchers and wrong proposals leaves unchallenged. */
export const unchallenged = (world: World, watchers: number, wrong: number): Summary =>
  simulate(
    {
      ...world,
      requests: REQUESTS,
      wrong,
      challengedIfWrong: watched(watchers, WATCHER.looks, WATCHER.sees),
    },
    23,
  );

const byWrong = (world: World): readonly Line[] =>
  [1, 3, 5].map((watchers) =>
    line(
      `${watchers} watcher${watchers > 1 ? 's' : ''}`,
      [0.1, 0.3, 1, 3, 10],
      (percent) => 100 * unchallenged(world, watchers, percent / 100).unchallenged,
    ),
  );

export const sweeps = (world: World): CourtChart => ({
  peopleByCoverage: byCoverage(world),
  errorByAccuracy: byAccuracy(world),
  errorByBudget: byBudget(world),
  unchallengedByWrong: byWrong(world),
});
