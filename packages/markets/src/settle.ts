/** Who is paid what when a market ends. */
import { eachAccount } from './accounts.ts';
import type { Market, MarketEffect, PayReason, Ruling } from './types.ts';

/**
 * Payments that end a market; they sum to its total value exactly.
 *
 * Decided: an account receives its budget and one dollar for each winning share, the fee recipient the fees, the
 * subsidy payer what the maker has left (never below zero: the worst loss is the subsidy).
 * Undecided: the market is unwound. Every account receives what it put in, fees included, and the subsidy payer the
 * subsidy; nobody gains or loses, and no invented price is paid out.
 */
export const settlement = (state: Market, ruling: Ruling): MarketEffect[] => {
  const { terms } = state;
  const payments: MarketEffect[] = [];
  const pay = (account: string, amountMicroUsd: bigint, reason: PayReason): void => {
    if (amountMicroUsd > 0n) payments.push({ kind: 'pay', account, amountMicroUsd, reason });
  };
  if (ruling.outcome === 'undecided') {
    for (const holder of eachAccount(state.accounts)) pay(holder.account, holder.depositedMicroUsd, 'refund');
    pay(terms.subsidyPayer, terms.subsidyMicroUsd, 'subsidy');
    return payments;
  }
  let makerMicroUsd = state.makerMicroUsd;
  for (const holder of eachAccount(state.accounts)) {
    const won = holder.shares[ruling.outcome]!;
    makerMicroUsd -= won;
    pay(holder.account, holder.budgetMicroUsd + won, 'settlement');
  }
  pay(terms.feeRecipient, state.feesMicroUsd, 'fees');
  pay(terms.subsidyPayer, makerMicroUsd, 'subsidy');
  return payments;
};
