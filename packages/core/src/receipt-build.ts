/**
 * Making receipts: statement, signatures, log leaf, file. Reading them is in `receipt-shape.ts`, judging them in
 * `verify/`. See `spec/07-receipt.md`.
 */
import { ZERO_ADDRESS } from './address.ts';
import { concatBytes, fromBase64, to0x, toBase64, utf8 } from './bytes.ts';
import { encode, idOf } from './canonical.ts';
import { signDsse } from './dsse.ts';
import { addressOfSecretKey, signTyped } from './eip712/sign.ts';
import type { Bytes32, ReceiptMessage, SigningDomain } from './eip712/types.ts';
import { unwrap } from './errors.ts';
import { keccak256, sha256Hex } from './hash.ts';
import type {
  Cover,
  LogLeaf,
  Network,
  PartDigest,
  Receipt,
  ReceiptPredicate,
  ReceiptStatement,
  ReceiptStatus,
  SignedReceipt,
} from './receipt.ts';
import { statementShape } from './receipt-shape.ts';

export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** The digest of every part of a predicate, in the order `claim`, `evidence.0` …, then the other members by name. */
export const partDigests = (predicate: ReceiptPredicate): readonly PartDigest[] => {
  const { claim, evidence, ...rest } = predicate;
  const part = (name: string, value: unknown): PartDigest => ({ name, digest: { sha256: idOf(value) } });
  return [
    part('claim', claim),
    ...evidence.map((piece, i) => part(`evidence.${i}`, piece)),
    ...Object.entries(rest)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => part(name, value)),
  ];
};

/**
 * The in-toto statement of a receipt.
 * @throws {SuretyError} `input.*` or `receipt.inconsistent` when the predicate breaks a rule of the specification
 */
export const buildStatement = (predicate: ReceiptPredicate): ReceiptStatement => {
  const statement: ReceiptStatement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: partDigests(predicate),
    predicateType: 'https://surety.network/receipt/v1',
    predicate,
  };
  return unwrap(statementShape(statement, ''));
};

const STATUS_CODES: Readonly<Record<ReceiptStatus, number>> = {
  provisional: 0,
  final: 1,
  superseded: 2,
  overturned: 3,
};
const ZERO_WORD: Bytes32 = `0x${'00'.repeat(32)}`;

/** keccak-256 of the outcome's label; zero when undecided. What contracts compare. */
export const outcomeHash = (outcome: string | null): Bytes32 =>
  outcome === null ? ZERO_WORD : to0x(keccak256(utf8(outcome)));

/** Which chain and contract a network's EIP-712 signatures name. */
export const signingDomainOf = (network: Network): SigningDomain => ({
  chainId: network.chainId,
  verifyingContract: network.receiptVerifier,
});

/** The EIP-712 struct that the issuer signs for contracts. `receiptId` and `claimId` are hex without a prefix. */
export const receiptMessage = (predicate: ReceiptPredicate, receiptId: string, claimId: string): ReceiptMessage => ({
  operator: predicate.network.operator,
  receiptId: `0x${receiptId}`,
  claimId: `0x${claimId}`,
  outcome: outcomeHash(predicate.outcome),
  status: STATUS_CODES[predicate.status],
  issuedAt: predicate.issuedAt,
  finalAfter: predicate.finalAfter,
  supersedes: predicate.supersedes === null ? ZERO_WORD : `0x${predicate.supersedes}`,
  coverBeneficiary: predicate.cover?.beneficiary ?? ZERO_ADDRESS,
  coverMicroUsd: BigInt(predicate.cover?.amountMicroUsd ?? 0),
  coverUntil: predicate.cover?.until ?? 0,
});

export type ReceiptKeys = {
  /** Ed25519 secret key, 32 bytes: signs the envelope. */
  readonly dsseSecretKey: Uint8Array;
  /** secp256k1 secret key, 32 bytes: signs the EIP-712 struct. */
  readonly issuerSecretKey: Uint8Array;
};

/** Signs a statement twice: the envelope for readers, the struct for contracts. */
export const signReceipt = (statement: ReceiptStatement, keys: ReceiptKeys): SignedReceipt => {
  const payload = encode(statement);
  const { predicate } = statement;
  const message = receiptMessage(predicate, sha256Hex(payload), idOf(predicate.claim));
  return {
    type: 'surety/receipt/v1',
    envelope: {
      payloadType: PAYLOAD_TYPE,
      payload: toBase64(payload),
      signatures: [signDsse(PAYLOAD_TYPE, payload, keys.dsseSecretKey)],
    },
    eip712: {
      issuer: addressOfSecretKey(keys.issuerSecretKey),
      signature: signTyped('Receipt', message, {
        domain: signingDomainOf(predicate.network),
        secretKey: keys.issuerSecretKey,
      }),
    },
  };
};

/**
 * The id of a receipt: SHA-256 of the payload bytes, hex without a prefix.
 * @throws {SuretyError} `input.malformed` when the payload is not base64
 */
export const receiptIdOf = (receipt: Pick<Receipt, 'envelope'>): string =>
  sha256Hex(unwrap(fromBase64(receipt.envelope.payload, { field: 'envelope.payload' })));

const leafCover = (cover: Cover | null): LogLeaf['cover'] =>
  cover && { amountMicroUsd: cover.amountMicroUsd, beneficiary: cover.beneficiary, until: cover.until };

/** The leaf that goes into the log for a receipt with this id. */
export const logLeafOf = (predicate: ReceiptPredicate, receiptId: string): LogLeaf => ({
  type: 'surety/leaf/receipt/v2',
  operator: predicate.network.operator,
  receiptId,
  claimId: idOf(predicate.claim),
  outcome: predicate.outcome === null ? null : outcomeHash(predicate.outcome).slice(2),
  status: predicate.status,
  issuedAt: predicate.issuedAt,
  finalAfter: predicate.finalAfter,
  supersedes: predicate.supersedes,
  cover: leafCover(predicate.cover),
});

/** The bytes of a leaf: its canonical JSON. */
export const logLeafBytes = (leaf: LogLeaf): Uint8Array => encode(leaf);

/** The bytes of a receipt file: canonical JSON and one newline. */
export const receiptBytes = (receipt: Receipt): Uint8Array => concatBytes(encode(receipt), utf8('\n'));
