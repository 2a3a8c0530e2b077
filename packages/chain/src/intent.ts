/**
 * Intents: everything Surety ever wants of a contract, as plain data that a journal can keep. Each takes effect at most
 * once however often it is submitted, because a contract guards it (a root's number, a nonce, a state).
 */
import type { ReceiptMessage } from '@surety/core';
import type { Hex } from 'viem';

import type { Claim } from './arbiter/claim.ts';
import type { Authorization, Permit } from './authorization.ts';
import type { CourtIntent } from './court/intent.ts';
import type { SumLeaf, SumPath } from './sum-tree.ts';

/** What the operator posts; see `Settlement.postRoot`. */
export type NewRoot = {
  /** One more than the last root's. */
  readonly number: bigint;
  readonly hash: Hex;
  readonly sumMicroUsd: bigint;
  /** Deposits up to this id are counted in the leaves. */
  readonly depositsThrough: bigint;
  /** Commitment of that deposit as the operator saw it; zero for none. */
  readonly depositsCommitment: Hex;
  readonly journalPosition: bigint;
};

/** A receipt's EIP-712 struct with the signature of the operator that it names. */
export type SignedReceipt = { readonly message: ReceiptMessage; readonly signature: Hex };

type InRoot = { readonly rootNumber: bigint; readonly leaf: SumLeaf; readonly path: SumPath };

export type TokenIntent =
  /** Mints development dollars once per `id` (32 bytes). */
  | { readonly kind: 'mint'; readonly to: Hex; readonly amountMicroUsd: bigint; readonly id: Hex }
  | { readonly kind: 'transfer'; readonly authorization: Authorization }
  | { readonly kind: 'permit'; readonly permit: Permit };

export type SettlementIntent =
  /** A deposit for `authorization.from` by its `receive` authorisation to the settlement contract. */
  | { readonly kind: 'deposit'; readonly authorization: Authorization }
  | { readonly kind: 'reclaim'; readonly depositId: bigint }
  | { readonly kind: 'post-root'; readonly root: NewRoot }
  | ({ readonly kind: 'withdraw' } & InRoot)
  /** Sent by the account itself. The one intent that opens again when it is submitted after having been answered. */
  | ({ readonly kind: 'request-forced' } & InRoot)
  | ({ readonly kind: 'answer-forced' } & InRoot)
  | { readonly kind: 'start-exit-after-silence' }
  | { readonly kind: 'start-exit-after-forced'; readonly account: Hex }
  | { readonly kind: 'exit'; readonly leaf: SumLeaf; readonly path: SumPath };

export type AnchorIntent = {
  readonly kind: 'anchor';
  /** keccak-256 of the log's origin line. */
  readonly origin: Hex;
  readonly treeSize: bigint;
  readonly rootHash: Hex;
  /** RFC 9162 consistency proof from the last anchored size; empty the first time. */
  readonly consistency: readonly Hex[];
};

export type CoverIntent =
  /** Adds to the bond of `authorization.from` by its `receive` authorisation to the cover contract. */
  | { readonly kind: 'bond'; readonly authorization: Authorization }
  | { readonly kind: 'reserve-cover'; readonly receipt: SignedReceipt }
  /** `ruling` is the issuer's receipt with status overturned that supersedes `receipt`. */
  | { readonly kind: 'redeem-cover'; readonly receipt: SignedReceipt; readonly ruling: SignedReceipt }
  | { readonly kind: 'release-cover'; readonly receipt: SignedReceipt };

type OnClaim = { readonly claim: Claim };
type InDispute = OnClaim & { readonly disputeId: bigint };

/** A question that the provider answers in advance. */
export type Shown = { readonly question: Hex; readonly answer: Hex };

export type ArbiterIntent =
  /** Adds to the balance of `authorization.from` by its `receive` authorisation to the Arbiter. */
  | { readonly kind: 'arbiter-deposit'; readonly authorization: Authorization }
  /** Sent by the provider. `signature` is the requester's; empty when that is the provider itself. */
  | (OnClaim & { readonly kind: 'claim'; readonly signature: Hex; readonly shown: readonly Shown[] })
  /** In effect while the sender has an undecided dispute on that claim. */
  | (OnClaim & { readonly kind: 'dispute'; readonly question: Hex; readonly prepayWei: bigint })
  | (InDispute & { readonly kind: 'ask'; readonly question: Hex; readonly prepayWei: bigint })
  | (InDispute & { readonly kind: 'answer'; readonly question: Hex; readonly answer: Hex })
  /** Dispute 0 for a proof that builds on no record. */
  | (InDispute & { readonly kind: 'refute'; readonly proof: Hex })
  | (InDispute & { readonly kind: 'concede' })
  | (InDispute & { readonly kind: 'expire' })
  /** Gets stake and prepaid gas back once the claim was decided otherwise. */
  | (InDispute & { readonly kind: 'settle' })
  | (OnClaim & { readonly kind: 'prove'; readonly proof: Hex })
  | (OnClaim & { readonly kind: 'finalise' })
  /** Takes back a request of the sender that nobody has answered; in effect once the nonce is used, by whatever. */
  | { readonly kind: 'cancel-request'; readonly nonce: bigint }
  /** Pays the sender out of its balance; in effect once the balance is below the amount. */
  | { readonly kind: 'arbiter-withdraw'; readonly amountMicroUsd: bigint }
  /** Pays out all native currency that is owed to the sender. */
  | { readonly kind: 'arbiter-withdraw-native'; readonly to: Hex };

export type Intent = ArbiterIntent | TokenIntent | SettlementIntent | AnchorIntent | CoverIntent | CourtIntent;

/** JSON in which every bigint is a text such as `"42n"`, which no other text in an intent can be. */
export type IntentJson = { readonly [key: string]: unknown };

/** An intent as canonical-JSON data. */
export const encodeIntent = (intent: Intent): IntentJson =>
  JSON.parse(JSON.stringify(intent, (_, value) => (typeof value === 'bigint' ? `${value}n` : value)));

/** The intent that {@link encodeIntent} wrote. The journal's own bytes are trusted: their shape is not checked again. */
export const decodeIntent = (json: IntentJson): Intent =>
  JSON.parse(JSON.stringify(json), (_, value) =>
    typeof value === 'string' && /^-?\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value,
  ) as Intent;
