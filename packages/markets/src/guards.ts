/** Checks that several events share; each returns a refusal or nothing. */
import type { Problem } from '@surety/core';
import { MARKET_LIMITS } from './limits.ts';
import { no } from './problem.ts';
import type { Market, MarketEffect, Phase, Step } from './types.ts';

/** A check that failed. */
export type Refusal = { readonly ok: false; readonly problem: Problem };

export const accept = (state: Market, effects: readonly MarketEffect[] = []): Step => ({
  kind: 'accepted',
  state,
  effects,
});

export const refused = (refusal: Refusal): Step => ({
  kind: 'refused',
  problem: refusal.problem,
});

/** A name of 1 .. 128 characters. */
export const badName = (field: string, value: string): Refusal | undefined => {
  if (value.length > 0 && value.length <= MARKET_LIMITS.nameCharacters) return undefined;
  const code = value.length === 0 ? 'input.empty' : 'input.too-large';
  const limit = `1 .. ${MARKET_LIMITS.nameCharacters} characters`;
  return no(code, field, value, limit, `${field} must be a name.`, 'Send a shorter, non-empty name.');
};

/** An amount of 1 .. max. */
export const badAmount = (amountMicroUsd: bigint, max: bigint, next: string): Refusal | undefined => {
  if (amountMicroUsd > 0n && amountMicroUsd <= max) return undefined;
  const code = amountMicroUsd <= 0n ? 'amount.negative' : 'input.out-of-range';
  const message = `The amount must be between 1 and ${max} micro-USD.`;
  return no(code, 'amountMicroUsd', amountMicroUsd, `1 .. ${max}`, message, next);
};

/** The market is in one of these phases. */
export const outOfPhase = (
  state: Market,
  phases: readonly [Phase['kind'], ...Phase['kind'][]],
  next: string,
): Refusal | undefined => {
  const { kind } = state.phase;
  if (phases.includes(kind)) return undefined;
  const code = phases[0] === 'open' ? 'market.not-open' : 'market.wrong-phase';
  return no(code, 'phase', kind, phases.join(' or '), `The market is ${kind}.`, next);
};

/** The market is open and its deadline lies ahead. */
export const tooLate = (state: Market, at: number): Refusal | undefined => {
  const closed = outOfPhase(state, ['open'], 'Trade in a market that is open.');
  if (closed || at < state.terms.closesAt) return closed;
  const limit = `< ${state.terms.closesAt}`;
  const next = 'Wait for the ruling, and challenge it if you think it wrong.';
  return no('market.past-deadline', 'at', at, limit, 'The deadline of the market has passed.', next);
};

export const unknownAccount = (account: string): Refusal =>
  no(
    'market.unknown-account',
    'account',
    account,
    'an account that funded this market',
    'The account has no budget in this market.',
    'Fund it first.',
  );
