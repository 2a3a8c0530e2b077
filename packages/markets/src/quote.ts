/** What an order comes to at a point of the curve: the one function behind previews and trades. */
import { ok, type Result } from '@surety/core';
import { feeOn } from './fee.ts';
import type { Refusal } from './guards.ts';
import { belowFloor, type Curve, chargeMicroUsd, MAX_QUANTITY, moveCurve, priceIn, pricePpm } from './lmsr.ts';
import { amountField, type Size, sizeOf, type Trader } from './order-size.ts';
import type { Order } from './orders.ts';
import { no } from './problem.ts';

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

const tooMany = (curve: Curve, order: Order, { outcome, delta }: Size): Refusal | undefined => {
  const room = MAX_QUANTITY - curve.quantities[outcome]!;
  if (delta <= room) return undefined;
  const message = 'The order would take the outstanding shares beyond what the engine can hold.';
  return no('market.quantity-limit', amountField(order), delta, `<= ${room}`, message, 'Trade less.');
};

const tooFar = (after: Curve, order: Order, { delta }: Size): Refusal | undefined => {
  const starved = belowFloor(after);
  if (starved < 0) return undefined;
  const message = `The trade would take the price of outcome ${starved} below one in a billion.`;
  const next = 'Trade less: a thousand shares more could win a millionth of a dollar.';
  return no('market.price-floor', amountField(order), delta, 'every price >= 1e-9', message, next);
};

/** The lowest or highest price that a limit allows, compared exactly: finer than the rounded price that is shown. */
const beyondPrice = (order: Order, quote: Quote): Refusal | undefined => {
  if (order.kind === 'to-probability' || order.limitProbabilityPpm === undefined) return undefined;
  const { limitProbabilityPpm } = order;
  const price = priceIn(quote.after, order.outcome, 1_000_000n << 64n);
  const bound = BigInt(limitProbabilityPpm) << 64n;
  if (order.kind === 'sell' ? price >= bound : price <= bound) return undefined;
  const message = `The trade would leave the price at ${quote.pricePpm} ppm.`;
  return beyond('limitProbabilityPpm', limitProbabilityPpm, message);
};

const beyond = (field: string, limit: bigint | number, message: string): Refusal =>
  no('market.limit-exceeded', `order.${field}`, limit, String(limit), message, 'Widen the limit, or quote again.');

/** The limits that the order itself sets on what it pays or gets. */
const beyondLimit = (order: Order, quote: Quote): Refusal | undefined => {
  const paid = quote.costMicroUsd + quote.feeMicroUsd;
  switch (order.kind) {
    case 'buy':
    case 'to-probability':
      if (order.maxCostMicroUsd === undefined || paid <= order.maxCostMicroUsd) return undefined;
      return beyond('maxCostMicroUsd', order.maxCostMicroUsd, `The order costs ${paid} micro-USD with fee.`);
    case 'sell':
      if (order.minProceedsMicroUsd === undefined || -paid >= order.minProceedsMicroUsd) return undefined;
      return beyond('minProceedsMicroUsd', order.minProceedsMicroUsd, `The order yields ${-paid} micro-USD after fee.`);
    case 'spend': {
      const { deltaMicroShares } = quote;
      if (order.minSharesMicroShares === undefined || deltaMicroShares >= order.minSharesMicroShares) return undefined;
      const message = `The amount buys ${deltaMicroShares} micro-shares.`;
      return beyond('minSharesMicroShares', order.minSharesMicroShares, message);
    }
  }
};

const tooDear = (trader: Trader, quote: Quote): Refusal | undefined => {
  const paid = quote.costMicroUsd + quote.feeMicroUsd;
  const { budgetMicroUsd } = trader;
  if (paid <= budgetMicroUsd) return undefined;
  const message = `The order costs ${paid} micro-USD with fee, and the budget in this market is ${budgetMicroUsd}.`;
  const next = 'Fund the market first, or trade less.';
  return no('market.budget-exceeded', 'account.budgetMicroUsd', paid, `<= ${budgetMicroUsd}`, message, next);
};

/**
 * What an order comes to for this trader at this point. Refuses, naming the field at fault: malformed numbers, unknown
 * outcomes, nothing to trade, more shares than held, a price below 1e-9, the order's own limits, more than the budget.
 */
export const quoteOrder = (curve: Curve, trader: Trader, order: Order, feePpm: number): Result<Quote> => {
  const size = sizeOf(curve, trader, order, feePpm);
  if (!size.ok) return size;
  const unholdable = tooMany(curve, order, size.value);
  if (unholdable) return unholdable;
  const { outcome, delta } = size.value;
  const after = moveCurve(curve, outcome, delta);
  const costMicroUsd = chargeMicroUsd(curve, after);
  const quote: Quote = {
    outcome,
    deltaMicroShares: delta,
    costMicroUsd,
    feeMicroUsd: feeOn(costMicroUsd, feePpm),
    pricePpm: pricePpm(after, outcome),
    after,
  };
  const refusal =
    tooFar(after, order, size.value) ??
    beyondPrice(order, quote) ??
    beyondLimit(order, quote) ??
    tooDear(trader, quote);
  return refusal ?? ok(quote);
};
