/**
 * What nobody gains by leaving, in closed form. With n watchers who each check with chance q, reward R, cost c of a check and
 * d of a dispute, gain G and loss D of a lie, audits a, copied f, censored z and share x of lies:
 *
 *     a lie is caught       P(q) = (1 − z) · (1 − (1 − q)^n)
 *     lying pays while      (1 − P) · G > P · D                     so it is even at P* = G / (G + D)
 *     a finder is first     S(q) = (1 − (1 − q)^n) / (n · q)
 *     looking pays while    (R · (1 − f) − d) · S(q) · (a + (1 − a) · (1 − z) · x) > c
 *
 * Nobody lies once audits alone make watchers look as often as P* asks: a* = c / ((R · (1 − f) − d) · S(q*)).
 */
import { type Habits, splitBond, type World } from './world.ts';

/** Chance that somebody looks. */
const someLook = (checks: number, watchers: number): number => 1 - (1 - checks) ** watchers;

/** S(q): the chance that it is this finder who is first. */
const shareOf = (checks: number, watchers: number): number =>
  checks === 0 ? 1 : someLook(checks, watchers) / (watchers * checks);

/** Chance that a lie is caught. */
export const caught = (world: World, checks: number): number => (1 - world.censored) * someLook(checks, world.watchers);

/** D: what a lie that is caught costs on average. */
export const lossOfLiar = (world: World): number => {
  const { burnt, reward } = splitBond(world);
  return world.liar === 'plain'
    ? world.bondMicroUsd
    : burnt + (1 - world.copied) * reward + world.copied * world.disputeMicroUsd;
};

/** P*: the chance of being caught at which lying is even. */
export const evenChance = (world: World): number => world.gainMicroUsd / (world.gainMicroUsd + lossOfLiar(world));

/** q*: how often each watcher has to look for lying to be even; `null` where even looking always is not enough. */
export const evenChecks = (world: World): number | null => {
  const looked = evenChance(world) / (1 - world.censored);
  return looked > 1 ? null : 1 - (1 - looked) ** (1 / world.watchers);
};

/** Chance of a findable wrong result at which looking is even, when all look so often. */
const evenWrong = (world: World, checks: number): number => {
  const won = splitBond(world).reward * (1 - world.copied) - world.disputeMicroUsd;
  return won <= 0 ? Number.POSITIVE_INFINITY : world.checkMicroUsd / (won * shareOf(checks, world.watchers));
};

/** Least share of audits at which lying stops paying; `null` where no share is enough. */
export const leastAudits = (world: World): number | null => {
  const checks = evenChecks(world);
  if (checks === null) return null;
  const audits = evenWrong(world, checks);
  return audits > 1 ? null : audits;
};

/** How often watchers look when so many results are wrong: where looking is even, found by halving. */
const checksFor = (world: World, wrong: number): number => {
  if (evenWrong(world, 1) <= wrong) return 1;
  if (evenWrong(world, 0) >= wrong) return 0;
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (evenWrong(world, middle) < wrong) low = middle;
    else high = middle;
  }
  return low;
};

/** The habits, equal for all of a side, that nobody gains by leaving. */
export const equilibrium = (world: World): Habits => {
  const { audits } = world;
  const wrongIf = (lies: number): number => audits + (1 - audits) * (1 - world.censored) * lies;
  const checks = evenChecks(world);
  if (checks === null || evenWrong(world, checks) >= wrongIf(1)) {
    return { lies: 1, checks: checksFor(world, wrongIf(1)) };
  }
  const wrong = evenWrong(world, checks);
  if (wrong <= audits) return { lies: 0, checks: checksFor(world, audits) };
  return { lies: (wrong - audits) / ((1 - audits) * (1 - world.censored)), checks };
};
