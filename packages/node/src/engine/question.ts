/**
 * The question game: one asked question from signed reading to final answer. Pure. It holds the market (a game of
 * `@surety/markets`, stepped here) together with what a market does not know: claim, evidence, votes, receipts,
 * challenges and people's rulings, so that one stream tells the whole story and value in it is conserved as one.
 */
import type { Cover, DecidedBy, Evidence, Json, Problem, QuestionClaim, ReceiptStatus } from '@surety/core';
import {
  accountOf,
  type Market,
  type MarketEffect,
  type MarketEvent,
  type Order,
  pricesPpm,
  step as stepMarket,
  totalValue,
} from '@surety/markets';
import { isSpent, NO_NONCES, type Nonces, spend } from './nonces.ts';

/** Evidence as attached: its id is the SHA-256 of its canonical JSON. */
export type Attached = { readonly evidenceId: string; readonly by: string; readonly evidence: Evidence };

/** What one trade came to, kept for the receipt's market record and recorded in the journal. */
export type Fill = {
  readonly account: string;
  readonly outcome: number;
  readonly deltaMicroShares: bigint;
  readonly costMicroUsd: bigint;
  readonly feeMicroUsd: bigint;
  readonly at: number;
};

export type PricePoint = { readonly at: number; readonly seq: number; readonly probabilitiesPpm: readonly number[] };

export type IssuedReceipt = {
  readonly receiptId: string;
  /** What it reports, e.g. `open` or `decided:<time of the decision>`; one receipt for each stage. */
  readonly stage: string;
  readonly status: ReceiptStatus;
  /** Index of the outcome it states, `null` for none. */
  readonly outcome: number | null;
  readonly promise: Cover | null;
  readonly at: number;
  /** The event of this stream that holds it. */
  readonly seq: number;
};

export type Challenge = {
  readonly account: string;
  readonly receiptId: string;
  readonly bondMicroUsd: bigint;
  readonly reason: string;
  readonly at: number;
};

/** Where the question stands. `decided` can still be challenged; `final` is settled. */
export type Phase = 'unasked' | 'open' | 'closed' | 'decided' | 'final';

export type Decision = { readonly outcome: number | null; readonly decidedBy: DecidedBy; readonly at: number };

export type QuestionState = {
  readonly claimId: string;
  readonly claim: QuestionClaim | null;
  readonly plainWords: string;
  /** Seconds in which a decision by a panel can be challenged. */
  readonly challengeSeconds: number;
  readonly phase: Phase;
  readonly market: Market | null;
  readonly nonces: Nonces;
  readonly evidence: readonly Attached[];
  /** The newest trades, as many as a receipt carries. */
  readonly fills: readonly Fill[];
  readonly history: readonly PricePoint[];
  readonly receipts: readonly IssuedReceipt[];
  readonly decision: Decision | null;
  readonly challenge: Challenge | null;
  /** `null` until the beacon after close has spoken. */
  readonly audit: { readonly drawn: boolean; readonly beacon: string } | null;
  /** Whether people or an official record have confirmed the outcome: only then do scores move. */
  readonly audited: boolean;
  /**
   * What the asker has paid: the whole subsidy until settlement gives back what the maker has left. Where traders lost
   * to the maker that is more than the subsidy, and the cost is zero.
   */
  readonly costMicroUsd: bigint;
  readonly seq: number;
};

export type QuestionEvent =
  | {
      readonly kind: 'asked';
      readonly claim: QuestionClaim;
      readonly plainWords: string;
      readonly feePpm: number;
      readonly feeRecipient: string;
      readonly challengeSeconds: number;
      readonly at: number;
    }
  | { readonly kind: 'funded'; readonly account: string; readonly amountMicroUsd: bigint; readonly at: number }
  | { readonly kind: 'returned'; readonly account: string; readonly amountMicroUsd: bigint; readonly at: number }
  | {
      readonly kind: 'traded';
      readonly account: string;
      readonly order: Order;
      readonly nonce?: string;
      readonly at: number;
    }
  | {
      readonly kind: 'evidence';
      readonly evidenceId: string;
      readonly by: string;
      readonly evidence: Evidence;
      readonly nonce?: string;
      readonly at: number;
    }
  | { readonly kind: 'closed'; readonly at: number }
  | { readonly kind: 'audit-drawn'; readonly drawn: boolean; readonly beacon: string; readonly at: number }
  | { readonly kind: 'resolved'; readonly outcome: number | null; readonly decidedBy: DecidedBy; readonly at: number }
  | {
      readonly kind: 'challenged';
      readonly account: string;
      readonly receiptId: string;
      readonly bondMicroUsd: bigint;
      readonly reason: string;
      readonly nonce: string;
      readonly at: number;
    }
  | { readonly kind: 'bond-released'; readonly to: string; readonly amountMicroUsd: bigint; readonly at: number }
  | {
      readonly kind: 'receipt';
      readonly receiptId: string;
      readonly stage: string;
      readonly status: ReceiptStatus;
      readonly outcome: number | null;
      readonly promise: Cover | null;
      readonly receipt: Json;
      readonly at: number;
    }
  | { readonly kind: 'settled'; readonly at: number };

/** Newest trades that a receipt lists one by one; earlier ones are counted, and their hash chain stands for them. */
export const FILLS_KEPT = 256;
/** Points kept of the price history; when full, every other one is dropped. */
export const HISTORY_KEPT = 256;
/** Evidence that one question holds at most. */
export const EVIDENCE_KEPT = 200;

export const initialQuestion = (claimId: string): QuestionState => ({
  claimId,
  claim: null,
  plainWords: '',
  challengeSeconds: 0,
  phase: 'unasked',
  market: null,
  nonces: NO_NONCES(),
  evidence: [],
  fills: [],
  history: [],
  receipts: [],
  decision: null,
  challenge: null,
  audit: null,
  audited: false,
  costMicroUsd: 0n,
  seq: 0,
});

/** Everything of value in the question's stream: market and challenge bond, micro-USD. */
export const questionValue = (state: QuestionState): bigint =>
  (state.market === null ? 0n : totalValue(state.market)) + (state.challenge?.bondMicroUsd ?? 0n);

/** What an accepted trade comes to; recorded beside the order in the journal. */
export type TradeOutput = Fill & {
  readonly seq: number;
  readonly probabilitiesPpm: readonly number[];
  readonly budgetMicroUsd: bigint;
};

/**
 * What must follow a step, delivered at least once through the outbox: players play, the panel votes, receipts are
 * issued. Each handler looks at the state and does only what is still to be done.
 */
export type QuestionEffect = {
  readonly kind: 'question.asked' | 'question.closed' | 'question.decided' | 'question.settled';
  readonly claimId: string;
};

type Outcome =
  | {
      readonly kind: 'accepted';
      readonly state: QuestionState;
      readonly effects: readonly QuestionEffect[];
      readonly output?: TradeOutput;
    }
  | { readonly kind: 'refused'; readonly problem: Problem };

type Of<K extends QuestionEvent['kind']> = Extract<QuestionEvent, { kind: K }>;

const no = (problem: Problem): Outcome => ({ kind: 'refused', problem });

const wrongPhase = (state: QuestionState, wanted: string): Outcome =>
  no({
    code: 'question.wrong-phase',
    message: `The question is ${state.phase}, and this needs it to be ${wanted}.`,
    next: state.phase === 'unasked' ? 'Check the market id.' : 'Read the market again: it has moved on.',
    field: 'phase',
    value: state.phase,
    limit: wanted,
  });

const replay = (nonce: string): Outcome =>
  no({
    code: 'action.replayed',
    message: `The action with nonce ${nonce} was already carried out.`,
    next: 'Sign a new action with a fresh nonce if you mean to do it again.',
    field: 'action.nonce',
    value: nonce,
  });

const withPoint = (history: readonly PricePoint[], point: PricePoint): readonly PricePoint[] => {
  const kept = history.length < HISTORY_KEPT ? history : history.filter((_, index) => index % 2 === 0);
  return [...kept, point];
};

type Change = { readonly state: Partial<QuestionState>; readonly output?: TradeOutput };

/** Steps the market inside; `next` builds the rest of the new state from what came out. */
const inMarket = (
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

const accept = (state: QuestionState, change: Partial<QuestionState>): Outcome => ({
  kind: 'accepted',
  state: { ...state, ...change },
  effects: [],
});

const asked = (
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

const traded = (state: QuestionState, event: Of<'traded'>): Outcome => {
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
        fills: [...state.fills.slice(1 - FILLS_KEPT), fill],
        history: withPoint(state.history, { at, seq, probabilitiesPpm }),
      },
      output: { ...fill, seq, probabilitiesPpm, budgetMicroUsd: accountOf(market, account)?.budgetMicroUsd ?? 0n },
    };
  });
};

const attach = (state: QuestionState, { evidenceId, by, evidence, nonce, at }: Of<'evidence'>): Outcome => {
  if (state.phase === 'unasked') return wrongPhase(state, 'open');
  if (nonce !== undefined && isSpent(state.nonces, nonce)) return replay(nonce);
  if (state.evidence.length >= EVIDENCE_KEPT) {
    return no({
      code: 'question.evidence-full',
      message: `A question holds at most ${EVIDENCE_KEPT} pieces of evidence.`,
      next: 'Publish it elsewhere and trade on it.',
      field: 'evidence',
      limit: String(EVIDENCE_KEPT),
    });
  }
  // The same finding attached twice is one finding.
  if (state.evidence.some((known) => known.evidenceId === evidenceId && known.by === by)) {
    return no({
      code: 'market.duplicate-evidence',
      message: 'This evidence is attached already.',
      next: 'Nothing needs to be done.',
      field: 'evidenceId',
      value: evidenceId,
    });
  }
  return accept(state, {
    evidence: [...state.evidence, { evidenceId, by, evidence }],
    nonces: nonce === undefined ? state.nonces : spend(state.nonces, nonce, at),
  });
};

/** Who decided, in one word for the market's own record. */
const ruling = (event: Of<'resolved'>): MarketEvent => ({
  kind: 'resolve',
  outcome: event.outcome ?? 'undecided',
  decidedBy: event.decidedBy.kind,
});

const byPeople = (decidedBy: DecidedBy): boolean => decidedBy.kind === 'people' || decidedBy.kind === 'official';

const resolved = (state: QuestionState, event: Of<'resolved'>): Outcome => {
  const decision: Decision = { outcome: event.outcome, decidedBy: event.decidedBy, at: event.at };
  const audited = state.audited || byPeople(event.decidedBy);
  if (state.phase === 'final') {
    // Settled money stays where it is; what a later ruling moves is cover, scores and the receipt.
    return byPeople(event.decidedBy) ? accept(state, { decision, audited }) : wrongPhase(state, 'closed or decided');
  }
  if (state.phase !== 'closed' && !(state.phase === 'decided' && byPeople(event.decidedBy)))
    return wrongPhase(state, 'closed');
  return inMarket(state, ruling(event), () => ({ state: { phase: 'decided', decision, audited } }));
};

const challenged = (
  state: QuestionState,
  { account, receiptId, bondMicroUsd, reason, nonce, at }: Of<'challenged'>,
): Outcome => {
  if (state.phase !== 'decided' || state.decision === null) return wrongPhase(state, 'decided');
  if (isSpent(state.nonces, nonce)) return replay(nonce);
  const until = state.decision.at + state.challengeSeconds;
  if (at > until || state.challenge !== null || byPeople(state.decision.decidedBy)) {
    return no({
      code: 'question.not-challengeable',
      message:
        state.challenge !== null ? 'The answer is under challenge already.' : 'The answer can no longer be challenged.',
      next: 'Wait for the ruling of people, which ends it.',
      field: 'receiptId',
      value: receiptId,
      limit: `until ${until}`,
    });
  }
  const least = state.market?.terms.subsidyMicroUsd ?? 0n;
  if (bondMicroUsd < 2n * least) {
    return no({
      code: 'question.bond-too-small',
      message: `A challenge needs a bond of at least ${2n * least} micro-USD.`,
      next: 'Raise the bond: it comes back if people agree with you.',
      field: 'bondMicroUsd',
      value: bondMicroUsd.toString(),
      limit: `>= ${2n * least}`,
    });
  }
  return accept(state, {
    challenge: { account, receiptId, bondMicroUsd, reason, at },
    nonces: spend(state.nonces, nonce, at),
  });
};

const settled = (state: QuestionState, { at }: Of<'settled'>): Outcome => {
  if (state.phase !== 'decided' || state.decision === null) return wrongPhase(state, 'decided');
  if (state.challenge !== null) return wrongPhase(state, 'unchallenged');
  if (!byPeople(state.decision.decidedBy) && at < state.decision.at + state.challengeSeconds) {
    return no({
      code: 'question.too-early',
      message: 'The answer can still be challenged.',
      next: 'Settle when the window has passed.',
      field: 'at',
      value: String(at),
      limit: `>= ${state.decision.at + state.challengeSeconds}`,
    });
  }
  return inMarket(state, { kind: 'settle' }, (_, effects) => {
    const back = effects.reduce(
      (sum, effect) => (effect.kind === 'pay' && effect.reason === 'subsidy' ? sum + effect.amountMicroUsd : sum),
      0n,
    );
    return { state: { phase: 'final', costMicroUsd: back < state.costMicroUsd ? state.costMicroUsd - back : 0n } };
  });
};

const issued = (state: QuestionState, { receiptId, stage, status, outcome, promise, at }: Of<'receipt'>): Outcome =>
  state.receipts.some((known) => known.stage === stage)
    ? wrongPhase(state, `without a receipt for the stage ${stage}`)
    : accept(state, {
        receipts: [...state.receipts, { receiptId, stage, status, outcome, promise, at, seq: state.seq + 1 }],
      });

const FOLLOWED: { readonly [K in QuestionEvent['kind']]?: QuestionEffect['kind'] } = {
  asked: 'question.asked',
  closed: 'question.closed',
  resolved: 'question.decided',
  settled: 'question.settled',
};

const stepInner = (state: QuestionState, event: QuestionEvent): Outcome => {
  switch (event.kind) {
    case 'asked':
      return asked(state, event);
    case 'funded':
      return inMarket(state, { kind: 'fund', account: event.account, amountMicroUsd: event.amountMicroUsd });
    case 'returned':
      return inMarket(state, { kind: 'withdraw', account: event.account, amountMicroUsd: event.amountMicroUsd });
    case 'traded':
      return traded(state, event);
    case 'evidence':
      return attach(state, event);
    case 'closed':
      return inMarket(state, { kind: 'close', at: event.at }, () => ({ state: { phase: 'closed' } }));
    case 'audit-drawn':
      return state.audit === null && state.phase !== 'open'
        ? accept(state, { audit: { drawn: event.drawn, beacon: event.beacon } })
        : wrongPhase(state, 'closed, and not drawn yet');
    case 'resolved':
      return resolved(state, event);
    case 'challenged':
      return challenged(state, event);
    case 'bond-released':
      return state.challenge !== null &&
        state.challenge.bondMicroUsd === event.amountMicroUsd &&
        state.decision !== null &&
        byPeople(state.decision.decidedBy)
        ? accept(state, { challenge: null })
        : wrongPhase(state, 'challenged and ruled on by people');
    case 'receipt':
      return issued(state, event);
    case 'settled':
      return settled(state, event);
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

/** Everybody whom settling pays now, and what: sums to the market's whole value. Empty while it is not decided. */
export const settlementOf = (state: QuestionState): readonly Extract<MarketEffect, { kind: 'pay' }>[] => {
  if (state.market === null) return [];
  const step = stepMarket(state.market, { kind: 'settle' });
  return step.kind === 'accepted' ? (step.effects as readonly Extract<MarketEffect, { kind: 'pay' }>[]) : [];
};

/** What an event adds to the value held by the question, micro-USD; negative where value leaves it. */
export const questionInflow = (state: QuestionState, event: QuestionEvent): bigint => {
  switch (event.kind) {
    case 'asked':
      return BigInt(event.claim.budgetMicroUsd);
    case 'funded':
      return event.amountMicroUsd;
    case 'returned':
    case 'bond-released':
      return -event.amountMicroUsd;
    case 'challenged':
      return event.bondMicroUsd;
    case 'settled':
      return -settlementOf(state).reduce((sum, { amountMicroUsd }) => sum + amountMicroUsd, 0n);
    default:
      return 0n;
  }
};
