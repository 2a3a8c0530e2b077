/** The planner's least bond against the bond at which lying is even in play, and against counting the whole bond. */
import { breakEvenBond } from '../../lab/watchers/break-even.ts';
import { WORLD } from '../../lab/watchers/grid.ts';
import { worthOfLie } from '../../lab/watchers/payoffs.ts';
import { random } from '../../packages/programs/training/random.ts';
import { deterringBond } from '../../packages/proofs/src/planner/bond.ts';
import { ARBITER_RULES, ASSUMED_MARKET } from '../../packages/proofs/src/planner/index.ts';
import { missedE18 } from '../../packages/proofs/src/planner/missed.ts';
import type { Figure } from '../figure.ts';

const PLAYS = 200_000;
const TRANSACTIONS = 3n;

/** A liar who is always first to take his own reward, on a chain without fees. */
const world = { ...WORLD, copied: 1, disputeMicroUsd: 0 };
const dollars = (microUsd: number): string => `$${(microUsd / 1e6).toFixed(4)}`;

const worth = (bondMicroUsd: number, checks: number): number =>
  worthOfLie({ ...world, bondMicroUsd }, { lies: 1, checks }, PLAYS, random(31)).mean;

export const bondFigures = (): Figure[] =>
  [0.2, 0.5].flatMap((checks): Figure[] => {
    const watchers = { ...ASSUMED_MARKET.watchers, checkPpm: checks * 1e6, silenced: 0 };
    const missed = missedE18(watchers, TRANSACTIONS);
    const least = Number(deterringBond(BigInt(world.gainMicroUsd), missed, ARBITER_RULES)!);
    const played = breakEvenBond(world, checks, PLAYS, 30);
    const apart = 100 * Math.abs(least / played - 1);
    const naive = (world.gainMicroUsd * Number(missed)) / (1e18 - Number(missed));
    const earns = worth(naive, checks);
    const who = `5 watchers who look at ${checks * 100} %`;
    return [
      {
        name: `planner's least bond beside the bond at which lying is even in play: ${who}`,
        value: apart,
        unit: '% apart',
        goal: '<= 2',
        holds: apart <= 2,
        peer: `planner ${dollars(least)}, play ${dollars(played)}, for $1 at stake`,
      },
      {
        name: `a self-dealing liar earns on each lie, were the whole bond counted: ${who}`,
        value: earns / 1e6,
        unit: '$ for $1 at stake',
        goal: '> 0: it would pay',
        holds: earns > 0,
        peer: `bond ${dollars(naive)}; at the planner's bond ${dollars(worth(least, checks))}`,
      },
    ];
  });
