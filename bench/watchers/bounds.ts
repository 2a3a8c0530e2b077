/** The closed form and the planner's bounds, held against plays. */
import { equilibrium } from '../../lab/watchers/equilibrium.ts';
import { AUDITS, BONDS, bonded } from '../../lab/watchers/grid.ts';
import { type Measured, worthOfCheck, worthOfLie } from '../../lab/watchers/payoffs.ts';
import { standing } from '../../lab/watchers/race.ts';
import { random } from '../../packages/programs/training/random.ts';
import { inclusionBlocks } from '../../packages/proofs/src/planner/chain-cost.ts';
import { ASSUMED_MARKET } from '../../packages/proofs/src/planner/index.ts';
import { missedE18 } from '../../packages/proofs/src/planner/missed.ts';
import type { Figure } from '../figure.ts';

const PLAYS = 20_000;
const RACES = 200_000;

/** Standard errors by which leaving a habit for always or never pays. */
const pull = ({ mean, error }: Measured, habit: number): number => {
  if (error === 0) return 0;
  if (habit === 0) return mean / error;
  return habit === 1 ? -mean / error : Math.abs(mean / error);
};

const leaving = (): Figure => {
  const pulls = BONDS.flatMap((times, i) =>
    AUDITS.flatMap((audits, j) => {
      const world = { ...bonded(times), audits };
      const habits = equilibrium(world);
      const draw = random(2_000 + i * AUDITS.length + j);
      return [
        pull(worthOfLie(world, habits, PLAYS, draw), habits.lies),
        pull(worthOfCheck(world, habits, PLAYS, draw), habits.checks),
      ];
    }),
  );
  const most = Math.max(...pulls);
  return {
    name: 'most that leaving the closed form earns in play',
    value: most,
    unit: 'standard errors',
    goal: '<= 4',
    holds: most <= 4,
    peer: `the largest of ${pulls.length} means of ${PLAYS} plays`,
  };
};

const race = (): Figure => {
  const { chain, watchers } = ASSUMED_MARKET;
  const blocks = Number(inclusionBlocks(chain));
  const played = { watchers: watchers.count, checks: watchers.checkPpm / 1e6, silenced: watchers.silenced };
  const stood = standing({ ...played, passes: chain.passPpm / 1e6, blocks, transactions: 3 }, RACES, random(77));
  const bound = Number(missedE18(watchers, 3n)) / 1e18;
  const error = Math.sqrt((bound * (1 - bound)) / RACES);
  return {
    name: 'lies that stand in play: 5 watchers look at half, 1 is silenced, every tenth transaction passes',
    value: 100 * stood,
    unit: '%',
    goal: `<= ${(100 * bound).toFixed(4)} (planner's bound)`,
    holds: stood <= bound + 3 * error,
    peer: `${RACES} races of ${blocks} blocks; ± ${(200 * error).toFixed(2)} points (95 %)`,
  };
};

export const boundFigures = (): Figure[] => [leaving(), race()];
