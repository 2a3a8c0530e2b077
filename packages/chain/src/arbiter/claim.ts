/** Requests, claims and disputes in the words of spec 14, as plain data. */
import { type Hex, zeroAddress } from 'viem';

/** What a requester signs, and whoever answers accepts. */
export type Request = {
  /** Pays the price and is told. */
  readonly requester: Hex;
  /** Who may answer; the zero address for anybody. */
  readonly provider: Hex;
  readonly program: Hex;
  readonly input: Hex;
  /** The route: a contract that judges runs. */
  readonly verifier: Hex;
  readonly priceMicroUsd: bigint;
  /** What the provider stands to lose. */
  readonly bondMicroUsd: bigint;
  /** Unix seconds until which the claim must be made. */
  readonly deadline: bigint;
  /** Seconds after the claim in which a dispute may begin. */
  readonly windowSeconds: number;
  /** Seconds that each side of one dispute has for all its moves. */
  readonly clockSeconds: number;
  /** Price of cover, in parts per million of it. */
  readonly premiumPpm: number;
  /** Whether silence is not enough: paid only if a proof was found good within the window. */
  readonly proofRequired: boolean;
  /** Contract that is told the result; the zero address for none. */
  readonly callback: Hex;
  /** Each is used once by a requester. */
  readonly nonce: bigint;
};

/** In a request: anybody may answer it, or nobody is called back. */
export const NOBODY: Hex = zeroAddress;

/** A provider's answer to a request. */
export type Claim = {
  readonly request: Request;
  readonly provider: Hex;
  readonly output: Hex;
  readonly trace: Hex;
};

export const CLAIM_STATES = ['none', 'open', 'final', 'void', 'annulled'] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

export const TURNS = ['none', 'provider', 'challenger', 'closed'] as const;
/** Whose move it is in a dispute. */
export type Turn = (typeof TURNS)[number];

/** A question and what was answered to it. */
export type Exchange = {
  readonly question: Hex;
  /** Transaction that asked. */
  readonly askedIn: Hex;
  /** `null` while the provider owes it. */
  readonly answer: Hex | null;
  readonly answeredIn: Hex | null;
  /** What the answer left behind, for later questions and proofs. */
  readonly record: Hex | null;
};

export type Dispute = {
  readonly id: bigint;
  readonly challenger: Hex;
  readonly turn: Turn;
  /** Unix seconds after which the side whose move it is has lost; 0 when closed. */
  readonly runsOutAt: number;
  readonly stakeMicroUsd: bigint;
  /** Whose the stake became; `null` while it is locked. */
  readonly stakeTo: Hex | null;
  /** Transaction that closed it; `null` while it is open. */
  readonly closedIn: Hex | null;
  /** In order; an answer's record is what later proofs in this dispute may build on. */
  readonly exchanges: readonly Exchange[];
};

export type Ending =
  /** Proved at once, or nobody refuted it in time. */
  | { readonly kind: 'final'; readonly proved: boolean; readonly transaction: Hex }
  | {
      readonly kind: 'void';
      /** The dispute that decided it; 0 for a refutation without one. */
      readonly disputeId: bigint;
      readonly rewarded: Hex;
      readonly rewardMicroUsd: bigint;
      readonly burntMicroUsd: bigint;
      /** Because the provider did not answer. */
      readonly byClock: boolean;
      readonly transaction: Hex;
    }
  /** Doubted by the route, or else not proved where the request asked for a proof. */
  | { readonly kind: 'annulled'; readonly doubted: boolean; readonly transaction: Hex };

/** A claim as the chain shows it at one block. */
export type ClaimView = {
  readonly id: Hex;
  readonly claim: Claim;
  readonly state: ClaimState;
  /** Transaction that made it. */
  readonly madeIn: Hex;
  /** Unix seconds. */
  readonly madeAt: number;
  /** Unix seconds after which no dispute can begin. */
  readonly windowEndsAt: number;
  /** What the provider showed of itself when it made the claim. */
  readonly shown: readonly { readonly question: Hex; readonly answer: Hex }[];
  readonly disputes: readonly Dispute[];
  /** How it was decided; `null` while it is open. */
  readonly ended: Ending | null;
};
