/** Refusals, on one line each. */
import type { Refusal } from '@surety/core';
import type { CaseEffect, Step } from './events.ts';
import type { Case } from './state.ts';

export { type Refusal, refuseField as no } from '@surety/core';

export const refused = (refusal: Refusal): Step => ({ kind: 'refused', problem: refusal.problem });

export const accept = (state: Case, effects: readonly CaseEffect[] = []): Step => ({
  kind: 'accepted',
  state,
  effects,
});
