/** What a question is at any moment, and what it begins as. Plain data; the steps are in `question.ts`. */
import type { Cover, DecidedBy, Evidence, QuestionClaim, ReceiptStatus } from '@surety/core';
import { type Market, totalValue } from '@surety/markets';
import { NO_NONCES, type Nonces } from './nonces.ts';

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
  /** What it reports, e.g. `open` or `decided:<seq of the decision>`; one receipt for each stage. */
  readonly stage: string;
  readonly status: ReceiptStatus;
  /** Index of the outcome it states, `null` for none. */
  readonly outcome: number | null;
  readonly promise: Cover | null;
  readonly at: number;
  /** The event of this stream that holds it. */
  readonly seq: number;
};

/** Where the question stands. `decided` can still be challenged; `final` is settled. */
export type Phase = 'unasked' | 'open' | 'closed' | 'decided' | 'final';

/**
 * Who decided. `people` covers a record that people attached; `court` what its panels came to; `clock` gives up on a question
 * for which no record came in time. An undecided answer can be anybody's, so it cannot be told from {@link DecidedBy}.
 */
export type Decider = 'panel' | 'people' | 'court' | 'clock';

export type Decision = {
  readonly outcome: number | null;
  readonly decidedBy: DecidedBy;
  readonly by: Decider;
  /** Whether the question was settled before: such a ruling moves cover, scores and the receipt, and no stakes. */
  readonly late: boolean;
  readonly at: number;
  /** The event of this stream that holds it. */
  readonly seq: number;
};

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
  /** Bytes of evidence that others attached, canonical JSON: a receipt carries all of it. */
  readonly outsideBytes: number;
  /** The first trades, as many as a receipt carries. */
  readonly fills: readonly Fill[];
  readonly history: readonly PricePoint[];
  readonly receipts: readonly IssuedReceipt[];
  readonly decision: Decision | null;
  /** Whether a case of the court is open on the panel's answer (`court/`). */
  readonly contested: boolean;
  /** `null` until the beacon after close has spoken. */
  readonly audit: { readonly drawn: boolean; readonly beacon: string } | null;
  /** Whether people or an official record have decided or confirmed the outcome: only then do scores move. */
  readonly audited: boolean;
  /** As what it has counted in the players' scores. */
  readonly graded: 'no' | 'unaudited' | 'audited';
  /**
   * What the asker has paid: the whole subsidy until settlement gives back what the maker has left. Where traders lost
   * to the maker that is more than the subsidy, and the cost is zero.
   */
  readonly costMicroUsd: bigint;
  readonly seq: number;
};

export const QUESTION_LIMITS = {
  /** First trades, which a receipt lists one by one; later ones are counted, and their hash chain stands for them. */
  fills: 256,
  /** Points kept of the price history; when full, every other one is dropped. */
  history: 256,
  /** Pieces of evidence in all, and of others than the operator; what is between is kept for players and jurors. */
  evidence: 224,
  outsideEvidence: 96,
  /** Pieces by one outside account. */
  evidenceEach: 8,
  /** Canonical bytes of one piece from outside, and of all: receipts stay far below the 1 MiB that verifiers read. */
  pieceBytes: 16_384,
  outsideBytes: 196_608,
  /** Accounts with money in one market: settlement pays them all in one transaction. */
  accounts: 5_000,
} as const;

export const initialQuestion = (claimId: string): QuestionState => ({
  claimId,
  claim: null,
  plainWords: '',
  challengeSeconds: 0,
  phase: 'unasked',
  market: null,
  nonces: NO_NONCES(),
  evidence: [],
  outsideBytes: 0,
  fills: [],
  history: [],
  receipts: [],
  decision: null,
  contested: false,
  audit: null,
  audited: false,
  graded: 'no',
  costMicroUsd: 0n,
  seq: 0,
});

/** Everything of value in the question's stream, micro-USD. */
export const questionValue = ({ market }: QuestionState): bigint => (market === null ? 0n : totalValue(market));

/**
 * Whether people are asked to look: a case is open, the beacon drew it, or the panel could not decide; until they have.
 */
export const needsPeople = ({ contested, audit, decision, audited }: QuestionState): boolean =>
  !audited && (contested || audit?.drawn === true || (decision !== null && decision.outcome === null));
