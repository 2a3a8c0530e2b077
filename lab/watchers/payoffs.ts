/** What a lie, and a check, are worth against given habits, measured by playing claims. */
import { type Draw, playClaim } from './claim.ts';
import type { Habits, World } from './world.ts';

/** A mean over plays, and the standard error of it. */
export type Measured = { readonly mean: number; readonly error: number };

const measure = (plays: number, play: () => number): Measured => {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < plays; i++) {
    const value = play();
    sum += value;
    squares += value * value;
  }
  const mean = sum / plays;
  return { mean, error: Math.sqrt(Math.max(0, squares / plays - mean * mean) / plays) };
};

/** Micro-dollars that one lie earns more than honesty. */
export const worthOfLie = (world: World, { checks }: Habits, plays: number, draw: Draw): Measured =>
  measure(plays, () => playClaim(world, 'lie', () => draw() < checks, draw).provider);

/** Micro-dollars that one check earns more than looking away. Each kind of claim is played, and weighted by its share. */
export const worthOfCheck = (world: World, { lies, checks }: Habits, plays: number, draw: Draw): Measured => {
  const looks = (watcher: number): boolean => watcher === 0 || draw() < checks;
  const { audits } = world;
  const parts = [
    { share: audits, kind: 'audit' },
    { share: (1 - audits) * lies, kind: 'lie' },
    { share: (1 - audits) * (1 - lies), kind: 'honest' },
  ] as const;
  let [mean, variance] = [0, 0];
  for (const { share, kind } of parts) {
    if (share === 0) continue;
    const part = measure(plays, () => playClaim(world, kind, looks, draw).watchers[0]!);
    mean += share * part.mean;
    variance += (share * part.error) ** 2;
  }
  return { mean, error: Math.sqrt(variance) };
};
