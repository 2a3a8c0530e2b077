/**
 * Receipts: claim, evidence, outcome, status and cover as an in-toto statement in a DSSE envelope, an
 * EIP-712 signature for contracts, and an inclusion proof in the log. See `spec/07-receipt.md`.
 */
import type { Claim } from './claim.ts';
import type { Evidence } from './evidence.ts';

export type ReceiptStatus = 'provisional' | 'final' | 'superseded' | 'overturned';

/** How the outcome came about. */
export type DecidedBy =
  /** The market's price at this moment; nothing has been resolved. */
  | { readonly kind: 'market' }
  /** An independent panel voted. `audited` says whether people or an official record checked it afterwards. */
  | {
      readonly kind: 'panel';
      readonly votesFor: number;
      readonly votesAgainst: number;
      readonly abstained: number;
      readonly audited: boolean;
    }
  | { readonly kind: 'official'; readonly source: string }
  | { readonly kind: 'people'; readonly note: string }
  /** A panel of the court ruled, and its ruling was not appealed, could not be, or stood as later panels had none (spec 21). */
  | {
      readonly kind: 'court';
      /** 1 .. 4. */
      readonly round: number;
      readonly jurors: 'ai' | 'people';
      /** An outcome of the claim, or that it has none to give; then budgets are refunded. */
      readonly said: 'outcome' | 'undecidable' | 'too-early' | 'invalid';
      readonly votesFor: number;
      readonly votesAgainst: number;
      /** Seats without a vote: abstained, absent, void. */
      readonly silent: number;
    }
  /** Nobody could decide; budgets are refunded once that is final. */
  | { readonly kind: 'undecided'; readonly reason: string };

/** What whoever relied on the receipt is paid if it is overturned, reserved against the payer's bond. */
export type Cover = {
  readonly amountMicroUsd: string;
  /** EIP-55 address of whose bond pays. */
  readonly payer: string;
  /** EIP-55 address of who is paid. */
  readonly beneficiary: string;
  readonly condition: 'overturned-before-until';
  /** Unix seconds after which the cover ends. */
  readonly until: number;
};

/** The network a receipt belongs to; a receipt from another network is refused. */
export type Network = {
  readonly chainId: number;
  /** EIP-55 address of the ReceiptVerifier that the EIP-712 signature names. */
  readonly receiptVerifier: string;
  /** EIP-55 address of the operator whose node this is: who issues receipts, and for whom askers and wallets sign. */
  readonly operator: string;
  /** `development` is shown everywhere a person can see it, and refused by default policy elsewhere. */
  readonly environment: 'development' | 'production';
};

export type ReceiptPredicate = {
  readonly claim: Claim;
  readonly evidence: readonly Evidence[];
  /** The outcome's label, or `null` for undecided. */
  readonly outcome: string | null;
  /** The market's last price of each outcome in claim order, parts per million, summing to 1,000,000. */
  readonly probabilitiesPpm: readonly number[];
  readonly status: ReceiptStatus;
  readonly decidedBy: DecidedBy;
  /** Unix seconds. */
  readonly issuedAt: number;
  /** Unix seconds after which a provisional answer becomes final if nobody challenges; equals `issuedAt` when final. */
  readonly finalAfter: number;
  /** Id of the receipt this one replaces, or `null`. */
  readonly supersedes: string | null;
  /** Id of the receipt that replaced the answer; exactly when `status` is `superseded` or `overturned`. */
  readonly supersededBy: string | null;
  readonly cover: Cover | null;
  /** What the asker paid so far, micro-USD. */
  readonly costMicroUsd: string;
  readonly network: Network;
  /** Plain sentences that hold for the whole receipt, e.g. that the operator is assumed to post honest roots. */
  readonly assumes: readonly string[];
};

/** SHA-256 of the canonical JSON of one part of the predicate. */
export type PartDigest = { readonly name: string; readonly digest: { readonly sha256: string } };

/** in-toto Statement v1 (https://in-toto.io/Statement/v1). */
export type ReceiptStatement = {
  readonly _type: 'https://in-toto.io/Statement/v1';
  /**
   * What the statement is about, part by part: `claim` (its digest is the claim id), `evidence.0` …, then each other
   * member of the predicate by name. A changed part is named by its digest.
   */
  readonly subject: readonly PartDigest[];
  readonly predicateType: 'https://surety.network/receipt/v1';
  readonly predicate: ReceiptPredicate;
};

/** The file one hands over. `id` of the receipt is SHA-256 of the DSSE payload bytes. */
export type Receipt = {
  readonly type: 'surety/receipt/v1';
  /** DSSE (https://github.com/secure-systems-lab/dsse): payload is base64 of the statement's canonical JSON. */
  readonly envelope: {
    readonly payloadType: 'application/vnd.in-toto+json';
    readonly payload: string;
    /** Exactly one: `keyid` is the issuer's Ed25519 public key in hex, `sig` 64 bytes in base64. */
    readonly signatures: readonly [{ readonly keyid: string; readonly sig: string }];
  };
  /** secp256k1 signature of the EIP-712 struct `Receipt` by `issuer`; 65 bytes, r ‖ s ‖ v, in 0x-hex. */
  readonly eip712: { readonly issuer: string; readonly signature: string };
  /** Proof that the receipt's leaf is in the log at `checkpoint`. */
  readonly log: {
    readonly index: number;
    /** RFC 9162 inclusion proof, SHA-256 hashes in base64, lowest first. */
    readonly inclusion: readonly string[];
    /** C2SP signed checkpoint (tlog-checkpoint), with any witness cosignatures. */
    readonly checkpoint: string;
  };
};

/** A receipt that is signed but not yet in the log. */
export type SignedReceipt = Pick<Receipt, 'type' | 'envelope' | 'eip712'>;

/**
 * What a log leaf holds: every field of the EIP-712 struct and so all that was decided, nothing of the question itself.
 * Contracts rebuild it from the struct alone.
 */
export type LogLeaf = {
  readonly type: 'surety/leaf/receipt/v2';
  /** EIP-55 address of who issued it. */
  readonly operator: string;
  readonly receiptId: string;
  readonly claimId: string;
  /** keccak-256 of the outcome's label, hex; `null` when undecided. */
  readonly outcome: string | null;
  readonly status: ReceiptStatus;
  /** Unix seconds. */
  readonly issuedAt: number;
  readonly finalAfter: number;
  readonly supersedes: string | null;
  readonly cover: Pick<Cover, 'amountMicroUsd' | 'beneficiary' | 'until'> | null;
};
