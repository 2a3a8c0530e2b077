import { type ActionResult, ok, type Result, type WireOrder } from '@surety/sdk/page';
import { account, ensureMoney, refreshAccount } from '../state/account.ts';
import { act } from '../state/session.ts';

/** An order's outcome as the node reports it. */
export type Fill = Extract<ActionResult, { kind: 'order' }>;

/** What already lies in this market for the account. */
const budgetIn = (marketId: string): bigint =>
  BigInt(account.value?.markets.find((market) => market.marketId === marketId)?.budgetMicroUsd ?? '0');

/**
 * Moves what the order may cost into the market, if it is not there already, and places the order. Money
 * that was moved and not spent stays in the market's budget and returns when it settles.
 * @param highestCostMicroUsd the most this order may cost; 0 for a sale
 */
export const placeOrder = async (
  marketId: string,
  order: WireOrder,
  highestCostMicroUsd: bigint,
): Promise<Result<Fill>> => {
  const money = await ensureMoney(highestCostMicroUsd);
  if (!money.ok) return money;
  const missing = highestCostMicroUsd - budgetIn(marketId);
  if (missing > 0n) {
    const funded = await act({ type: 'surety/action/fund/v1', marketId, amountMicroUsd: missing.toString() });
    if (!funded.ok) return funded;
  }
  const placed = await act({ type: 'surety/action/order/v1', marketId, order });
  await refreshAccount();
  return placed.ok ? ok(placed.value as Fill) : placed;
};
