/** Reading a market without changing it. */
import type { Result } from '@surety/core';
import { type Account, accountAt, positionOf } from './accounts.ts';
import type { Order } from './orders.ts';
import { type Quote, quoteOrder } from './quote.ts';
import type { Market } from './types.ts';

/** What an account holds in this market, or `undefined` if it never funded it. */
export const accountOf = (state: Market, account: string): Account | undefined => {
  const position = positionOf(state.accounts, account);
  return position < 0 ? undefined : accountAt(state.accounts, position);
};

/** More than any order can cost. */
const UNLIMITED = 1n << 100n;

/**
 * What an order would come to now. With an account, exactly what `step` would do short of the deadline; without one,
 * for somebody with money enough who holds nothing.
 */
export const quote = (state: Market, order: Order, account?: string): Result<Quote> =>
  quoteOrder(
    state.curve,
    (account === undefined ? undefined : accountOf(state, account)) ?? {
      budgetMicroUsd: UNLIMITED,
      shares: state.curve.quantities.map(() => 0n),
    },
    order,
    state.terms.feePpm,
  );
