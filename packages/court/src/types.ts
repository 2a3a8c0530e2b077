/** The words of a case: its terms, its state, the events that move it and the effects that come out (spec 21). */
import type { Problem } from '@surety/core';

/** How one round is seated, paid and timed. */
export type RoundPolicy = {
  readonly jurors: 'ai' | 'people';
  /** 1 .. 31. */
  readonly seats: number;
  /** Cast votes (revealed, not abstaining, not void) that a ruling needs, 1 .. seats. */
  readonly quorum: number;
  /** What a seat that votes for the final outcome earns, G. */
  readonly feePerSeatMicroUsd: bigint;
  /** L = lossToGain · G is locked per seat and lost by a vote for another outcome. 1 .. 99. */
  readonly lossToGain: number;
  /** Lost by a seat that does not commit and reveal; at most L / 2. */
  readonly absenceMicroUsd: bigint;
  readonly drawSeconds: number;
  readonly commitSeconds: number;
  readonly revealSeconds: number;
  /** How long a ruling can be appealed, and a next round of people that nobody appealed for can be funded. */
  readonly appealSeconds: number;
};

/** What is fixed for a kind of claim before anything is proposed. */
export type CourtPolicy = {
  /** The kind of claim, for people: `oracle`, `person`. */
  readonly kind: string;
  readonly leastBondMicroUsd: bigint;
  /** Of a proposal: a huge first bond would make challenging it unaffordable. */
  readonly mostBondMicroUsd: bigint;
  readonly challengeSeconds: number;
  /** 1 .. 4, AI before people; the last one's ruling is final. */
  readonly rounds: readonly RoundPolicy[];
  /** From the opening of a round to its beacon: long enough that nobody knows the beacon while stakes can change. */
  readonly beaconDelaySeconds: number;
  /** Whether the AI seats of a panel must belong to distinct operators. */
  readonly operators: 'distinct' | 'one';
  /** Who may call a panel for its fees alone, without a bond; `null` for nobody. */
  readonly auditor: string | null;
};

/** What is fixed when a case begins. Accounts are addresses in EIP-55 form, hashes are 32 bytes of 0x-hex. */
export type CaseTerms = {
  readonly caseId: string;
  readonly chainId: bigint;
  /** The contract, or the address under which a node keeps the court: commitments are bound to it. */
  readonly court: string;
  /** Listed outcomes, 2 .. 16. */
  readonly outcomes: number;
  readonly asker: string;
  /** For a right proposal; 0 for none. */
  readonly rewardMicroUsd: bigint;
  readonly policy: CourtPolicy;
  /** Merkle root over accounts that may not judge, such as holders in the claim's market; `null` for none. */
  readonly exclusionRoot: string | null;
};

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
  | { readonly kind: 'appealable'; readonly endsAt: number; readonly ruling: number }
  | { readonly kind: 'funding'; readonly endsAt: number }
  | { readonly kind: 'final'; readonly outcome: number }
  | { readonly kind: 'undecided' };

/** A case at one moment: plain data. */
export type Case = {
  readonly terms: CaseTerms;
  readonly proposedAt: number;
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
