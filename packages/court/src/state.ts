/** A case at one moment (spec 21). */
import type { CaseTerms } from './terms.ts';

/** Part of a rung that one account paid. */
export type Share = { readonly account: string; readonly amountMicroUsd: bigint };

/** What was paid to go on: bonds on one outcome, and the fees of the panel it calls. `bond + fees = Σ shares`. */
export type Rung = {
  /** `null` for an auditor's, which bears no bond. */
  readonly outcome: number | null;
  readonly bondMicroUsd: bigint;
  readonly feesMicroUsd: bigint;
  readonly shares: readonly Share[];
};

/** Contributions to a rung that is not full yet, for one outcome. */
export type Pot = { readonly outcome: number; readonly shares: readonly Share[] };

/** Somebody who can be drawn. */
export type Candidate = {
  readonly juror: string;
  /** Stake at the snapshot, in base units, or 1 where one person has one vote. */
  readonly weight: bigint;
  /** Stake that no other case has locked. */
  readonly freeMicroUsd: bigint;
  /** Whose key an AI juror runs under; not read of people. */
  readonly operator: string;
  /** Number of the cluster of families whose errors go together, 1 .. 255; not read of people. */
  readonly cluster: number;
};

export type Vote =
  | { readonly kind: 'none' }
  | { readonly kind: 'revealed'; readonly outcome: number; readonly reading: string }
  /** The same reading as an earlier commitment. */
  | { readonly kind: 'copy'; readonly reading: string }
  /** Its opening was shown before the reveal phase. */
  | { readonly kind: 'shown'; readonly by: string };

export type Seat = {
  readonly juror: string;
  readonly operator: string;
  readonly cluster: number;
  readonly lockedMicroUsd: bigint;
  /** Drawn in the place of a juror who was struck. */
  readonly substitute: boolean;
  /** `order` is its place among the commitments of the round. */
  readonly commitment: { readonly hash: string; readonly order: number } | null;
  readonly vote: Vote;
};

export type Beacon = { readonly randomness: string; readonly source: 'drand' | 'chain' };

export type Round = {
  /** 1 .. 4. */
  readonly number: number;
  /** Place in `rungs` of the one that pays this panel. */
  readonly paidBy: number;
  /** By schedule; the end of what came before if the step that opened it was late. */
  readonly opensAt: number;
  /** Unix seconds; randomness of that moment or later seats the panel. */
  readonly beaconAt: number;
  readonly drawEndsAt: number;
  readonly commitEndsAt: number;
  readonly revealEndsAt: number;
  readonly beacon: Beacon | null;
  /** Who could be drawn; emptied when the round is counted. */
  readonly candidates: readonly Candidate[];
  readonly nextTicket: number;
  readonly seats: readonly Seat[];
  readonly struck: readonly string[];
  readonly result:
    | { readonly kind: 'open' }
    | { readonly kind: 'ruled'; readonly outcome: number }
    | { readonly kind: 'none' };
};

export type Phase =
  | { readonly kind: 'proposed'; readonly endsAt: number }
  /** The last of `rounds` runs: draw, commit, reveal. */
  | { readonly kind: 'round' }
  /** `ruling` is what stands: the last ruling, or the proposal where no panel has ruled and the policy lets it stand. */
  | { readonly kind: 'appealable'; readonly endsAt: number; readonly ruling: number }
  | { readonly kind: 'funding'; readonly endsAt: number }
  | { readonly kind: 'final'; readonly outcome: number }
  | { readonly kind: 'undecided' };

/** A case at one moment: plain data. */
export type Case = {
  readonly terms: CaseTerms;
  readonly proposedAt: number;
  /** When the last step was taken: no later one is earlier. */
  readonly at: number;
  /** No case is open later than this, in Unix seconds. */
  readonly latestEnd: number;
  readonly phase: Phase;
  /** `rungs[0]` is the proposal. */
  readonly rungs: readonly Rung[];
  readonly pots: readonly Pot[];
  readonly rounds: readonly Round[];
  /** What each account can withdraw. */
  readonly credits: ReadonlyMap<string, bigint>;
  readonly burntMicroUsd: bigint;
};
