/** How a market ends: closed at its deadline, resolved by a ruling, settled by paying everyone. */
import { eachAccount, NO_ACCOUNTS } from './accounts.ts';
import { accept, badName, outOfPhase, type Refusal, refused } from './guards.ts';
import { no } from './problem.ts';
import type { EventOf, Market, MarketEffect, PayReason, Ruling, Step } from './types.ts';

/** Stops trading. */
export const close = (state: Market, { at }: EventOf<'close'>): Step => {
  const wrong = outOfPhase(state, ['open'], 'Nothing needs to be done.');
  if (wrong) return refused(wrong);
  if (Number.isSafeInteger(at) && at >= state.terms.closesAt)
    return accept({ ...state, phase: { kind: 'closed', at } });
  const limit = `>= ${state.terms.closesAt}`;
  const next = 'Close the market at its deadline.';
  return refused(no('market.before-deadline', 'at', at, limit, 'The deadline has not come yet.', next));
};

const unknownOutcome = (state: Market, outcome: Ruling['outcome']): Refusal | undefined => {
  const { outcomes } = state.terms;
  if (outcome === 'undecided' || (Number.isInteger(outcome) && outcome >= 0 && outcome < outcomes)) return undefined;
  const limit = `0 .. ${outcomes - 1} or undecided`;
  const next = 'Name an outcome by its place in the claim.';
  return no('market.unknown-outcome', 'outcome', outcome, limit, 'The ruling names no outcome of this market.', next);
};

/** Takes a ruling; a later one replaces it until the market is settled. */
export const resolve = (state: Market, { outcome, decidedBy }: EventOf<'resolve'>): Step => {
  const wrong =
    outOfPhase(state, ['closed', 'resolved'], 'Rule after the market has closed and before it is settled.') ??
    badName('decidedBy', decidedBy) ??
    unknownOutcome(state, outcome);
  return wrong ? refused(wrong) : accept({ ...state, phase: { kind: 'resolved', ruling: { outcome, decidedBy } } });
};

/**
 * Payments that end a market; they sum to its total value exactly.
 *
 * Decided: an account receives its budget and one dollar for each winning share, the fee recipient the fees, the
 * subsidy payer what the maker has left (never below zero: the worst loss is the subsidy).
 * Undecided: the market is unwound. Every account receives what it put in, fees included, and the subsidy payer the
 * subsidy; nobody gains or loses, and no invented price is paid out.
 */
const settlement = (state: Market, ruling: Ruling): MarketEffect[] => {
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

/** Pays everyone out by the last ruling. Nothing stays behind. */
export const settle = (state: Market): Step => {
  if (state.phase.kind !== 'resolved') {
    const next = state.phase.kind === 'settled' ? 'Nothing needs to be done.' : 'Resolve the market first.';
    return refused(
      no('market.wrong-phase', 'phase', state.phase.kind, 'resolved', `The market is ${state.phase.kind}.`, next),
    );
  }
  const { ruling } = state.phase;
  const emptied: Market = {
    ...state,
    phase: { kind: 'settled', ruling },
    makerMicroUsd: 0n,
    feesMicroUsd: 0n,
    accounts: NO_ACCOUNTS(),
  };
  return accept(emptied, settlement(state, ruling));
};
