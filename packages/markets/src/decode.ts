/** Reads {@link EncodedMarket} back, and believes nothing: every field and every sum is checked. */
import {
  fromHex,
  type Json,
  ok,
  parseSignedAmount,
  type Result,
  refuse,
  SuretyError,
  show,
  unwrap,
} from '@surety/core';
import { type Account, addAccount, NO_ACCOUNTS } from './accounts.ts';
import { MARKET_LIMITS } from './limits.ts';
import { curveAt, liquidityOf, MAX_QUANTITY, OUTCOMES } from './lmsr.ts';
import type { AttachedEvidence, Market, MarketTerms, Phase } from './types.ts';

type Fields = { readonly [key: string]: Json };

const bad = (field: string, value: unknown, limit: string): SuretyError =>
  new SuretyError({
    code: 'input.malformed',
    message: `The market's ${field} is not ${limit}.`,
    next: 'Use a market that encodeMarket wrote.',
    field,
    value: show(value),
    limit,
  });

const fields = (value: Json | undefined, field: string, names: readonly string[]): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad(field, value, 'an object');
  const given = Object.keys(value).sort().join();
  if (given !== [...names].sort().join()) throw bad(field, given, `an object of ${names.join(', ')}`);
  return value as Fields;
};

const list = (value: Json | undefined, field: string, max: number): readonly Json[] => {
  if (!Array.isArray(value) || value.length > max) throw bad(field, value, `a list of at most ${max}`);
  return value;
};

const name = (value: Json | undefined, field: string): string => {
  if (typeof value !== 'string' || value.length === 0 || value.length > MARKET_LIMITS.nameCharacters)
    throw bad(field, value, `a string of 1 .. ${MARKET_LIMITS.nameCharacters} characters`);
  return value;
};

const count = (value: Json | undefined, field: string, max: number = Number.MAX_SAFE_INTEGER): number => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > max)
    throw bad(field, value, `a whole number of 0 .. ${max}`);
  return value;
};

const amount = (value: Json | undefined, field: string): bigint => {
  if (typeof value !== 'string') throw bad(field, value, 'a decimal string');
  return unwrap(parseSignedAmount(value, field));
};

const unsigned = (value: Json | undefined, field: string): bigint => {
  const parsed = amount(value, field);
  if (parsed < 0n) throw bad(field, value, 'zero or more');
  return parsed;
};

const terms = (value: Json | undefined): MarketTerms => {
  const names = ['claimId', 'outcomes', 'subsidyMicroUsd', 'subsidyPayer', 'closesAt', 'feePpm', 'feeRecipient'];
  const given = fields(value, 'terms', names);
  return {
    claimId: name(given.claimId, 'terms.claimId'),
    outcomes: count(given.outcomes, 'terms.outcomes', OUTCOMES.max),
    subsidyMicroUsd: unsigned(given.subsidyMicroUsd, 'terms.subsidyMicroUsd'),
    subsidyPayer: name(given.subsidyPayer, 'terms.subsidyPayer'),
    closesAt: count(given.closesAt, 'terms.closesAt'),
    feePpm: count(given.feePpm, 'terms.feePpm', MARKET_LIMITS.feePpm),
    feeRecipient: name(given.feeRecipient, 'terms.feeRecipient'),
  };
};

const phase = (value: Json | undefined, outcomes: number): Phase => {
  const kind = (value as Fields | null | undefined)?.kind;
  if (kind === 'open') return { kind: fields(value, 'phase', ['kind']).kind as 'open' };
  if (kind === 'closed') return { kind, at: count(fields(value, 'phase', ['kind', 'at']).at, 'phase.at') };
  if (kind !== 'resolved' && kind !== 'settled') throw bad('phase.kind', kind, 'open, closed, resolved or settled');
  const given = fields(fields(value, 'phase', ['kind', 'ruling']).ruling, 'phase.ruling', ['outcome', 'decidedBy']);
  const decidedBy = name(given.decidedBy, 'phase.ruling.decidedBy');
  const outcome =
    given.outcome === 'undecided' ? given.outcome : count(given.outcome, 'phase.ruling.outcome', outcomes - 1);
  return { kind, ruling: { outcome, decidedBy } };
};

const account = (value: Json, outcomes: number): Account => {
  const given = fields(value, 'accounts', ['account', 'depositedMicroUsd', 'budgetMicroUsd', 'shares']);
  const shares = list(given.shares, 'accounts.shares', outcomes).map((held) => unsigned(held, 'accounts.shares'));
  if (shares.length !== outcomes) throw bad('accounts.shares', shares.length, `a list of ${outcomes}`);
  return {
    account: name(given.account, 'accounts.account'),
    depositedMicroUsd: unsigned(given.depositedMicroUsd, 'accounts.depositedMicroUsd'),
    budgetMicroUsd: unsigned(given.budgetMicroUsd, 'accounts.budgetMicroUsd'),
    shares,
  };
};

const evidence = (value: Json): AttachedEvidence => {
  const given = fields(value, 'evidence', ['account', 'evidenceId']);
  return {
    account: name(given.account, 'evidence.account'),
    evidenceId: name(given.evidenceId, 'evidence.evidenceId'),
  };
};

/** INVARIANT: outstanding shares are those of the accounts, and what is held is what came in. */
const insistOnSums = (state: Market, holders: readonly Account[]): void => {
  if (state.phase.kind === 'settled') {
    if (holders.length > 0 || state.makerMicroUsd !== 0n || state.feesMicroUsd !== 0n)
      throw bad('accounts', holders.length, 'empty once settled');
    return;
  }
  state.curve.quantities.forEach((quantity, outcome) => {
    const held = holders.reduce((sum, holder) => sum + holder.shares[outcome]!, 0n);
    if (held !== quantity) throw bad('quantities', quantity, `the sum of all shares, ${held}`);
  });
  let held = state.makerMicroUsd + state.feesMicroUsd;
  let came = state.terms.subsidyMicroUsd;
  for (const holder of holders) {
    held += holder.budgetMicroUsd;
    came += holder.depositedMicroUsd;
  }
  if (held !== came) throw bad('makerMicroUsd', held, `in balance: ${came} micro-USD came in`);
};

const read = (value: Json): Market => {
  const names = ['type', 'terms', 'phase', 'quantities', 'makerMicroUsd', 'feesMicroUsd', 'accounts', 'evidence'];
  const given = fields(value, 'market', [...names, 'volumeMicroUsd', 'trades', 'tradesDigest']);
  if (given.type !== 'surety/market/v1') throw bad('type', given.type, 'surety/market/v1');
  const fixed = terms(given.terms);
  const quantities = list(given.quantities, 'quantities', fixed.outcomes).map((q) => unsigned(q, 'quantities'));
  for (const quantity of quantities) if (quantity > MAX_QUANTITY) throw bad('quantities', quantity, 'at most 2^60');
  const holders = list(given.accounts, 'accounts', MARKET_LIMITS.accounts).map((one) => account(one, fixed.outcomes));
  let accounts = NO_ACCOUNTS();
  for (const holder of holders) accounts = addAccount(accounts, holder);
  if (accounts.index.size !== holders.length) throw bad('accounts', holders.length, 'a list of distinct accounts');
  const digest = given.tradesDigest;
  if (typeof digest !== 'string') throw bad('tradesDigest', digest, '32 bytes of hex');
  const state: Market = {
    terms: fixed,
    phase: phase(given.phase, fixed.outcomes),
    curve: curveAt(liquidityOf(fixed.subsidyMicroUsd, fixed.outcomes), quantities),
    makerMicroUsd: unsigned(given.makerMicroUsd, 'makerMicroUsd'),
    feesMicroUsd: unsigned(given.feesMicroUsd, 'feesMicroUsd'),
    accounts,
    evidence: list(given.evidence, 'evidence', MARKET_LIMITS.evidence).map(evidence),
    volumeMicroUsd: unsigned(given.volumeMicroUsd, 'volumeMicroUsd'),
    trades: count(given.trades, 'trades'),
    tradesDigest: unwrap(fromHex(digest, { bytes: 32, field: 'tradesDigest' })),
  };
  insistOnSums(state, holders);
  return state;
};

/**
 * The market that {@link encodeMarket} wrote, or a problem that names what is wrong with it. Its curve is derived
 * anew from the quantities.
 */
export const decodeMarket = (value: Json): Result<Market> => {
  try {
    return ok(read(value));
  } catch (error) {
    if (error instanceof SuretyError) return refuse(error.problem);
    throw error;
  }
};
