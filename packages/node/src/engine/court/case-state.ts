/** A case as the journal keeps it: the court's game with what its moves said in words. */
import type { Candidate, Case, CaseEvent } from '@surety/court';
import type { Standing } from '../../places/places.ts';
import { NO_NONCES, type Nonces } from '../nonces.ts';
import type { Attended } from './attended.ts';

/** What somebody said of a case: beside money, beside a vote, or without either. */
export type Statement = {
  readonly account: string;
  readonly outcome: number;
  readonly reason: string;
  readonly at: number;
};

/** What somebody without a seat thinks, and what that account stands for; older events do not say it. */
export type Advice = Statement & { readonly standing?: Standing };

/** Who could be drawn when a round opened; the draw takes them as they were. */
export type Snapshot = { readonly round: number; readonly candidates: readonly Candidate[] };

export type CaseState = {
  readonly claimId: string;
  readonly game: Case | undefined;
  readonly snapshot: Snapshot | null;
  /** With each contribution, oldest first. */
  readonly statements: readonly Statement[];
  /** With each opened vote of a person. */
  readonly reasons: readonly Statement[];
  /** One of an account. */
  readonly advice: readonly Advice[];
  /** When the node was there to take votes of people who are drawn by person. */
  readonly attended: readonly Attended[];
  readonly nonces: Nonces;
  /** Unix seconds of the last event. */
  readonly at: number;
  /** Events so far. */
  readonly seq: number;
};

type Signed = { readonly nonce?: string };

/** Events of the game, with the words that came along, and three of the journal's own. */
export type CaseStreamEvent =
  | (CaseEvent & Signed & { readonly reason?: string })
  | {
      readonly kind: 'snapshot';
      readonly round: number;
      readonly candidates: readonly Candidate[];
      readonly at: number;
    }
  | ({ readonly kind: 'attended' } & Attended)
  | ({ readonly kind: 'advised' } & Advice & Signed);

export type CaseStreamEffect = { readonly kind: 'case.moved'; readonly claimId: string };

export const CASE_LIMITS = {
  /** Reasons kept beside money, and of one account; money beyond that comes in without its words, unless it fills a rung. */
  statements: 64,
  statementsEach: 4,
  /** Pieces of advice, by what their accounts stand for. */
  advice: { person: 96, stake: 64, free: 96 },
  /** A contribution is at least one in so many of its rung, or all that is missing: a rung has no endless list. */
  contributionOneIn: 100n,
} as const;

export const initialCase = (claimId: string): CaseState => ({
  claimId,
  game: undefined,
  snapshot: null,
  statements: [],
  reasons: [],
  advice: [],
  attended: [],
  nonces: NO_NONCES(),
  at: 0,
  seq: 0,
});
