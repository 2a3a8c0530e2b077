/**
 * The court as a game: `step(state, event)` is pure, reads no clock and draws nothing at random. Value comes in by `take`
 * effects, leaves by `pay` effects, and in between {@link heldMicroUsd} stays the same at every step.
 */
import { advance } from './advance.ts';
import { commit } from './commit.ts';
import { draw } from './draw-step.ts';
import type { CaseEvent, Step } from './events.ts';
import { fund } from './fund.ts';
import { outside } from './guards.ts';
import { no, refused } from './problem.ts';
import { propose } from './propose.ts';
import { reveal } from './reveal.ts';
import { showEarly } from './show-early.ts';
import type { Case } from './state.ts';
import { strike } from './strike.ts';
import { withdraw } from './withdraw.ts';

/** What an event does to a case that has begun. */
const moved = (state: Case, event: Exclude<CaseEvent, { readonly kind: 'propose' }>): Step => {
  switch (event.kind) {
    case 'fund':
      return fund(state, event);
    case 'draw':
      return draw(state, event);
    case 'strike':
      return strike(state, event);
    case 'commit':
      return commit(state, event);
    case 'show-early':
      return showEarly(state, event);
    case 'reveal':
      return reveal(state, event);
    case 'advance':
      return advance(state, event);
    case 'withdraw':
      return withdraw(state, event);
  }
};

/**
 * One step of a case; `undefined` is the case before its proposal. Never throws on what a user can send: what cannot be done is
 * refused with a problem that names the field, and the state stays as it was. Earlier states stay valid. Time does not go back.
 */
export const step = (state: Case | undefined, event: CaseEvent): Step => {
  if (event.kind === 'propose') {
    if (state === undefined) return propose(event);
    const message = 'An outcome was proposed in this case.';
    return refused(
      no('court.case-exists', 'caseId', event.caseId, 'one proposal', message, 'Challenge it with a bond.'),
    );
  }
  if (state === undefined) {
    const message = 'Nothing was proposed in this case.';
    return refused(no('court.case-unknown', 'phase', 'none', 'a case', message, 'Propose an outcome first.'));
  }
  const back = outside('at', event.at, state.at, Number.MAX_SAFE_INTEGER);
  if (back) return refused(back);
  const next = moved(state, event);
  return next.kind === 'accepted' ? { ...next, state: { ...next.state, at: event.at } } : next;
};

const isOver = ({ phase }: Case): boolean => phase.kind === 'final' || phase.kind === 'undecided';

/** Everything a case holds, burnt included, in micro-USD: what came in less what was paid out. */
export const heldMicroUsd = (state: Case): bigint => {
  let held = state.burntMicroUsd;
  for (const amount of state.credits.values()) held += amount;
  if (isOver(state)) return held;
  held += state.terms.rewardMicroUsd;
  for (const { bondMicroUsd, feesMicroUsd } of state.rungs) held += bondMicroUsd + feesMicroUsd;
  for (const { amountMicroUsd } of state.pots.flatMap(({ shares }) => shares)) held += amountMicroUsd;
  for (const { lockedMicroUsd } of state.rounds.flatMap(({ seats }) => seats)) held += lockedMicroUsd;
  return held;
};
