/** Shared by the tests of this package. */
import assert from 'node:assert/strict';
import { type Market, type MarketEffect, type MarketEvent, type MarketTerms, type Order, step } from '../src/index.ts';

export const USD = 1_000_000n;

export const TERMS: MarketTerms = {
  claimId: 'claim',
  outcomes: 2,
  subsidyMicroUsd: 50n * USD,
  subsidyPayer: 'asker',
  closesAt: 1_000,
  feePpm: 0,
  feeRecipient: 'house',
};

/** The state after an event that must be accepted. */
export const accepted = (
  state: Market | undefined,
  event: MarketEvent,
): { state: Market; effects: readonly MarketEffect[] } => {
  const next = step(state, event);
  assert.equal(next.kind, 'accepted', next.kind === 'refused' ? next.problem.message : '');
  return next as { state: Market; effects: readonly MarketEffect[] } & typeof next;
};

/** The state after several events that must be accepted. */
export const after = (state: Market | undefined, ...events: readonly MarketEvent[]): Market => {
  let last = state;
  for (const event of events) last = accepted(last, event).state;
  assert.ok(last);
  return last;
};

/** The code and field of a refusal. */
export const refusal = (state: Market | undefined, event: MarketEvent): string => {
  const next = step(state, event);
  assert.equal(next.kind, 'refused');
  return next.kind === 'refused' ? `${next.problem.code} ${next.problem.field}` : '';
};

export const opened = (terms: Partial<MarketTerms> = {}): Market =>
  after(undefined, { kind: 'open', ...TERMS, ...terms });

export const funding = (account: string, dollars: bigint): MarketEvent => ({
  kind: 'fund',
  account,
  amountMicroUsd: dollars * USD,
});

export const ordering = (account: string, order: Order, at = 1): MarketEvent => ({ kind: 'order', account, order, at });

export const buying = (account: string, outcome: number, sharesMicroShares: bigint): MarketEvent =>
  ordering(account, { kind: 'buy', outcome, sharesMicroShares });

export const selling = (account: string, outcome: number, sharesMicroShares: bigint): MarketEvent =>
  ordering(account, { kind: 'sell', outcome, sharesMicroShares });
