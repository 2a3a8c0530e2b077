/**
 * Claims: what is asserted, content-addressed. `claimId = SHA-256(canonical JSON of the claim)`.
 * See `spec/02-claim.md`.
 */

/** What a question is about. Every string is already normalised (see `@surety/intent`). */
export type Subject =
  /** A host name in ASCII (A-label) form, lower case, no trailing dot; `url` only where the asker named a page. */
  | { readonly kind: 'site'; readonly host: string; readonly url?: string }
  /** A token contract; `symbol` and `name` are what the asker says it claims to be. Address is EIP-55. */
  | {
      readonly kind: 'token';
      readonly chainId: number;
      readonly address: string;
      readonly symbol?: string;
      readonly name?: string;
    }
  /** An account. Address is EIP-55. */
  | { readonly kind: 'address'; readonly chainId: number; readonly address: string }
  /** A contract asked about as code. Address is EIP-55. */
  | { readonly kind: 'contract'; readonly chainId: number; readonly address: string }
  /** A message somebody received. */
  | { readonly kind: 'message'; readonly text: string }
  /** Whether a piece of work was delivered as agreed; digests are SHA-256 in hex. */
  | {
      readonly kind: 'delivery';
      readonly agreementSha256: string;
      readonly deliverableSha256: string;
      readonly summary: string;
    }
  /** A statement about the future. */
  | { readonly kind: 'forecast'; readonly statement: string };

/** How the answer is decided once the market closes. */
export type ResolutionRule =
  /** Jurors that share no model, training data or key with the players; abstention by `lossGainRatio`. */
  | { readonly kind: 'panel'; readonly seats: number; readonly quorum: number; readonly lossGainRatio: number }
  /** A named official record decides; evidence of that record must be attached after close. */
  | { readonly kind: 'official'; readonly source: string; readonly url: string };

/** A question with its outcomes and its resolution rule. */
export type QuestionClaim = {
  readonly type: 'surety/claim/question/v1';
  readonly subject: Subject;
  /** What is asked of the subject, e.g. `scam`, `genuine`, `delivered`, `happens`. */
  readonly predicate: string;
  /** Two to sixteen distinct labels; the first is the affirmative one. */
  readonly outcomes: readonly string[];
  readonly rule: ResolutionRule;
  /** Subsidy that opens the market; micro-USD as a decimal string. The asker pays it. */
  readonly budgetMicroUsd: string;
  /** What hangs on the answer for the asker; micro-USD as a decimal string, `"0"` for unknown. */
  readonly valueAtStakeMicroUsd: string;
  /** Unix seconds after which no trade counts. */
  readonly closesAt: number;
  /** Who asks: an EIP-55 address. */
  readonly asker: string;
  /** Distinguishes two askings of the same words; 16 bytes in hex. */
  readonly nonce: string;
};

/** Later kinds (program runs, provenance) join this union with the issue that gives them work. */
export type Claim = QuestionClaim;
