/**
 * Providers and watchers who learn: at each step both sides see what a lie and a check earned in plays against the other
 * side's habits, and what earned grows (replicator dynamics in discrete, shrinking steps; two habits chase each other, so
 * their mean over the later half, each step counting by its size, is what they come to). Nothing of the closed form is used, so that the two can disagree.
 */
import { random } from '../../packages/programs/training/random.ts';
import { worthOfCheck, worthOfLie } from './payoffs.ts';
import type { Habits, World } from './world.ts';

export type Learning = {
  readonly seed: number;
  readonly steps: number;
  /** Plays of each kind of claim at each step. */
  readonly plays: number;
};

/** Habits stay within 1 in 22,000 of never and always, so that either can be unlearnt. */
const FARTHEST = 10;

const habit = (logit: number): number => 1 / (1 + Math.exp(-logit));
const moved = (logit: number, by: number): number => Math.max(-FARTHEST, Math.min(FARTHEST, logit + by));

/** What the habits come to. */
export const learn = (world: World, { seed, steps, plays }: Learning): Habits => {
  const draw = random(seed);
  let [lie, check] = [0, 0];
  let [lies, checks, weight] = [0, 0, 0];
  const later = Math.floor(steps / 2);
  for (let step = 0; step < steps; step++) {
    const habits = { lies: habit(lie), checks: habit(check) };
    const pace = 2 / Math.sqrt(step + 4);
    lie = moved(lie, (pace * worthOfLie(world, habits, plays, draw).mean) / world.gainMicroUsd);
    check = moved(check, (pace * worthOfCheck(world, habits, plays, draw).mean) / world.checkMicroUsd);
    if (step < later) continue;
    lies += pace * habits.lies;
    checks += pace * habits.checks;
    weight += pace;
  }
  return { lies: lies / weight, checks: checks / weight };
};
