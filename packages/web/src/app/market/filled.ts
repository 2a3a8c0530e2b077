import type { Quote, WireOrder } from '@surety/sdk/page';

/** What a quote or a fill comes to, fee included; below zero: received. */
export const totalOf = (filled: Pick<Quote, 'costMicroUsd' | 'feeMicroUsd'>): bigint =>
  BigInt(filled.costMicroUsd) + BigInt(filled.feeMicroUsd);

/** A tenth on top of a quoted price, for what others may trade in between. */
const SLACK_TENTHS = 11n;

/**
 * The money to have in the market before the order: exactly the sum for `spend`; for the rest the quote and
 * a tenth, rounded up. What is not spent stays in the budget and returns when the market settles.
 */
export const highestCost = (order: WireOrder, quote: Quote): bigint => {
  if (order.kind === 'spend') return BigInt(order.amountMicroUsd);
  const total = totalOf(quote);
  return total <= 0n ? 0n : (total * SLACK_TENTHS + 9n) / 10n;
};
