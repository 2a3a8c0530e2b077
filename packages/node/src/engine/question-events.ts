/** What can happen to a question, what a step gives back, and what must follow it. */
import type { Cover, DecidedBy, Evidence, Json, Problem, QuestionClaim, ReceiptStatus } from '@surety/core';
import type { Order } from '@surety/markets';
import { replayProblem } from './nonces.ts';
import type { Decider, Fill, QuestionState } from './question-state.ts';

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
      /** Of the signed action that brought it; the operator's own has none. */
      readonly nonce?: string;
      readonly at: number;
    }
  | { readonly kind: 'closed'; readonly at: number }
  | { readonly kind: 'audit-drawn'; readonly drawn: boolean; readonly beacon: string; readonly at: number }
  | {
      readonly kind: 'resolved';
      readonly outcome: number | null;
      readonly decidedBy: DecidedBy;
      readonly by: Decider;
      readonly at: number;
    }
  /** A case of the court was opened on the panel's answer. */
  | { readonly kind: 'contested'; readonly at: number }
  /** The case ended without a panel: nobody paid for one, and the answer stands. */
  | { readonly kind: 'uncontested'; readonly at: number }
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
  | { readonly kind: 'settled'; readonly at: number }
  | { readonly kind: 'graded'; readonly audited: boolean; readonly at: number };

/** The event of one kind. */
export type Of<K extends QuestionEvent['kind']> = Extract<QuestionEvent, { kind: K }>;

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

export type Outcome =
  | {
      readonly kind: 'accepted';
      readonly state: QuestionState;
      readonly effects: readonly QuestionEffect[];
      readonly output?: TradeOutput;
    }
  | { readonly kind: 'refused'; readonly problem: Problem };

export const no = (problem: Problem): Outcome => ({ kind: 'refused', problem });

export const accept = (state: QuestionState, change: Partial<QuestionState>): Outcome => ({
  kind: 'accepted',
  state: { ...state, ...change },
  effects: [],
});

export const wrongPhase = (state: QuestionState, wanted: string): Outcome =>
  no({
    code: 'question.wrong-phase',
    message: `The question is ${state.phase}, and this needs it to be ${wanted}.`,
    next: state.phase === 'unasked' ? 'Check the market id.' : 'Read the market again: it has moved on.',
    field: 'phase',
    value: state.phase,
    limit: wanted,
  });

export const replay = (nonce: string): Outcome => no(replayProblem(nonce));
