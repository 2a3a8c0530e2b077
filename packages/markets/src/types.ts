/** The words of a market: its terms, its state, the events that move it and the effects that come out. */
import type { Problem } from '@surety/core';
import type { Accounts } from './accounts.ts';
import type { Curve } from './lmsr.ts';
import type { Order } from './orders.ts';

/** What is fixed when a market opens. */
export type MarketTerms = {
  readonly claimId: string;
  /** Number of outcomes, 2 .. 16. */
  readonly outcomes: number;
  /** The most the maker can lose, in micro-dollars. */
  readonly subsidyMicroUsd: bigint;
  /** Who paid the subsidy and gets back what is left of it. */
  readonly subsidyPayer: string;
  /** Unix seconds; from then on no order is taken. */
  readonly closesAt: number;
  /** Fee on what a trade costs or yields, in parts per million, rounded up. 0 .. 100,000. */
  readonly feePpm: number;
  /** Who gets the fees at settlement. */
  readonly feeRecipient: string;
};

/** Who or what decided, and what. `undecided` unwinds the market. */
export type Ruling = {
  readonly outcome: number | 'undecided';
  /** Names the record, panel or court, e.g. `official-record:<evidence id>`. */
  readonly decidedBy: string;
};

export type Phase =
  | { readonly kind: 'open' }
  | { readonly kind: 'closed'; readonly at: number }
  | { readonly kind: 'resolved'; readonly ruling: Ruling }
  | { readonly kind: 'settled'; readonly ruling: Ruling };

export type AttachedEvidence = { readonly account: string; readonly evidenceId: string };

/** A market at one moment. Plain data but for `curve`, of which only the quantities are state. */
export type Market = {
  readonly terms: MarketTerms;
  readonly phase: Phase;
  readonly curve: Curve;
  /** Subsidy plus everything traders paid the maker, less everything it paid them. */
  readonly makerMicroUsd: bigint;
  readonly feesMicroUsd: bigint;
  readonly accounts: Accounts;
  readonly evidence: readonly AttachedEvidence[];
  /** Sum of what trades cost or yielded, without fees. */
  readonly volumeMicroUsd: bigint;
  /** Number of trades, and the hash chain over them (32 bytes); the trades themselves are in the journal. */
  readonly trades: number;
  readonly tradesDigest: Uint8Array;
};

export type MarketEvent =
  | ({ readonly kind: 'open' } & MarketTerms)
  /** Value arrives from the account ledger. */
  | { readonly kind: 'fund'; readonly account: string; readonly amountMicroUsd: bigint }
  /** Unspent deposit goes back to the account ledger. */
  | { readonly kind: 'withdraw'; readonly account: string; readonly amountMicroUsd: bigint }
  | { readonly kind: 'order'; readonly account: string; readonly order: Order; readonly at: number }
  | { readonly kind: 'attach-evidence'; readonly account: string; readonly evidenceId: string; readonly at: number }
  | { readonly kind: 'close'; readonly at: number }
  /** May be repeated until the market is settled: a later ruling replaces an earlier one. */
  | ({ readonly kind: 'resolve' } & Ruling)
  | { readonly kind: 'settle' };

/** The event of one kind. */
export type EventOf<Kind extends MarketEvent['kind']> = Extract<MarketEvent, { readonly kind: Kind }>;

export type PayReason = 'withdrawal' | 'settlement' | 'refund' | 'subsidy' | 'fees';

export type MarketEffect =
  | {
      readonly kind: 'traded';
      /** Number of this trade, from 1. */
      readonly trade: number;
      readonly account: string;
      readonly outcome: number;
      /** Bought, or sold below zero. */
      readonly deltaMicroShares: bigint;
      /** Paid to the maker, rounded up, without the fee; below zero when the maker paid. */
      readonly costMicroUsd: bigint;
      readonly feeMicroUsd: bigint;
      /** Price of that outcome afterwards, rounded down. */
      readonly pricePpm: number;
    }
  /** Value leaves the market: credit the account in the ledger. */
  | {
      readonly kind: 'pay';
      readonly account: string;
      readonly amountMicroUsd: bigint;
      readonly reason: PayReason;
    };

export type Step =
  | { readonly kind: 'accepted'; readonly state: Market; readonly effects: readonly MarketEffect[] }
  | { readonly kind: 'refused'; readonly problem: Problem };
