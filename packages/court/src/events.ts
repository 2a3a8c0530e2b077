/** The events that move a case, and the effects that come out. */
import type { Problem } from '@surety/core';
import type { Beacon, Candidate, Case } from './state.ts';
import type { CaseTerms } from './terms.ts';

export type CaseEvent =
  | ({
      readonly kind: 'propose';
      readonly at: number;
      readonly proposer: string;
      readonly outcome: number;
      readonly bondMicroUsd: bigint;
    } & CaseTerms)
  /** Pays towards the rung of an outcome, or as the auditor (`null`). At most what is missing is taken. */
  | {
      readonly kind: 'fund';
      readonly at: number;
      readonly account: string;
      readonly outcome: number | null;
      readonly amountMicroUsd: bigint;
    }
  /** The beacon was verified by whoever hosts the game; `candidates` are the snapshot, in order of registration. */
  | ({ readonly kind: 'draw'; readonly at: number; readonly candidates: readonly Candidate[] } & Beacon)
  | { readonly kind: 'strike'; readonly at: number; readonly juror: string; readonly proof: readonly string[] }
  | { readonly kind: 'commit'; readonly at: number; readonly juror: string; readonly commitment: string }
  | ({ readonly kind: 'show-early'; readonly at: number; readonly by: string; readonly juror: string } & Opening)
  | ({ readonly kind: 'reveal'; readonly at: number; readonly juror: string } & Opening)
  /** Does what is due: counts votes, ends windows. Anybody can. */
  | { readonly kind: 'advance'; readonly at: number }
  | { readonly kind: 'withdraw'; readonly at: number; readonly account: string };

/** What a commitment hides. */
export type Opening = { readonly outcome: number; readonly reading: string; readonly salt: string };

/** The event of one kind. */
export type EventOf<Kind extends CaseEvent['kind']> = Extract<CaseEvent, { readonly kind: Kind }>;

export type CaseEffect =
  /** Value comes in: debit the account's balance, or lock its stake as a juror. */
  | {
      readonly kind: 'take';
      readonly account: string;
      readonly amountMicroUsd: bigint;
      readonly from: 'balance' | 'stake';
    }
  /** Value leaves: credit the account. */
  | { readonly kind: 'pay'; readonly account: string; readonly amountMicroUsd: bigint }
  /** A panel is called; its beacon is the first at or after `beaconAt`. */
  | { readonly kind: 'round-opened'; readonly round: number; readonly beaconAt: number }
  | { readonly kind: 'ruled'; readonly round: number; readonly outcome: number | null }
  | { readonly kind: 'ended'; readonly outcome: number | null };

export type Step =
  | { readonly kind: 'accepted'; readonly state: Case; readonly effects: readonly CaseEffect[] }
  | { readonly kind: 'refused'; readonly problem: Problem };
