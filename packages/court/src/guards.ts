/** Checks that several steps share; each returns a refusal or nothing. */
import { from0x, isOutcome, parseAddress } from '@surety/core';
import { no, type Refusal } from './problem.ts';
import type { Case, Phase } from './state.ts';

export const badAddress = (field: string, account: string): Refusal | undefined => {
  const parsed = parseAddress(account, { field });
  return parsed.ok ? undefined : parsed;
};

export const badHash = (field: string, hash: string): Refusal | undefined => {
  const parsed = from0x(hash, { bytes: 32, field });
  return parsed.ok ? undefined : parsed;
};

/** A whole number, or an amount, of min .. max. */
export const outside = <Value extends number | bigint>(
  field: string,
  value: Value,
  min: Value,
  max: Value,
): Refusal | undefined => {
  const whole = typeof value === 'bigint' || Number.isSafeInteger(value);
  if (whole && value >= min && value <= max) return undefined;
  const next = 'Choose a whole number within the limit.';
  return no('input.out-of-range', field, value, `${min} .. ${max}`, `${field} lies outside its limit.`, next);
};

export const unknownOutcome = (state: Case, outcome: number): Refusal | undefined => {
  const { outcomes } = state.terms;
  if (isOutcome(outcome, outcomes)) return undefined;
  const limit = `0 .. ${outcomes - 1}, 253, 254 or 255`;
  const next = 'Name an outcome by its place in the claim, or undecidable, too early, invalid.';
  return no('court.unknown-outcome', 'outcome', outcome, limit, 'The case has no such outcome.', next);
};

/** The case is in one of these phases. */
export const outOfPhase = (state: Case, phases: readonly Phase['kind'][], next: string): Refusal | undefined => {
  const { kind } = state.phase;
  if (phases.includes(kind)) return undefined;
  return no('court.wrong-phase', 'phase', kind, phases.join(' or '), `The case is ${kind}.`, next);
};

/** `from` ≤ at < `until`: every window is half-open, so that no moment belongs to two. */
export const outOfTime = (at: number, from: number, until: number, what: string): Refusal | undefined => {
  const limit = `${from} <= at < ${until}`;
  if (at < from) {
    return no('court.too-early', 'at', at, limit, `${what} has not begun.`, `Wait until ${from}.`);
  }
  if (at < until) return undefined;
  return no('court.too-late', 'at', at, limit, `${what} is over.`, 'Advance the case.');
};
