/**
 * The standing of players: scores and wealth. Only *audited* outcomes (decided by people or an official record, never
 * by models) move either; everything else is counted as unaudited and changes nothing.
 */
import { insistOn } from './problem.ts';
import { brier } from './score.ts';

const PPM = 1_000_000n;

/** One resolved question as it bears on a player. */
export type Resolved = {
  /** Decided by people or an official record, and not by models. */
  readonly audited: boolean;
  /** What the player, and what the market at its close, gave to the outcome that happened. */
  readonly playerPpm: number;
  readonly marketPpm: number;
};

export type Standing = {
  /** Relative wealth; it weighs the player's bets. */
  readonly wealthMicroUsd: bigint;
  /** Sum of {@link brier} and number of outcomes behind it. */
  readonly brierSum: bigint;
  readonly audited: number;
  readonly unaudited: number;
};

export const newStanding = (wealthMicroUsd: bigint): Standing => ({
  wealthMicroUsd,
  brierSum: 0n,
  audited: 0,
  unaudited: 0,
});

/**
 * The standing after one more resolved question. Wealth grows as that of a Kelly bettor who stakes the fraction λ
 * against the market: W·(1 + λ·(β/p − 1)) for belief β and price p of what happened, rounded down, never below one
 * micro-dollar. An unaudited outcome only counts up `unaudited`.
 */
export const withOutcome = (standing: Standing, resolved: Resolved, fractionPpm = 100_000): Standing => {
  if (!resolved.audited) return { ...standing, unaudited: standing.unaudited + 1 };
  const { playerPpm, marketPpm } = resolved;
  insistOn(playerPpm >= 0 && playerPpm <= 1_000_000, 'playerPpm', playerPpm, '0 .. 1000000');
  const price = BigInt(Math.max(marketPpm, 1));
  const gain = standing.wealthMicroUsd * BigInt(fractionPpm) * (BigInt(playerPpm) - price);
  const wealth = (standing.wealthMicroUsd * PPM * price + gain) / (PPM * price);
  return {
    wealthMicroUsd: wealth > 0n ? wealth : 1n,
    brierSum: standing.brierSum + brier([playerPpm, 1_000_000 - playerPpm], 0),
    audited: standing.audited + 1,
    unaudited: standing.unaudited,
  };
};

/**
 * Wealth in proportion, parts per million rounded down, with no share above `mostPpm`: what one player has beyond it
 * is shared among the others in proportion. With too few players for the cap, all are equal.
 */
export const wealthSharesPpm = (wealths: readonly bigint[], mostPpm = 500_000): number[] => {
  const count = wealths.length;
  const capped = new Array<boolean>(count).fill(false);
  if (count * mostPpm <= 1_000_000) return wealths.map(() => Math.floor(1_000_000 / count));
  for (;;) {
    const left = 1_000_000 - mostPpm * capped.filter(Boolean).length;
    const rest = wealths.reduce((sum, wealth, k) => (capped[k] ? sum : sum + wealth), 0n);
    const shares = wealths.map((wealth, k) =>
      capped[k] ? mostPpm : rest === 0n ? 0 : Number((wealth * BigInt(left)) / rest),
    );
    const over = shares.findIndex((share, k) => !capped[k] && share > mostPpm);
    if (over < 0) return shares;
    capped[over] = true;
  }
};
