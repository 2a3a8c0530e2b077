/**
 * Evidence: a typed statement supporting one link of one claim. Each kind has exactly one pure
 * `verify(claim, evidence, context) → Finding`. See `spec/03-evidence.md`.
 */
import type { Json } from './json.ts';

/** A run of a tensor program (`spec/12`): what made tensors of the subject, and the lists L that went in and came out. */
export type Execution = {
  /** The adapter itself (`spec/06`), so that the program is all that running it again needs; of a private program its hidden id. */
  readonly adapter: Json;
  /** L of the inputs and of the outputs, 32 bytes hex. */
  readonly inputs: string;
  readonly outputs: string;
};

/** Which analyst said what of the subject, by which program, having looked at what. */
export type AnalystReport = {
  readonly kind: 'analyst-report';
  readonly analyst: string;
  /**
   * `name@sha256` of model and code, `program:<P>` of a tensor program, or `hidden:<S>` of a private one; a verifier that
   * holds the program runs it again.
   */
  readonly program: string;
  /** Given exactly where `program` is a tensor program, public or private. */
  readonly execution?: Execution;
  /** What the program read, exactly as it was given to it: re-running needs nothing else. */
  readonly input: Json;
  /** Probability of the first outcome, parts per million; `null` when it abstained. */
  readonly probabilityPpm: number | null;
  readonly saw: readonly string[];
  readonly didNotSee: readonly string[];
  readonly reasons: readonly string[];
  /** Unix seconds at which it looked. */
  readonly at: number;
};

/** The asker confirmed this plain-words reading of the claim (EIP-712 `AskerClaim`). */
export type AskerSignature = {
  readonly kind: 'asker-signature';
  readonly reading: string;
  readonly expiresAt: number;
  /** 65 bytes, r ‖ s ‖ v, 0x-hex, by `claim.asker`. */
  readonly signature: string;
};

/** The question was screened before it was paid for. */
export type ScreeningRecord = {
  readonly kind: 'screening';
  readonly policy: string;
  readonly verdict: 'allowed';
  readonly at: number;
};

/** How the market moved: enough to recompute the last price from the trades. */
export type MarketRecord = {
  readonly kind: 'market-record';
  readonly marketId: string;
  readonly subsidyMicroUsd: string;
  readonly trades: readonly {
    readonly account: string;
    readonly outcome: number;
    /** Micro-shares; negative for a sale. */
    readonly deltaMicroShares: string;
    /** Micro-USD paid (negative: received). */
    readonly costMicroUsd: string;
    readonly at: number;
  }[];
  /** Number of trades after the listed ones; `"0"` where the list is complete. */
  readonly omittedTrades: string;
  /** Quantity vector in micro-shares after the last trade. */
  readonly quantities: readonly string[];
  /** Hash chain over every accepted event of the market, hex. */
  readonly journalDigest: string;
};

/** One juror's vote. */
export type JurorVote = {
  readonly kind: 'juror-vote';
  readonly juror: string;
  readonly operator: string;
  readonly family: string;
  readonly program: string;
  readonly input: Json;
  /** Index into the claim's outcomes, or `null` for an abstention. */
  readonly outcome: number | null;
  readonly probabilityPpm: number | null;
  readonly at: number;
};

/** People or an official record decided. */
export type OfficialRecord = {
  readonly kind: 'official-record';
  readonly source: string;
  readonly statement: string;
  readonly outcome: number | null;
  readonly at: number;
};

/** One seat of a court's panel, and what became of its vote (spec 21). */
export type CourtSeat = {
  /** EIP-55 address. */
  readonly juror: string;
  /** Who runs an AI juror, and the family of its model; `null` of people. */
  readonly operator: string | null;
  readonly family: string | null;
  /** `absent`: not committed, or not opened; `copy`: the reading of an earlier commitment; `shown`: shown before its time. */
  readonly vote: 'cast' | 'abstained' | 'absent' | 'copy' | 'shown';
  /** Of a cast vote, as in {@link CourtRecord}; else `null`. */
  readonly outcome: number | null;
  /** Digest of what an opened vote rests on, 32 bytes hex; else `null`. */
  readonly reading: string | null;
  /** In a round that is drawn by person: the token of its issuer, 354 bytes in hex. */
  readonly token?: string;
};

/** One round of the court: who sat, how they were drawn, what they said. */
export type CourtRound = {
  readonly jurors: 'ai' | 'people';
  readonly quorum: number;
  /** What the panel was drawn from, 32 bytes hex, and where it is from; `null` where no panel was drawn. */
  readonly beacon: { readonly randomness: string; readonly source: 'drand' | 'chain' } | null;
  readonly seats: readonly CourtSeat[];
  /** Of people drawn one by one and not by stake: who says that they are people, and the key of its tokens in hex. */
  readonly persons?: { readonly issuer: string; readonly tokenKey: string };
  /** `null`: too few votes, or a tie. */
  readonly ruling: number | null;
};

/**
 * How the court came to its ruling. Outcomes are places in the claim's list, or 253 (undecidable), 254 (too early), 255
 * (invalid).
 */
export type CourtRecord = {
  readonly kind: 'court-record';
  /** The claim's id. */
  readonly caseId: string;
  /** What was proposed and challenged. */
  readonly proposed: number;
  /** In order; none ran twice. */
  readonly rounds: readonly CourtRound[];
  readonly at: number;
};

export type Evidence =
  | AnalystReport
  | AskerSignature
  | ScreeningRecord
  | MarketRecord
  | JurorVote
  | OfficialRecord
  | CourtRecord;
