/** Receipts as contracts see them. */
import { type ReceiptMessage, type Result, type SigningDomain, to0x, typedDigest } from '@surety/core';
import { type Hex, keccak256, stringToHex } from 'viem';

import { attempt, type Chain } from './client.ts';
import { CoverBond, ReceiptVerifier } from './generated/index.ts';
import type { SignedReceipt } from './intent.ts';
import type { Contracts } from './plan.ts';

/** The struct as viem passes it to a contract. */
export const receiptArgument = (message: ReceiptMessage) => ({
  operator: message.operator as Hex,
  receiptId: message.receiptId,
  claimId: message.claimId,
  outcome: message.outcome,
  status: message.status,
  issuedAt: BigInt(message.issuedAt),
  finalAfter: BigInt(message.finalAfter),
  supersedes: message.supersedes,
  coverBeneficiary: message.coverBeneficiary as Hex,
  coverMicroUsd: message.coverMicroUsd,
  coverUntil: BigInt(message.coverUntil),
});

/** The EIP-712 digest of a receipt: what its issuer signs. */
export const receiptDigest = (message: ReceiptMessage, domain: SigningDomain): Hex =>
  to0x(typedDigest('Receipt', message, domain));

/**
 * Whether the chain's ReceiptVerifier takes the receipt as issued by `operator`; covers contracts that issue (EIP-1271)
 * as well.
 */
export const verifyReceiptOnChain = (
  chain: Chain,
  contracts: Contracts,
  { message, signature }: SignedReceipt,
  operator: Hex,
): Promise<Result<boolean>> =>
  attempt(chain, () =>
    chain.reader.readContract({
      abi: ReceiptVerifier.abi,
      address: contracts.receiptVerifier,
      functionName: 'verify',
      args: [receiptArgument(message), signature, operator],
    }),
  );

/**
 * The id that contracts compute from canonical bytes, as 0x-hex.
 * @returns `input.not-canonical` for any other bytes
 */
export const canonicalIdOnChain = (chain: Chain, contracts: Contracts, bytes: Uint8Array): Promise<Result<Hex>> =>
  attempt(chain, () =>
    chain.reader.readContract({
      abi: ReceiptVerifier.abi,
      address: contracts.receiptVerifier,
      functionName: 'canonicalId',
      args: [to0x(bytes)],
    }),
  );

/** A receipt's place in a log that its operator anchored. */
export type AnchoredPlace = {
  /** keccak-256 of the log's origin line; see {@link originHash}. */
  readonly origin: Hex;
  readonly treeSize: bigint;
  readonly leafIndex: bigint;
  /** RFC 9162 inclusion proof, lowest first. */
  readonly inclusion: readonly Hex[];
};

/** As {@link verifyReceiptOnChain}, and the receipt must be in the log that was anchored at `place.treeSize`. */
export const verifyAnchoredReceipt = (
  chain: Chain,
  contracts: Contracts,
  { message, signature }: SignedReceipt,
  operator: Hex,
  place: AnchoredPlace,
): Promise<Result<boolean>> =>
  attempt(chain, () =>
    chain.reader.readContract({
      abi: ReceiptVerifier.abi,
      address: contracts.receiptVerifier,
      functionName: 'verifyAnchored',
      args: [receiptArgument(message), signature, operator, place],
    }),
  );

/** How contracts name a log: the keccak-256 of its origin line. */
export const originHash = (origin: string): Hex => keccak256(stringToHex(origin));

export type CoverState = 'none' | 'reserved' | 'paid' | 'released';
export type CoverReservation = {
  readonly state: CoverState;
  readonly amountMicroUsd: bigint;
  /** Unix seconds until which it can be redeemed. */
  readonly lockedUntil: number;
};

const COVER_STATES = ['none', 'reserved', 'paid', 'released'] as const;

/** What the issuer's bond holds for this receipt's claim and beneficiary. */
export const readCover = (
  chain: Chain,
  contracts: Contracts,
  { message }: Pick<SignedReceipt, 'message'>,
): Promise<Result<CoverReservation>> =>
  attempt(chain, async () => {
    const found = await chain.reader.readContract({
      abi: CoverBond.abi,
      address: contracts.coverBond,
      functionName: 'reservation',
      args: [message.operator as Hex, message.claimId, message.coverBeneficiary as Hex],
    });
    return {
      state: COVER_STATES[found.state] ?? 'none',
      amountMicroUsd: found.amount,
      lockedUntil: Number(found.lockedUntil),
    };
  });

/** Bond of an issuer that no receipt has reserved, in micro-USD. */
export const readFreeBond = (chain: Chain, contracts: Contracts, issuer: Hex): Promise<Result<bigint>> =>
  attempt(chain, () =>
    chain.reader.readContract({
      abi: CoverBond.abi,
      address: contracts.coverBond,
      functionName: 'free',
      args: [issuer],
    }),
  );
