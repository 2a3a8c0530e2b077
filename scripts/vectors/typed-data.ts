/**
 * Writes `vectors/typed-data.json`: digests and signatures of Surety's EIP-712 structs and of session-key actions.
 * The keys are published here: never use them. Run: `node scripts/vectors/typed-data.ts`
 */

import { ACTION_TAG, actionBytes, sessionKeyOf, signAction } from '../../packages/core/src/action.ts';
import { addressOfBytes } from '../../packages/core/src/address.ts';
import { to0x, utf8 } from '../../packages/core/src/bytes.ts';
import { idOf } from '../../packages/core/src/canonical.ts';
import { domainSeparator, encodeType, hashStruct } from '../../packages/core/src/eip712/hash.ts';
import { addressOfSecretKey, signTyped, typedDigest } from '../../packages/core/src/eip712/sign.ts';
import { suretyDomain, TYPED_TYPES, type TypedMessages } from '../../packages/core/src/eip712/types.ts';
import { keccak256 } from '../../packages/core/src/hash.ts';
import { writeVectors } from './write.ts';

const secretKey = keccak256(utf8('surety vector wallet'));
const wallet = addressOfSecretKey(secretKey);
const sessionSecret = keccak256(utf8('surety vector session'));
const session = sessionKeyOf(sessionSecret);
/** For whom asker and wallet sign; the receipts are the wallet's own. */
const operator = addressOfBytes(keccak256(utf8('operator')).subarray(12));
const domain = { chainId: 31337, verifyingContract: addressOfBytes(keccak256(utf8('verifier')).subarray(12)) };
const id = (name: string): `0x${string}` => `0x${idOf(name)}`;
const ZERO = `0x${'00'.repeat(32)}` as const;

const messages: { [K in keyof TypedMessages]: [string, TypedMessages[K]][] } = {
  Receipt: [
    [
      'provisional, no cover',
      {
        operator: wallet,
        receiptId: id('receipt'),
        claimId: id('claim'),
        outcome: to0x(keccak256(utf8('scam'))),
        status: 0,
        issuedAt: 1_793_491_200,
        finalAfter: 1_793_491_800,
        supersedes: ZERO,
        coverBeneficiary: '0x0000000000000000000000000000000000000000',
        coverMicroUsd: 0n,
        coverUntil: 0,
      },
    ],
    [
      'final with cover',
      {
        operator: wallet,
        receiptId: id('receipt 2'),
        claimId: id('claim'),
        outcome: ZERO,
        status: 1,
        issuedAt: 1_793_491_900,
        finalAfter: 1_793_491_900,
        supersedes: id('receipt'),
        coverBeneficiary: wallet,
        coverMicroUsd: (1n << 128n) - 1n,
        coverUntil: 1_796_083_900,
      },
    ],
  ],
  Delegation: [
    [
      'a trading key',
      {
        operator,
        wallet,
        sessionKeyX: session.x,
        sessionKeyY: session.y,
        scope: 'ask trade',
        limitMicroUsd: 25_000_000n,
        expiresAt: 1_796_083_200,
        nonce: 1,
      },
    ],
  ],
  AskerClaim: [
    [
      'a reading beyond ASCII',
      {
        operator,
        claimId: id('claim'),
        reading: 'Is “größe.app” a scam? 🦄',
        budgetMicroUsd: 50_000n,
        expiresAt: 1_793_491_800,
      },
    ],
  ],
};

const cases = (Object.keys(messages) as (keyof TypedMessages)[]).flatMap((struct) =>
  messages[struct].map(([name, message]) => ({
    struct,
    name,
    message: Object.fromEntries(Object.entries(message).map(([k, v]) => [k, typeof v === 'bigint' ? v.toString() : v])),
    structHash: to0x(hashStruct(struct, TYPED_TYPES, message)),
    digest: to0x(typedDigest(struct, message, domain)),
    signature: signTyped(struct, message, { domain, secretKey }),
  })),
);

const action = {
  type: 'surety/action/trade/v1',
  operator,
  market: id('claim').slice(2),
  microShares: '-1500000',
  outcome: 1,
  sequence: 7,
};

writeVectors('typed-data', {
  description:
    'EIP-712 structs of Surety (spec/07-receipt.md) signed by one wallet, and one action signed by a session key.',
  domain: { name: 'Surety', version: '1', ...domain },
  domainSeparator: to0x(domainSeparator(suretyDomain(domain))),
  wallet,
  walletSecretKey: to0x(secretKey),
  types: Object.keys(TYPED_TYPES).map((struct) => ({
    struct,
    type: encodeType(struct, TYPED_TYPES),
    typeHash: to0x(keccak256(utf8(encodeType(struct, TYPED_TYPES)))),
  })),
  cases,
  action: {
    tag: ACTION_TAG,
    action,
    bytes: to0x(actionBytes(action)),
    sessionSecretKey: to0x(sessionSecret),
    sessionKeyX: session.x,
    sessionKeyY: session.y,
    signature: signAction(action, sessionSecret),
  },
});
