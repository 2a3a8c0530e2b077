/** A question's steps that happen in its market: asked, funded, traded, closed, settled. Pure. */
import type { Problem } from '@surety/core';
import {
  accountOf,
  type Market,
  type MarketEffect,
  type MarketEvent,
  pricesPpm,
  step as stepMarket,
} from '@surety/markets';
import { isSpent, spend } from './nonces.ts';
import { accept, no, type Of, type Outcome, replay, type TradeOutput, wrongPhase } from './question-events.ts';
import { type Fill, type PricePoint, QUESTION_LIMITS, type QuestionState } from './question-state.ts';

type Payment = Extract<MarketEffect, { kind: 'pay' }>;
type Change = { readonly state: Partial<QuestionState>; readonly output?: TradeOutput };

/** Steps the market inside; `next` builds the rest of the new state from what came out. */
export const inMarket = (
  state: QuestionState,
  event: MarketEvent,
  next: (market: Market, effects: readonly MarketEffect[]) => Change = () => ({ state: {} }),
): Outcome => {
  if (state.market === null) return wrongPhase(state, 'open');
  const step = stepMarket(state.market, event);
  if (step.kind === 'refused') return no(step.problem);
  const change = next(step.state, step.effects);
  const after = { ...state, market: step.state, ...change.state };
  return { kind: 'accepted', state: after, effects: [], ...(change.output && { output: change.output }) };
};

export const asked = (
  state: QuestionState,
  { claim, plainWords, feePpm, feeRecipient, challengeSeconds, at }: Of<'asked'>,
): Outcome => {
  if (state.phase !== 'unasked') return wrongPhase(state, 'unasked');
  const step = stepMarket(undefined, {
    kind: 'open',
    claimId: state.claimId,
    outcomes: claim.outcomes.length,
    subsidyMicroUsd: BigInt(claim.budgetMicroUsd),
    subsidyPayer: claim.asker,
    closesAt: claim.closesAt,
    feePpm,
    feeRecipient,
  });
  if (step.kind === 'refused') return no(step.problem);
  const first = { at, seq: 1, probabilitiesPpm: pricesPpm(step.state.curve) };
  return accept(state, {
    claim,
    plainWords,
    challengeSeconds,
    phase: 'open',
    market: step.state,
    history: [first],
    costMicroUsd: BigInt(claim.budgetMicroUsd),
  });
};

const full = (account: string): Problem => ({
  code: 'market.full',
  message: `This market holds the money of ${QUESTION_LIMITS.accounts} accounts and takes no further one.`,
  next: 'Trade in another market.',
  field: 'account',
  value: account,
  limit: `${QUESTION_LIMITS.accounts} accounts`,
});

export const funded = (state: QuestionState, { account, amountMicroUsd }: Of<'funded'>): Outcome => {
  const { market } = state;
  if (market !== null && market.accounts.size >= QUESTION_LIMITS.accounts && accountOf(market, account) === undefined)
    return no(full(account));
  return inMarket(state, { kind: 'fund', account, amountMicroUsd });
};

const withPoint = (history: readonly PricePoint[], point: PricePoint): readonly PricePoint[] => {
  const kept = history.length < QUESTION_LIMITS.history ? history : history.filter((_, index) => index % 2 === 0);
  return [...kept, point];
};

export const traded = (state: QuestionState, event: Of<'traded'>): Outcome => {
  if (event.nonce !== undefined && isSpent(state.nonces, event.nonce)) return replay(event.nonce);
  const { account, order, nonce, at } = event;
  return inMarket(state, { kind: 'order', account, order, at }, (market, effects) => {
    const [effect] = effects as readonly Extract<MarketEffect, { kind: 'traded' }>[];
    const { outcome, deltaMicroShares, costMicroUsd, feeMicroUsd } = effect!;
    const fill: Fill = { account, outcome, deltaMicroShares, costMicroUsd, feeMicroUsd, at };
    const probabilitiesPpm = pricesPpm(market.curve);
    const seq = state.seq + 1;
    return {
      state: {
        nonces: nonce === undefined ? state.nonces : spend(state.nonces, nonce, at),
        fills: state.fills.length < QUESTION_LIMITS.fills ? [...state.fills, fill] : state.fills,
        history: withPoint(state.history, { at, seq, probabilitiesPpm }),
      },
      output: { ...fill, seq, probabilitiesPpm, budgetMicroUsd: accountOf(market, account)?.budgetMicroUsd ?? 0n },
    };
  });
};

export const closed = (state: QuestionState, { at }: Of<'closed'>): Outcome =>
  inMarket(state, { kind: 'close', at }, () => ({ state: { phase: 'closed' } }));

export const settled = (state: QuestionState, { at }: Of<'settled'>): Outcome => {
  if (state.phase !== 'decided' || state.decision === null) return wrongPhase(state, 'decided');
  if (state.contested) return wrongPhase(state, 'out of court');
  const until = state.decision.at + state.challengeSeconds;
  if (state.decision.by === 'panel' && at < until) {
    return no({
      code: 'question.too-early',
      message: 'The answer can still be challenged.',
      next: 'Settle when the window has passed.',
      field: 'at',
      value: String(at),
      limit: `>= ${until}`,
    });
  }
  return inMarket(state, { kind: 'settle' }, (_, effects) => {
    const back = (effects as readonly Payment[]).reduce(
      (sum, { reason, amountMicroUsd }) => (reason === 'subsidy' ? sum + amountMicroUsd : sum),
      0n,
    );
    return { state: { phase: 'final', costMicroUsd: back < state.costMicroUsd ? state.costMicroUsd - back : 0n } };
  });
};

/** Everybody whom settling pays now, and what: sums to the market's whole value. Empty while it is not decided. */
export const settlementOf = (state: QuestionState): readonly Payment[] => {
  if (state.market === null) return [];
  const step = stepMarket(state.market, { kind: 'settle' });
  return step.kind === 'accepted' ? (step.effects as readonly Payment[]) : [];
};
