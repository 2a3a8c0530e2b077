/** What a question was read as: shown back to the asker before anything is paid. */
import type { QuestionClaim, ResolutionRule, Subject } from '@surety/core';
import type { Warning } from './warning.ts';

export type SubjectKind = Subject['kind'];

/** The predicates of this version and their outcomes; the first outcome is the affirmative one. */
export const PREDICATES = {
  /** The subject means to take what is not given: money, keys, data. */
  scam: ['scam', 'legitimate'],
  /** The subject is what it claims to be. */
  genuine: ['genuine', 'fake'],
  /** The work was delivered as agreed. */
  delivered: ['delivered', 'not delivered'],
  /** The statement becomes true by its deadline. */
  happens: ['yes', 'no'],
} as const satisfies { readonly [predicate: string]: readonly [string, string] };
export type Predicate = keyof typeof PREDICATES;

/** Which predicates each kind of subject may carry. */
export const PREDICATES_OF: { readonly [kind in SubjectKind]: readonly Predicate[] } = {
  site: ['scam'],
  token: ['genuine', 'scam'],
  address: ['scam'],
  contract: ['scam'],
  message: ['scam'],
  delivery: ['delivered'],
  forecast: ['happens'],
};

/** The part of a claim that the words decide; the rest (money, deadline, asker) is added on confirmation. */
export type ClaimDraft = Pick<QuestionClaim, 'subject' | 'predicate' | 'outcomes' | 'rule'>;

export type Reading = {
  readonly kind: SubjectKind;
  readonly subject: Subject;
  readonly predicate: Predicate;
  readonly outcomes: readonly string[];
  /** One or two sentences, shown back to the asker. */
  readonly plainWords: string;
  readonly warnings: readonly Warning[];
  readonly draft: ClaimDraft;
  /** Unix seconds by which a forecast is decided; `null` for every other kind. */
  readonly decidedBy: number | null;
};

/** What holds where the words are silent. */
export type Defaults = {
  /** Chain of an address without one. Default 1, Ethereum. */
  readonly chainId?: number;
  /** How the answer is decided. Default {@link DEFAULT_RULE}. */
  readonly rule?: ResolutionRule;
};

/** Three seats, two votes, and a juror votes only above p = L/(L+G) = 0.9. */
export const DEFAULT_RULE: ResolutionRule = { kind: 'panel', seats: 3, quorum: 2, lossGainRatio: 9 };
