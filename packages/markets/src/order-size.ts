/** Which outcome, and how many shares of it, an order comes to; malformed orders are refused here. */
import { ok, type Result } from '@surety/core';
import type { Account } from './accounts.ts';
import { beforeFee } from './fee.ts';
import type { Refusal } from './guards.ts';
import { type Curve, MAX_QUANTITY, pricePpm } from './lmsr.ts';
import type { Order } from './orders.ts';
import { no } from './problem.ts';
import { PROBABILITY_PPM, sharesForAmount, sharesToPrice } from './sizing.ts';

/** What an order needs to know about who gives it. */
export type Trader = Pick<Account, 'budgetMicroUsd' | 'shares'>;

/** Micro-shares of an outcome to buy, or below zero to sell. */
export type Size = { readonly outcome: number; readonly delta: bigint };

type Kind<K extends Order['kind']> = Extract<Order, { readonly kind: K }>;

const notPositive = (field: string, value: bigint): Refusal | undefined => {
  if (value > 0n) return undefined;
  const code = value === 0n ? 'market.nothing-to-trade' : 'amount.negative';
  return no(code, field, value, '>= 1', `${field} must be above zero.`, 'Send a whole number of at least 1.');
};

const notProbability = (field: string, value: number | undefined): Refusal | undefined => {
  const { min, max } = PROBABILITY_PPM;
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return undefined;
  const message = `${field} must be a whole number of parts per million strictly between 0 and 1.`;
  return no('input.out-of-range', field, value, `${min} .. ${max}`, message, 'Send 500000 for one half.');
};

const notOutcome = (curve: Curve, outcome: number): Refusal | undefined => {
  const { outcomes } = curve.liquidity;
  if (Number.isInteger(outcome) && outcome >= 0 && outcome < outcomes) return undefined;
  const message = `This market has ${outcomes} outcomes, counted from 0.`;
  const next = 'Name an outcome by its place in the claim.';
  return no('market.unknown-outcome', 'order.outcome', outcome, `0 .. ${outcomes - 1}`, message, next);
};

const nothing = (field: string, value: unknown, next: string): Refusal =>
  no(
    'market.nothing-to-trade',
    field,
    value,
    '>= 1 micro-share',
    'The order comes to less than one micro-share.',
    next,
  );

const sizeOfSpend = (curve: Curve, order: Kind<'spend'>, feePpm: number): Result<Size> => {
  const { outcome, amountMicroUsd } = order;
  const delta = sharesForAmount(curve, outcome, beforeFee(amountMicroUsd, feePpm)) ?? MAX_QUANTITY + 1n;
  return delta > 0n ? ok({ outcome, delta }) : nothing('order.amountMicroUsd', amountMicroUsd, 'Spend more.');
};

const sizeToProbability = (curve: Curve, trader: Trader, order: Kind<'to-probability'>): Result<Size> => {
  const { outcome, probabilityPpm } = order;
  const delta = sharesToPrice(curve, outcome, probabilityPpm);
  const held = trader.shares[outcome]!;
  if (delta === 0n)
    return nothing('order.probabilityPpm', pricePpm(curve, outcome), 'Nothing needs to be done: the price is there.');
  if (delta > 0n || held >= -delta) return ok({ outcome, delta });
  if (curve.liquidity.outcomes === 2)
    return ok({ outcome: 1 - outcome, delta: sharesToPrice(curve, 1 - outcome, 1_000_000 - probabilityPpm) });
  const message = `Bringing outcome ${outcome} down to ${probabilityPpm} ppm takes selling ${-delta} micro-shares.`;
  const next = 'Buy the other outcomes instead, or name a probability closer to the present one.';
  return no('market.shares-exceeded', 'order.probabilityPpm', probabilityPpm, `${held} held`, message, next);
};

const sizeOfSale = (trader: Trader, { outcome, sharesMicroShares }: Kind<'sell'>): Result<Size> => {
  const held = trader.shares[outcome]!;
  if (held >= sharesMicroShares) return ok({ outcome, delta: -sharesMicroShares });
  const message = `The account holds ${held} micro-shares of outcome ${outcome}.`;
  const next = 'Sell at most what you hold, or buy the other outcomes.';
  return no('market.shares-exceeded', 'order.sharesMicroShares', sharesMicroShares, `<= ${held}`, message, next);
};

/** The field that says how much an order trades. */
export const amountField = (order: Order): string => {
  if (order.kind === 'to-probability') return 'order.probabilityPpm';
  return order.kind === 'spend' ? 'order.amountMicroUsd' : 'order.sharesMicroShares';
};

const malformed = (curve: Curve, order: Order): Refusal | undefined => {
  const wrong = notOutcome(curve, order.outcome);
  if (wrong) return wrong;
  if (order.kind === 'to-probability') return notProbability('order.probabilityPpm', order.probabilityPpm);
  const amount = order.kind === 'spend' ? order.amountMicroUsd : order.sharesMicroShares;
  return (
    notPositive(amountField(order), amount) ?? notProbability('order.limitProbabilityPpm', order.limitProbabilityPpm)
  );
};

/** What an order comes to, before anything is priced. */
export const sizeOf = (curve: Curve, trader: Trader, order: Order, feePpm: number): Result<Size> => {
  const wrong = malformed(curve, order);
  if (wrong) return wrong;
  switch (order.kind) {
    case 'buy':
      return ok({ outcome: order.outcome, delta: order.sharesMicroShares });
    case 'sell':
      return sizeOfSale(trader, order);
    case 'spend':
      return sizeOfSpend(curve, order, feePpm);
    case 'to-probability':
      return sizeToProbability(curve, trader, order);
  }
};
