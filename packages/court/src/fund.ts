/** How a rung is filled: a challenge, an appeal, the fees of a panel of people, or an audit (spec 21.2). */
import { withoutPots } from './credits.ts';
import type { EventOf, Step } from './events.ts';
import { badAddress, outOfPhase, outOfTime, outside, unknownOutcome } from './guards.ts';
import { type Need, needOf, totalOf } from './need.ts';
import { openRound } from './open-round.ts';
import { COURT_LIMITS } from './policy.ts';
import { accept, no, type Refusal, refused } from './problem.ts';
import type { Case, Share } from './state.ts';

/** The outcome that a challenge or an appeal is against. */
const standing = (state: Case): number | null =>
  state.phase.kind === 'proposed'
    ? state.rungs[0]!.outcome
    : state.phase.kind === 'appealable'
      ? state.phase.ruling
      : null;

const badOutcome = (state: Case, { account, outcome }: EventOf<'fund'>): Refusal | undefined => {
  if (outcome === null) {
    const { auditor } = state.terms.policy;
    if (account === auditor) return undefined;
    const next = 'Name the outcome that you stand for.';
    return no('court.not-auditor', 'account', account, `${auditor}`, 'Only the auditor pays for no outcome.', next);
  }
  const unknown = unknownOutcome(state, outcome);
  if (unknown) return unknown;
  if (outcome === standing(state)) {
    const message = 'This outcome stands already; nothing has to be paid for it.';
    return no('court.standing-outcome', 'outcome', outcome, 'another outcome', message, 'Wait for the window to end.');
  }
  if (state.phase.kind !== 'funding' || state.rungs.some((rung) => rung.outcome === outcome)) return undefined;
  const message = 'Nobody stands for this outcome.';
  const next = 'Pay for an outcome that has a bond.';
  return no('court.unknown-outcome', 'outcome', outcome, 'an outcome with a bond', message, next);
};

const satBefore = (state: Case, account: string): Refusal | undefined => {
  const sat = state.rounds.some(
    ({ seats, struck }) => struck.includes(account) || seats.some(({ juror }) => juror === account),
  );
  const next = 'Leave the case to others.';
  return sat
    ? no(
        'court.juror-party',
        'account',
        account,
        'nobody drawn in it',
        'Who was drawn in a case bears no bond in it.',
        next,
      )
    : undefined;
};

const filled = (state: Case, event: EventOf<'fund'>, need: Need, shares: readonly Share[]): Case => {
  const rung = { outcome: event.outcome, ...need, shares };
  const others = state.pots.filter(({ outcome }) => outcome !== event.outcome).flatMap((pot) => pot.shares);
  return { ...withoutPots(state, others), rungs: [...state.rungs, rung] };
};

/** The contributions with one more, an account's added up. */
const joined = (shares: readonly Share[], account: string, amountMicroUsd: bigint): readonly Share[] => {
  const known = shares.findIndex((share) => share.account === account);
  if (known < 0) return [...shares, { account, amountMicroUsd }];
  return shares.with(known, { account, amountMicroUsd: shares[known]!.amountMicroUsd + amountMicroUsd });
};

/** Takes at most what is missing; the outcome whose rung is full first takes it, and its panel is called. */
export const fund = (state: Case, event: EventOf<'fund'>): Step => {
  const { at, account, outcome, amountMicroUsd } = event;
  const { phase } = state;
  const wrong =
    badAddress('account', account) ??
    outOfPhase(
      state,
      ['proposed', 'appealable', 'funding'],
      'Wait for a window in which the case can be gone on with.',
    ) ??
    badOutcome(state, event) ??
    satBefore(state, account) ??
    outside('amountMicroUsd', amountMicroUsd, 1n, COURT_LIMITS.amountMicroUsd * 81n);
  if (wrong) return refused(wrong);
  const late = 'endsAt' in phase ? outOfTime(at, 0, phase.endsAt, 'The window') : undefined;
  if (late) return refused(late);
  const need = needOf(state, outcome)!;
  const before = state.pots.find((pot) => pot.outcome === outcome)?.shares ?? [];
  const missing = before.reduce((left, share) => left - share.amountMicroUsd, totalOf(need));
  let taken = missing;
  if (amountMicroUsd < missing) taken = amountMicroUsd;
  if (outcome === null && taken < missing) {
    const message = 'An audit is paid at once.';
    return refused(
      no('court.bond-short', 'amountMicroUsd', amountMicroUsd, `>= ${missing}`, message, 'Pay all of it.'),
    );
  }
  const take = { kind: 'take', account, amountMicroUsd: taken, from: 'balance' } as const;
  const shares = joined(before, account, taken);
  if (outcome !== null && taken < missing) {
    const others = state.pots.filter((pot) => pot.outcome !== outcome);
    return accept({ ...state, pots: [...others, { outcome, shares }] }, [take]);
  }
  const opened = openRound(filled(state, event, need, shares), { opensAt: at, at, paidBy: state.rungs.length });
  return accept(opened.state, [take, ...opened.effects]);
};
