/** Refusals, on one line each. */
import { type ErrorCode, type Problem, refuse, show } from '@surety/core';
import type { CaseEffect, Step } from './events.ts';
import type { Case } from './state.ts';

/** A check that failed. */
export type Refusal = { readonly ok: false; readonly problem: Problem };

/** A refusal that names the field, its value and the limit it broke, and says what to do next. */
export const no = (
  code: ErrorCode,
  field: string,
  value: unknown,
  limit: string,
  message: string,
  next: string,
): Refusal => refuse({ code, message, next, field, value: show(value), limit });

export const refused = (refusal: Refusal): Step => ({ kind: 'refused', problem: refusal.problem });

export const accept = (state: Case, effects: readonly CaseEffect[] = []): Step => ({
  kind: 'accepted',
  state,
  effects,
});
