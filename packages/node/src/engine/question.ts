/**
 * The question game: one asked question from signed reading to final answer. Pure. It holds the market (a game of
 * `@surety/markets`, stepped in `question-market.ts`) together with what a market does not know: claim, evidence,
 * votes, receipts, and rulings of the court and of people (`question-ruling.ts`), so that one stream tells the whole story and
 * value in it is conserved as one.
 */
import { accept, type Outcome, type QuestionEffect, type QuestionEvent, wrongPhase } from './question-events.ts';
import { asked, closed, funded, inMarket, settled, settlementOf, traded } from './question-market.ts';
import { attach, contested, graded, issued, resolved, uncontested } from './question-ruling.ts';
import type { QuestionState } from './question-state.ts';

export type { QuestionEffect, QuestionEvent, TradeOutput } from './question-events.ts';
export { settlementOf } from './question-market.ts';
export * from './question-state.ts';

const FOLLOWED: { readonly [K in QuestionEvent['kind']]?: QuestionEffect['kind'] } = {
  asked: 'question.asked',
  closed: 'question.closed',
  resolved: 'question.decided',
  settled: 'question.settled',
  // The answer stands again, and can be settled.
  uncontested: 'question.decided',
};

const stepInner = (state: QuestionState, event: QuestionEvent): Outcome => {
  switch (event.kind) {
    case 'asked':
      return asked(state, event);
    case 'funded':
      return funded(state, event);
    case 'returned':
      return inMarket(state, { kind: 'withdraw', account: event.account, amountMicroUsd: event.amountMicroUsd });
    case 'traded':
      return traded(state, event);
    case 'evidence':
      return attach(state, event);
    case 'closed':
      return closed(state, event);
    case 'audit-drawn':
      return state.audit === null && state.phase !== 'open' && state.phase !== 'unasked'
        ? accept(state, { audit: { drawn: event.drawn, beacon: event.beacon } })
        : wrongPhase(state, 'closed, and not drawn yet');
    case 'resolved':
      return resolved(state, event);
    case 'contested':
      return contested(state, event);
    case 'uncontested':
      return uncontested(state);
    case 'receipt':
      return issued(state, event);
    case 'settled':
      return settled(state, event);
    case 'graded':
      return graded(state, event);
  }
};

/** One step of a question. Never throws on what a user can send; a refusal leaves the state as it was. */
export const stepQuestion = (state: QuestionState, event: QuestionEvent): Outcome => {
  const outcome = stepInner(state, event);
  if (outcome.kind === 'refused') return outcome;
  const effect = FOLLOWED[event.kind];
  const effects: readonly QuestionEffect[] = effect === undefined ? [] : [{ kind: effect, claimId: state.claimId }];
  return { ...outcome, state: { ...outcome.state, seq: state.seq + 1 }, effects };
};

/** What an event adds to the value held by the question, micro-USD; negative where value leaves it. */
export const questionInflow = (state: QuestionState, event: QuestionEvent): bigint => {
  switch (event.kind) {
    case 'asked':
      return BigInt(event.claim.budgetMicroUsd);
    case 'funded':
      return event.amountMicroUsd;
    case 'returned':
      return -event.amountMicroUsd;
    case 'settled':
      return -settlementOf(state).reduce((sum, { amountMicroUsd }) => sum + amountMicroUsd, 0n);
    default:
      return 0n;
  }
};
