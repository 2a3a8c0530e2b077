/**
 * A market of the built-in players without its plumbing: where players who each hold a tenth of Kelly, sized by
 * wealth, and an LMSR maker that starts at one half come to rest. Wealth moves on labels only.
 */
import { newStanding, type Standing, wealthSharesPpm, withOutcome } from '../../packages/markets/src/index.ts';

/** λ: the tenth of Kelly that players hold. */
const KELLY_PPM = 100_000;
/** A player's starting wealth, and the subsidy of a question of the default budget, in micro-dollars. */
const START_MICRO_USD = 1_000_000_000n;
const SUBSIDY_USD = 0.05;
const LIQUIDITY_USD = SUBSIDY_USD / Math.LN2;
/** No player holds more than half of the wealth. */
const MOST_PPM = 500_000;

/** Beliefs of the players about one question, in parts per million; `null` for an abstention. */
export type Beliefs = readonly (number | null)[];

/** Price of "scam" at rest, parts per million: demand of all players equals what the maker has sold. */
export const restingPpm = (beliefs: Beliefs, sharesPpm: readonly number[], totalUsd: number): number => {
  const excess = (p: number): number => {
    let demand = 0;
    beliefs.forEach((belief, i) => {
      if (belief === null) return;
      const wealth = (totalUsd * sharesPpm[i]!) / 1e6;
      demand += (wealth * (KELLY_PPM / 1e6) * (belief / 1e6 - p)) / (p * (1 - p));
    });
    return demand - LIQUIDITY_USD * Math.log(p / (1 - p));
  };
  let low = 0.0005;
  let high = 0.9995;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  return Math.round(((low + high) / 2) * 1e6);
};

export type Frozen = { readonly sharesPpm: readonly number[]; readonly totalUsd: number };

const frozen = (standings: readonly Standing[]): Frozen => ({
  sharesPpm: wealthSharesPpm(
    standings.map((s) => s.wealthMicroUsd),
    MOST_PPM,
  ),
  totalUsd: Number(standings.reduce((sum, s) => sum + s.wealthMicroUsd, 0n) / 1_000_000n),
});

/** Wealth after the given questions in their order; every one is audited by its label. */
export const learnWealth = (
  players: number,
  questions: readonly { readonly beliefs: Beliefs; readonly scam: boolean }[],
): Frozen => {
  let standings = Array.from({ length: players }, () => newStanding(START_MICRO_USD));
  for (const { beliefs, scam } of questions) {
    const { sharesPpm, totalUsd } = frozen(standings);
    const price = restingPpm(beliefs, sharesPpm, totalUsd);
    const of = (ppm: number): number => (scam ? ppm : 1_000_000 - ppm);
    standings = standings.map((standing, i) => {
      const belief = beliefs[i] ?? null;
      return belief === null
        ? standing
        : withOutcome(standing, { audited: true, playerPpm: of(belief), marketPpm: of(price) }, KELLY_PPM);
    });
  }
  return frozen(standings);
};
