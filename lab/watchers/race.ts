/**
 * Whether anybody gets a challenge in, played block by block: watchers who look, transactions that wait, and a liar who
 * silences some of those that found him. Held against the planner's bound (`missedE18` in `packages/proofs`).
 */
import type { Draw } from './claim.ts';

export type Race = {
  readonly watchers: number;
  /** Chance that a watcher looks. */
  readonly checks: number;
  /** How many of those that got through the liar silences; he chooses after the fact. */
  readonly silenced: number;
  /** Chance that a transaction gets into a block. */
  readonly passes: number;
  /** Blocks left in the window when the watchers have found the lie. */
  readonly blocks: number;
  /** Transactions that each needs, one after the other, every one with as many blocks. */
  readonly transactions: number;
};

const getsIn = ({ passes, blocks }: Race, draw: Draw): boolean => {
  for (let block = 0; block < blocks; block++) if (draw() < passes) return true;
  return false;
};

/** Whether the lie stands. */
const stands = (race: Race, draw: Draw): boolean => {
  let through = 0;
  for (let watcher = 0; watcher < race.watchers; watcher++) {
    if (draw() >= race.checks) continue;
    let all = true;
    for (let t = 0; t < race.transactions && all; t++) all = getsIn(race, draw);
    if (all) through++;
  }
  return through <= race.silenced;
};

/** Share of lies that stand. */
export const standing = (race: Race, plays: number, draw: Draw): number => {
  let stood = 0;
  for (let i = 0; i < plays; i++) if (stands(race, draw)) stood++;
  return stood / plays;
};
