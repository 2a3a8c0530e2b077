/** The worlds that the chart and the bench go through, and what learning comes to in each. */
import { equilibrium } from './equilibrium.ts';
import { learn } from './learning.ts';
import type { Habits, World } from './world.ts';

/** A dollar at stake; a check costs two cents, a dispute five; five watchers; half of the challenges are copied; a liar who deals with himself. */
export const WORLD: World = {
  gainMicroUsd: 1_000_000,
  bondMicroUsd: 4_000_000,
  rewardPpm: 250_000,
  burnPpm: 250_000,
  watchers: 5,
  checkMicroUsd: 20_000,
  disputeMicroUsd: 50_000,
  audits: 0,
  copied: 0.5,
  censored: 0,
  liar: 'self-dealing',
};

/** The same world with a bond of so many times what is at stake. */
export const bonded = (times: number, world: World = WORLD): World => ({
  ...world,
  bondMicroUsd: Math.round(times * world.gainMicroUsd),
});

/** Fewer lies than this, and lying has stopped. */
export const STOPPED = 0.001;

export type Cell = { readonly world: World; readonly learnt: Habits; readonly exact: Habits };

const STEPS = 2_000;
const PLAYS = 20;

const cell = (world: World, seed: number): Cell => ({
  world,
  learnt: learn(world, { seed, steps: STEPS, plays: PLAYS }),
  exact: equilibrium(world),
});

/** Bonds of 1/4 to 64 times what is at stake. */
export const BONDS = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64] as const;
/** Audits of 0.1 % to 64 % of claims, each twice the last or so. */
export const AUDITS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.64] as const;

/** Every bond with every share of audits. */
export const region = (): Cell[] =>
  BONDS.flatMap((times, i) => AUDITS.map((audits, j) => cell({ ...bonded(times), audits }, 1 + i * AUDITS.length + j)));

/** The bonds whose share of lies the chart follows. */
export const FOLLOWED = [1, 2, 4, 16] as const;
const FOLLOWED_AUDITS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.6] as const;

/** Shares of lies of some bonds, as audits grow. */
export const followed = (): Cell[] =>
  FOLLOWED.flatMap((times, i) =>
    FOLLOWED_AUDITS.map((audits, j) => cell({ ...bonded(times), audits }, 500 + 20 * i + j)),
  );
