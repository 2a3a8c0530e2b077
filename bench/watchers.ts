/**
 * `watchers`: with which audits and bonds cheating stops paying. Simulated providers and watchers learn from plays of the
 * Arbiter's split of bonds; beside them the closed form and the planner's own numbers. Writes `docs/charts/watchers.svg`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { watchersChart } from '../lab/watchers/chart.ts';
import { equilibrium, evenChecks, leastAudits } from '../lab/watchers/equilibrium.ts';
import { bonded, type Cell, followed, region, STOPPED, WORLD } from '../lab/watchers/grid.ts';
import { learn } from '../lab/watchers/learning.ts';
import type { Figure } from './figure.ts';
import { auditFigures } from './watchers/audits.ts';
import { bondFigures } from './watchers/bonds.ts';
import { boundFigures } from './watchers/bounds.ts';

const percent = (share: number): string => `${(100 * share).toPrecision(3)} %`;

const agreement = (cells: readonly Cell[]): Figure[] => {
  const same = cells.filter(({ learnt, exact }) => learnt.lies < STOPPED === exact.lies < STOPPED).length;
  const apart = Math.max(...cells.map(({ learnt, exact }) => 100 * Math.abs(learnt.lies - exact.lies)));
  return [
    {
      name: 'worlds in which learners agree with the closed form on whether lying stops',
      value: same,
      unit: `of ${cells.length}`,
      goal: `= ${cells.length}`,
      holds: same === cells.length,
      peer: `lying stops in ${cells.filter(({ exact }) => exact.lies === 0).length}; bonds of 1/4 to 64 times the gain, audits of 0.1 to 64 %`,
    },
    {
      name: 'share of lies: largest difference of learners and closed form',
      value: apart,
      unit: 'points',
      goal: '<= 2',
      holds: apart <= 2,
      peer: `the same ${cells.length} worlds`,
    },
  ];
};

/** What other ways of watching change, at a bond of four times the gain. */
const shifts = (): Figure[] => {
  const worlds = [
    ['as it is', WORLD],
    ['3 of 5 watchers never look', { ...WORLD, watchers: 2 }],
    ['nobody copies a challenge', { ...WORLD, copied: 0 }],
    ['9 of 10 challenges are copied', { ...WORLD, copied: 0.9 }],
    ['a third of the windows censored', { ...WORLD, censored: 1 / 3 }],
    ['a liar who loses his whole bond', { ...WORLD, liar: 'plain' }],
  ] as const;
  return worlds.map(([name, world], i) => {
    const [learnt, exact] = [learn(world, { seed: 900 + i, steps: 8_000, plays: 20 }), equilibrium(world)];
    const least = leastAudits(world);
    return {
      name: `least audits at a bond of 4 times the gain: ${name}`,
      value: least === null ? null : 100 * least,
      unit: '% of claims',
      goal: '',
      holds: null,
      peer: `without any, ${percent(exact.lies)} lie (learners ${percent(learnt.lies)}); looking ${percent(evenChecks(world) ?? 1)} of the time makes lying even`,
    };
  });
};

/** More bond makes lies rarer and never ends them, where nothing pays for looking. */
const bondsAlone = (): Figure[] =>
  [1, 16, 64].map((times) => ({
    name: `lies without audits at a bond of ${times} times the gain`,
    value: 100 * equilibrium(bonded(times)).lies,
    unit: '% of claims',
    goal: '',
    holds: null,
    peer: `audits that end them: ${percent(leastAudits(bonded(times))!)}`,
  }));

export const run = async (): Promise<Figure[]> => {
  const [cells, lines] = [region(), followed()];
  const folder = join(import.meta.dirname, '..', 'docs', 'charts');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'watchers.svg'), watchersChart(cells, lines));
  return [...agreement(cells), ...boundFigures(), ...bondFigures(), ...bondsAlone(), ...shifts(), ...auditFigures()];
};
