/** Engine states as the wire shows them. Pure. */
import { type QuestionClaim, type Result, refuse } from '@surety/core';
import { eachAccount, pricesPpm } from '@surety/markets';
import type { Market, MarketSummary } from '@surety/protocol';
import type { Seat } from './context.ts';
import { contestCost } from './court/terms.ts';
import { type IssuedReceipt, needsPeople, type QuestionState } from './question.ts';

/** A question that was asked: claim and market are there. */
export type Asked = QuestionState & {
  readonly claim: QuestionClaim;
  readonly market: NonNullable<QuestionState['market']>;
};

export const isAsked = (state: QuestionState): state is Asked => state.claim !== null && state.market !== null;

/** @param field where the id was given, for the refusal */
export const unknownMarket = (marketId: string, field: 'marketId' | 'action.marketId'): Result<never> =>
  refuse({
    code: 'question.unknown',
    message: `No market ${marketId} was opened here.`,
    next: 'List the markets, or ask the question.',
    field,
    value: marketId,
  });

const STATUS = { unasked: 'open', open: 'open', closed: 'closed', decided: 'resolved', final: 'settled' } as const;

/** Share of the whole that the leading outcome needs before it is given as the provisional answer, ppm. */
export const LEAN_PPM = 600_000;

/** Prices of a market in ppm, in the order of the outcomes; they sum to 1,000,000. */
export const probabilitiesOf = (state: Asked): readonly number[] => pricesPpm(state.market.curve);

/** Index of the outcome that the price names clearly, or `null`. */
export const leaning = (probabilitiesPpm: readonly number[]): number | null => {
  const best = probabilitiesPpm.reduce((top, ppm, index) => (ppm > (probabilitiesPpm[top] ?? 0) ? index : top), 0);
  return (probabilitiesPpm[best] ?? 0) >= LEAN_PPM ? best : null;
};

/** The newest receipt that states the answer, and not only marks an older one as overturned. */
export const newestAnswer = ({ receipts }: QuestionState): IssuedReceipt | undefined =>
  receipts.findLast(({ status }) => status === 'provisional' || status === 'final');

/** The answer as it stands: the ruling where there is one, else what the price says. */
export const answerOf = (state: Asked): MarketSummary['answer'] => {
  const prices = probabilitiesOf(state);
  const outcome = state.decision === null ? leaning(prices) : state.decision.outcome;
  const status = newestAnswer(state)?.status ?? 'provisional';
  return {
    outcome: outcome === null ? null : (state.claim.outcomes[outcome] ?? null),
    probabilityPpm: outcome === null ? Math.max(...prices) : (prices[outcome] ?? 0),
    status,
    decidedBy: state.decision?.decidedBy ?? { kind: 'market' },
  };
};

export const summaryOf = (state: Asked): MarketSummary => ({
  marketId: state.claimId,
  claim: state.claim as MarketSummary['claim'],
  plainWords: state.plainWords,
  status: STATUS[state.phase],
  probabilitiesPpm: [...probabilitiesOf(state)],
  volumeMicroUsd: state.market.volumeMicroUsd.toString(),
  tradeCount: state.market.trades,
  closesAt: state.claim.closesAt,
  answer: answerOf(state),
  ...(needsPeople(state) && { needsPeople: true as const }),
});

/** Last probability of the first outcome that each account's report stated. */
const beliefs = (state: Asked): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  for (const { by, evidence } of state.evidence) {
    if (evidence.kind === 'analyst-report' && evidence.probabilityPpm !== null) found.set(by, evidence.probabilityPpm);
  }
  return found;
};

/** Until when the answer can be contested, and for how much; or that it was. */
const contestOf = ({
  phase,
  decision,
  contested,
  challengeSeconds,
  claim,
}: Asked): Pick<Market, 'contest' | 'contested'> => {
  if (contested || decision?.decidedBy.kind === 'court') return { contested: true };
  if (phase !== 'decided' || decision?.by !== 'panel' || decision.outcome === null) return {};
  return { contest: { until: decision.at + challengeSeconds, costMicroUsd: contestCost(claim).toString() } };
};

export const marketOf = (state: Asked, seats: readonly Seat[], environment: Market['environment']): Market => {
  const known = new Map(seats.map(({ account, analyst }) => [account, analyst]));
  const said = beliefs(state);
  const accounts = new Set([
    ...said.keys(),
    ...Array.from(eachAccount(state.market.accounts), ({ account }) => account),
  ]);
  return {
    ...summaryOf(state),
    quantitiesMicroShares: state.market.curve.quantities.map(String),
    subsidyMicroUsd: state.market.terms.subsidyMicroUsd.toString(),
    players: [...accounts]
      .filter((account) => known.has(account) || account.startsWith('0x'))
      .slice(0, 200)
      .map((account) => {
        const lastProbabilityPpm = said.get(account);
        const analyst = known.get(account);
        return {
          account,
          id: analyst?.id ?? account,
          label: analyst?.id ?? 'outside player',
          ...(lastProbabilityPpm !== undefined && { lastProbabilityPpm }),
        };
      }),
    evidence: state.evidence.map(({ evidenceId, by, evidence }) => ({
      evidenceId,
      by,
      evidence,
    })) as Market['evidence'],
    priceHistory: state.history.map(({ at, seq, probabilitiesPpm }) => ({
      at,
      seq,
      probabilitiesPpm: [...probabilitiesPpm],
    })),
    resolvesBy: state.claim.closesAt + state.challengeSeconds,
    ...contestOf(state),
    receiptId: newestAnswer(state)?.receiptId ?? null,
    environment,
    seq: state.seq,
  };
};
