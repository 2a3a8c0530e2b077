/**
 * The EIP-712 structs of Surety, and nothing else is ever signed by a wallet. Contracts hash the same strings; vectors
 * in `vectors/typed-data.json`. See `spec/07-receipt.md`. Each names the operator it is for, since all operators of a
 * chain share one ReceiptVerifier: see `docs/decisions/operator-binding.md`.
 */
import type { TypedDomain, TypedTypes } from './hash.ts';

const fields = (list: string): { name: string; type: string }[] =>
  list.split(',').map((field) => {
    const [type, name] = field.split(' ');
    return { name: name!, type: type! };
  });

export const TYPED_TYPES = {
  Receipt: fields(
    'address operator,bytes32 receiptId,bytes32 claimId,bytes32 outcome,uint8 status,uint64 issuedAt,uint64 finalAfter,bytes32 supersedes,address coverBeneficiary,uint128 coverMicroUsd,uint64 coverUntil',
  ),
  Delegation: fields(
    'address operator,address wallet,bytes32 sessionKeyX,bytes32 sessionKeyY,string scope,uint128 limitMicroUsd,uint64 expiresAt,uint64 nonce',
  ),
  AskerClaim: fields('address operator,bytes32 claimId,string reading,uint128 budgetMicroUsd,uint64 expiresAt'),
} as const satisfies TypedTypes;

/** Which chain and which ReceiptVerifier a signature is for. */
export type SigningDomain = { readonly chainId: number; readonly verifyingContract: string };

/** The whole EIP-712 domain: name `Surety`, version `1`. */
export const suretyDomain = (domain: SigningDomain): TypedDomain => ({
  name: 'Surety',
  version: '1',
  chainId: domain.chainId,
  verifyingContract: domain.verifyingContract,
});

/** What every struct begins with: the EIP-55 address of the one operator that it is for, or by. */
type ForOperator = { readonly operator: string };

/** `0x` and 64 hex digits. */
export type Bytes32 = `0x${string}`;

export type ReceiptMessage = ForOperator & {
  /** SHA-256 of the canonical statement, the DSSE payload. */
  readonly receiptId: Bytes32;
  readonly claimId: Bytes32;
  /** keccak-256 of the outcome's label in UTF-8; zero when undecided. */
  readonly outcome: Bytes32;
  /** 0 provisional, 1 final, 2 superseded, 3 overturned. */
  readonly status: number;
  /** Unix seconds. */
  readonly issuedAt: number;
  readonly finalAfter: number;
  /** Id of the receipt it replaces; zero for none. */
  readonly supersedes: Bytes32;
  /** The zero address, 0 and 0 without cover. */
  readonly coverBeneficiary: string;
  readonly coverMicroUsd: bigint;
  readonly coverUntil: number;
};

/** A wallet lets a P-256 session key act for it, within scope, limit and time. */
export type DelegationMessage = ForOperator & {
  readonly wallet: string;
  /** Affine coordinates of the session key, 32 bytes each. */
  readonly sessionKeyX: Bytes32;
  readonly sessionKeyY: Bytes32;
  /** What the key may do, e.g. `trade` or `trade,withdraw`: words separated by commas. */
  readonly scope: string;
  /** The most it may spend in all. */
  readonly limitMicroUsd: bigint;
  readonly expiresAt: number;
  /** A later delegation with a higher nonce replaces earlier ones. */
  readonly nonce: number;
};

/** The asker confirms the plain-words reading of a claim and its budget. */
export type AskerClaimMessage = ForOperator & {
  readonly claimId: Bytes32;
  readonly reading: string;
  readonly budgetMicroUsd: bigint;
  readonly expiresAt: number;
};

export type TypedMessages = {
  readonly Receipt: ReceiptMessage;
  readonly Delegation: DelegationMessage;
  readonly AskerClaim: AskerClaimMessage;
};
