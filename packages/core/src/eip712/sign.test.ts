import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import fc from 'fast-check';
import { from0x, to0x, toHex } from '../bytes.ts';
import { unwrap } from '../errors.ts';
import { addressOfSecretKey, recoverTyped, signTyped, typedDigest, verifyTyped } from './sign.ts';
import type { AskerClaimMessage } from './types.ts';

const secretKey = new Uint8Array(32).fill(7);
const address = addressOfSecretKey(secretKey);
const domain = { chainId: 31337, verifyingContract: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed' };
const operator = addressOfSecretKey(new Uint8Array(32).fill(8));
const message: AskerClaimMessage = {
  operator,
  claimId: `0x${'ab'.repeat(32)}`,
  reading: 'Is the site example.com a scam?',
  budgetMicroUsd: 50_000n,
  expiresAt: 1_793_491_200,
};
const signature = signTyped('AskerClaim', message, { domain, secretKey });

test('a signature recovers to its signer and to nobody else for another message, operator, chain or contract', () => {
  assert.equal(unwrap(recoverTyped('AskerClaim', message, { domain, signature })), address);
  assert.ok(verifyTyped('AskerClaim', message, { domain, signature, address }).ok);
  const others = [
    verifyTyped('AskerClaim', { ...message, reading: 'x' }, { domain, signature, address }),
    verifyTyped('AskerClaim', { ...message, budgetMicroUsd: 50_001n }, { domain, signature, address }),
    verifyTyped('AskerClaim', { ...message, operator: address }, { domain, signature, address }),
    verifyTyped('AskerClaim', message, { domain: { ...domain, chainId: 1 }, signature, address }),
  ];
  for (const result of others) assert.equal(!result.ok && result.problem.code, 'signature.wrong-signer');
});

test('one text per signature: high s, other v, other spelling are refused', () => {
  const bytes = unwrap(from0x(signature));
  const s = BigInt(`0x${toHex(bytes.subarray(32, 64))}`);
  const highS = (secp256k1.Point.Fn.ORDER - s).toString(16).padStart(64, '0');
  const flipped = bytes[64] === 27 ? '1c' : '1b';
  const spellings = [
    signature.slice(0, 66) + highS + flipped,
    `${signature.slice(0, -2)}00`,
    `${signature.slice(0, -2)}01`,
    signature.toUpperCase(),
    signature.slice(2),
    `${signature}00`,
    to0x(new Uint8Array(65)),
    `0x${'ff'.repeat(64)}1b`,
  ];
  for (const text of spellings) {
    const result = recoverTyped('AskerClaim', message, { domain, signature: text });
    assert.equal(!result.ok && result.problem.code, 'signature.malformed', text);
  }
});

test('any 65 bytes: an address or a listed refusal, never the signer', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 65, maxLength: 65 }), fc.constantFrom(27, 28), (bytes, v) => {
      bytes[64] = v;
      const result = recoverTyped('AskerClaim', message, { domain, signature: to0x(bytes) });
      assert.notEqual(result.ok && result.value, address);
    }),
    { numRuns: 20 },
  );
});

test('the digest is 32 bytes and binds every field of the three structs', () => {
  const delegation = {
    operator,
    wallet: address,
    sessionKeyX: message.claimId,
    sessionKeyY: message.claimId,
    scope: 'trade',
    limitMicroUsd: 1n,
    expiresAt: 2,
    nonce: 3,
  };
  const digests = [
    delegation,
    { ...delegation, scope: 'ask' },
    { ...delegation, limitMicroUsd: 2n },
    { ...delegation, expiresAt: 3 },
    { ...delegation, nonce: 4 },
    { ...delegation, operator: address },
    { ...delegation, wallet: domain.verifyingContract },
  ].map((value) => toHex(typedDigest('Delegation', value, domain)));
  assert.equal(new Set(digests).size, digests.length);
});
