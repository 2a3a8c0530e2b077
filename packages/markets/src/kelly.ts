/**
 * What to order, given a belief: pure betting strategies. A player is an analyst plus one of these.
 *
 * Fractional Kelly holds λ·W·(β − p) / (p·(1 − p)) shares at price p, for belief β and wealth W. The order moves the
 * price to where that is just what the player then holds, its own impact included. Players who take turns so settle on
 * the wealth-weighted equilibrium, whoever moves last; betting to one's belief lets the last mover decide.
 */
import { type Curve, pricePpm } from './lmsr.ts';
import type { Trader } from './order-size.ts';
import type { Order } from './orders.ts';
import { quoteOrder } from './quote.ts';
import { PROBABILITY_PPM, sharesToPrice } from './sizing.ts';

/** A player's view of one outcome. */
export type Stance = {
  readonly outcome: number;
  /** How likely the player holds it, parts per million. */
  readonly beliefPpm: number;
  /** Everything the player could lose, here and elsewhere; it sizes the bet. */
  readonly wealthMicroUsd: bigint;
};

export type BetOptions = {
  /** λ, the part of full Kelly that is held, parts per million. A tenth by default. */
  readonly fractionPpm?: number;
  /** A smaller move of the price than this is not worth an order. 100 ppm by default. */
  readonly leastMovePpm?: number;
  /** The market's fee, which the budget must cover too. None by default. */
  readonly feePpm?: number;
};

/** Micro-shares of fractional Kelly at a price, below zero for a short position; rounded towards zero. */
export const kellyMicroShares = (stance: Stance, atPpm: number, fractionPpm: number): bigint =>
  (stance.wealthMicroUsd * BigInt(fractionPpm) * BigInt(stance.beliefPpm - atPpm)) /
  (BigInt(atPpm) * BigInt(1_000_000 - atPpm));

/** Shares of an outcome beyond those that make complete sets with the other outcomes. */
const netShares = (trader: Trader, outcome: number): bigint => {
  let least: bigint | undefined;
  trader.shares.forEach((held, j) => {
    if (j !== outcome && (least === undefined || held < least)) least = held;
  });
  return trader.shares[outcome]! - (least ?? 0n);
};

/** The probability furthest from `from` towards `to` that `fits`; `from` when none does. */
const furthest = (from: number, to: number, fits: (ppm: number) => boolean): number => {
  if (fits(to)) return to;
  let good = from;
  let bad = to;
  while (Math.abs(bad - good) > 1) {
    const middle = good + Math.trunc((bad - good) / 2);
    if (fits(middle)) good = middle;
    else bad = middle;
  }
  return good;
};

const clamp = (ppm: number): number => Math.min(PROBABILITY_PPM.max, Math.max(PROBABILITY_PPM.min, ppm));

const moveTo = (outcome: number, probabilityPpm: number): Order => ({
  kind: 'to-probability',
  outcome,
  probabilityPpm,
});

/** The order that goes as far towards `goalPpm` as `wants`, the budget and the shares held allow. */
const towards = (
  curve: Curve,
  trader: Trader,
  outcome: number,
  goalPpm: number,
  options: BetOptions,
  wants: (ppm: number) => boolean,
): Order | null => {
  const now = clamp(pricePpm(curve, outcome));
  const canPay = (ppm: number): boolean => {
    const quote = quoteOrder(curve, trader, moveTo(outcome, ppm), options.feePpm ?? 0);
    return quote.ok || quote.problem.code === 'market.nothing-to-trade';
  };
  const target = furthest(now, goalPpm, (ppm) => wants(ppm) && canPay(ppm));
  return Math.abs(target - now) < (options.leastMovePpm ?? 100) ? null : moveTo(outcome, target);
};

/**
 * Fractional Kelly: the order that brings this trader's holding to what its wealth and belief call for at the price
 * that the order leaves behind; less where its budget ends. `null` when that is too small a move. With more than two
 * outcomes the others count as one, and going short means selling what is held.
 */
export const kellyOrder = (curve: Curve, trader: Trader, stance: Stance, options: BetOptions = {}): Order | null => {
  const { outcome } = stance;
  const fraction = options.fractionPpm ?? 100_000;
  const held = netShares(trader, outcome);
  /** Shares still wanted once the price is there; falls as the price rises. */
  const wanted = (ppm: number): bigint =>
    kellyMicroShares(stance, ppm, fraction) - held - sharesToPrice(curve, outcome, ppm);
  const up = wanted(clamp(pricePpm(curve, outcome))) > 0n;
  const goal = up ? PROBABILITY_PPM.max : PROBABILITY_PPM.min;
  return towards(curve, trader, outcome, goal, options, (ppm) => (up ? wanted(ppm) >= 0n : wanted(ppm) <= 0n));
};

/** For comparison: the order that moves the price all the way to the belief, as far as the budget goes. */
export const beliefOrder = (curve: Curve, trader: Trader, stance: Stance, options: BetOptions = {}): Order | null =>
  towards(curve, trader, stance.outcome, clamp(stance.beliefPpm), options, () => true);
