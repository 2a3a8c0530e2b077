/** Orders, and what each comes to at a point of the curve. Refusals name the field that stood in the way. */
import { ok, type Result } from '@surety/core';
import type { Account } from './accounts.ts';
import { belowFloor, type Curve, chargeMicroUsd, MAX_QUANTITY, moveCurve, priceIn, pricePpm } from './lmsr.ts';
import { no } from './problem.ts';
import { PROBABILITY_PPM, sharesForAmount, sharesToPrice } from './sizing.ts';

export type Order =
  /** Buy so many micro-shares; `limitProbabilityPpm` is the highest price the trade may leave behind. */
  | {
      readonly kind: 'buy';
      readonly outcome: number;
      readonly sharesMicroShares: bigint;
      /** The most it may cost, with fee. */
      readonly maxCostMicroUsd?: bigint;
      readonly limitProbabilityPpm?: number;
    }
  /** Buy what an amount pays for, fee included, to within one micro-share. */
  | {
      readonly kind: 'spend';
      readonly outcome: number;
      readonly amountMicroUsd: bigint;
      readonly minSharesMicroShares?: bigint;
      readonly limitProbabilityPpm?: number;
    }
  /** Sell so many micro-shares; `limitProbabilityPpm` is the lowest price the trade may leave behind. */
  | {
      readonly kind: 'sell';
      readonly outcome: number;
      readonly sharesMicroShares: bigint;
      /** The least it must yield, after fee. */
      readonly minProceedsMicroUsd?: bigint;
      readonly limitProbabilityPpm?: number;
    }
  /**
   * Bring the price of `outcome` to `probabilityPpm`, stopping on the near side of it. Upwards it buys. Downwards it
   * sells, or with two outcomes and too few shares held buys the other outcome.
   */
  | {
      readonly kind: 'to-probability';
      readonly outcome: number;
      readonly probabilityPpm: number;
      /** The most it may cost, with fee. */
      readonly maxCostMicroUsd?: bigint;
    };

/** What an order comes to, before anybody is charged. */
export type Quote = {
  /** The outcome that is traded: the order's own, or for a downward `to-probability` perhaps the other one. */
  readonly outcome: number;
  /** Bought, or sold below zero. */
  readonly deltaMicroShares: bigint;
  /** Paid to the maker, rounded up; below zero when the maker pays. */
  readonly costMicroUsd: bigint;
  readonly feeMicroUsd: bigint;
  /** Price of the traded outcome afterwards, rounded down. */
  readonly pricePpm: number;
  /** The curve afterwards. */
  readonly after: Curve;
};

/** What an order needs to know about who gives it. */
export type Trader = Pick<Account, 'budgetMicroUsd' | 'shares'>;

const PPM = 1_000_000n;

/** Fee on an amount that changes hands in either direction, rounded up. */
export const feeOn = (amountMicroUsd: bigint, feePpm: number): bigint => {
  if (feePpm === 0) return 0n;
  const size = amountMicroUsd < 0n ? -amountMicroUsd : amountMicroUsd;
  return (size * BigInt(feePpm) + PPM - 1n) / PPM;
};

/** The most that may go to the maker so that with its fee it stays within `amountMicroUsd`. */
const beforeFee = (amountMicroUsd: bigint, feePpm: number): bigint =>
  feePpm === 0 ? amountMicroUsd : (amountMicroUsd * PPM) / (PPM + BigInt(feePpm));

type Size = { readonly outcome: number; readonly delta: bigint };

const positive = (field: string, value: bigint | undefined): Result<never> | undefined => {
  if (value === undefined || value > 0n) return undefined;
  return no(
    value === 0n ? 'market.nothing-to-trade' : 'amount.negative',
    field,
    value,
    '>= 1',
    `${field} must be above zero.`,
    'Send a whole number of at least 1.',
  );
};

const probability = (field: string, value: number | undefined): Result<never> | undefined => {
  const { min, max } = PROBABILITY_PPM;
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return undefined;
  return no(
    'input.out-of-range',
    field,
    value,
    `${min} .. ${max}`,
    `${field} must be a whole number of parts per million strictly between 0 and 1.`,
    'Send 500000 for one half.',
  );
};

const sizeToProbability = (
  curve: Curve,
  trader: Trader,
  order: Extract<Order, { kind: 'to-probability' }>,
): Result<Size> => {
  const { outcome, probabilityPpm } = order;
  const delta = sharesToPrice(curve, outcome, probabilityPpm);
  const held = trader.shares[outcome]!;
  if (delta >= 0n || held >= -delta) return ok({ outcome, delta });
  if (curve.liquidity.outcomes === 2)
    return ok({ outcome: 1 - outcome, delta: sharesToPrice(curve, 1 - outcome, 1_000_000 - probabilityPpm) });
  return no(
    'market.shares-exceeded',
    'order.probabilityPpm',
    probabilityPpm,
    `${held} micro-shares held`,
    `Bringing outcome ${outcome} down to ${probabilityPpm} ppm takes selling ${-delta} micro-shares.`,
    'Buy the other outcomes instead, or name a probability closer to the present one.',
  );
};

/** Which outcome, and how many micro-shares of it, an order comes to. */
const sizeOf = (curve: Curve, trader: Trader, order: Order, feePpm: number): Result<Size> => {
  const { outcome } = order;
  switch (order.kind) {
    case 'buy':
      return (
        positive('order.sharesMicroShares', order.sharesMicroShares) ?? ok({ outcome, delta: order.sharesMicroShares })
      );
    case 'sell':
      return (
        positive('order.sharesMicroShares', order.sharesMicroShares) ?? ok({ outcome, delta: -order.sharesMicroShares })
      );
    case 'spend':
      return (
        positive('order.amountMicroUsd', order.amountMicroUsd) ??
        ok({
          outcome,
          delta: sharesForAmount(curve, outcome, beforeFee(order.amountMicroUsd, feePpm)) ?? MAX_QUANTITY + 1n,
        })
      );
    case 'to-probability':
      return probability('order.probabilityPpm', order.probabilityPpm) ?? sizeToProbability(curve, trader, order);
  }
};

/** The order's own limits, once it is known what it comes to. */
const breaksLimit = (order: Order, quote: Quote): Result<never> | undefined => {
  const paid = quote.costMicroUsd + quote.feeMicroUsd;
  const refusal = (field: string, limit: unknown, message: string) =>
    no('market.limit-exceeded', `order.${field}`, limit, String(limit), message, 'Widen the limit, or quote again.');
  if ((order.kind === 'buy' || order.kind === 'to-probability') && order.maxCostMicroUsd !== undefined)
    if (paid > order.maxCostMicroUsd)
      return refusal('maxCostMicroUsd', order.maxCostMicroUsd, `The order costs ${paid} micro-USD with fee.`);
  if (order.kind === 'sell' && order.minProceedsMicroUsd !== undefined && -paid < order.minProceedsMicroUsd)
    return refusal('minProceedsMicroUsd', order.minProceedsMicroUsd, `The order yields ${-paid} micro-USD after fee.`);
  if (order.kind === 'spend' && order.minSharesMicroShares !== undefined)
    if (quote.deltaMicroShares < order.minSharesMicroShares)
      return refusal(
        'minSharesMicroShares',
        order.minSharesMicroShares,
        `The amount buys ${quote.deltaMicroShares} micro-shares.`,
      );
  if (order.kind === 'to-probability' || order.limitProbabilityPpm === undefined) return undefined;
  const limit = order.limitProbabilityPpm;
  // Compared exactly, at a finer scale than the rounded price that is reported.
  const price = priceIn(quote.after, order.outcome, PPM << 64n);
  const bound = BigInt(limit) << 64n;
  if (order.kind === 'sell' ? price >= bound : price <= bound) return undefined;
  return refusal('limitProbabilityPpm', limit, `The trade would leave the price at ${quote.pricePpm} ppm.`);
};

/**
 * What an order comes to for this trader at this point: the one function behind previews and trades.
 * Refuses, with the field at fault: malformed numbers, unknown outcomes, nothing to trade, more shares than held, a
 * price below 1e-9, the order's own limits, and more than the budget.
 */
export const quoteOrder = (curve: Curve, trader: Trader, order: Order, feePpm: number): Result<Quote> => {
  const { outcomes } = curve.liquidity;
  if (!Number.isInteger(order.outcome) || order.outcome < 0 || order.outcome >= outcomes)
    return no(
      'market.unknown-outcome',
      'order.outcome',
      order.outcome,
      `0 .. ${outcomes - 1}`,
      `This market has ${outcomes} outcomes, counted from 0.`,
      'Name an outcome by its place in the claim.',
    );
  if (order.kind !== 'to-probability') {
    const wrong = probability('order.limitProbabilityPpm', order.limitProbabilityPpm);
    if (wrong) return wrong;
  }
  const size = sizeOf(curve, trader, order, feePpm);
  if (!size.ok) return size;
  const { outcome, delta } = size.value;
  if (delta === 0n)
    return no(
      'market.nothing-to-trade',
      order.kind === 'spend' ? 'order.amountMicroUsd' : 'order.probabilityPpm',
      order.kind === 'spend' ? order.amountMicroUsd : pricePpm(curve, outcome),
      'at least 1 micro-share',
      'The order comes to less than one micro-share.',
      order.kind === 'spend' ? 'Spend more.' : 'Nothing needs to be done: the price is there already.',
    );
  if (delta < 0n && trader.shares[outcome]! < -delta)
    return no(
      'market.shares-exceeded',
      'order.sharesMicroShares',
      -delta,
      String(trader.shares[outcome]),
      `The account holds ${trader.shares[outcome]} micro-shares of outcome ${outcome}.`,
      'Sell at most what you hold, or buy the other outcomes.',
    );
  if (curve.quantities[outcome]! + delta > MAX_QUANTITY)
    return no(
      'market.quantity-limit',
      order.kind === 'buy' ? 'order.sharesMicroShares' : 'order.amountMicroUsd',
      delta,
      String(MAX_QUANTITY - curve.quantities[outcome]!),
      'The order would take the outstanding shares beyond what the engine can hold.',
      'Trade less.',
    );
  const after = moveCurve(curve, outcome, delta);
  const starved = belowFloor(after);
  if (starved >= 0)
    return no(
      'market.price-floor',
      order.kind === 'to-probability'
        ? 'order.probabilityPpm'
        : `order.${order.kind === 'spend' ? 'amountMicroUsd' : 'sharesMicroShares'}`,
      delta,
      'every price >= 1e-9',
      `The trade would take the price of outcome ${starved} below one in a billion.`,
      'Trade less: the remaining profit on this side is under one millionth of a dollar per thousand shares.',
    );
  const costMicroUsd = chargeMicroUsd(curve, after);
  const feeMicroUsd = feeOn(costMicroUsd, feePpm);
  const quote: Quote = {
    outcome,
    deltaMicroShares: delta,
    costMicroUsd,
    feeMicroUsd,
    pricePpm: pricePpm(after, outcome),
    after,
  };
  const broken = breaksLimit(order, quote);
  if (broken) return broken;
  if (costMicroUsd + feeMicroUsd > trader.budgetMicroUsd)
    return no(
      'market.budget-exceeded',
      'account.budgetMicroUsd',
      costMicroUsd + feeMicroUsd,
      String(trader.budgetMicroUsd),
      `The order costs ${costMicroUsd + feeMicroUsd} micro-USD with fee, and the budget in this market is ${trader.budgetMicroUsd}.`,
      'Fund the market first, or trade less.',
    );
  return ok(quote);
};
