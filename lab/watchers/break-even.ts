/** The bond at which lying is even, found by playing lies and halving; nothing of the planner's formula is used. */
import { random } from '../../packages/programs/training/random.ts';
import { worthOfLie } from './payoffs.ts';
import type { World } from './world.ts';

/** Micro-dollars, when every watcher looks so often. The same draws decide at every bond, so that the answer is one number. */
export const breakEvenBond = (world: World, checks: number, plays: number, seed: number): number => {
  const pays = (bondMicroUsd: number): boolean =>
    worthOfLie({ ...world, bondMicroUsd }, { lies: 1, checks }, plays, random(seed)).mean > 0;
  let [low, high] = [0, world.gainMicroUsd];
  while (pays(high)) [low, high] = [high, high * 2];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (pays(middle)) low = middle;
    else high = middle;
  }
  return high;
};
