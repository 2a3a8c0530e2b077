import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { test } from 'node:test';
import { p256 } from '@noble/curves/nist.js';
import { actionBytes, parseActionSignature, sessionKeyOf, signAction, verifyAction } from './action.ts';
import { from0x, fromHex, toHex } from './bytes.ts';
import { unwrap } from './errors.ts';

const secretKey = new Uint8Array(32).fill(9);
const key = sessionKeyOf(secretKey);
const action = { type: 'surety/action/trade/v1', market: 'm1', outcome: 0, microShares: '1000000', sequence: 1 };
const signature = signAction(action, secretKey);

test('an action verifies for its key and not when anything differs', () => {
  assert.ok(verifyAction(action, signature, key).ok);
  const wrong = [
    verifyAction({ ...action, sequence: 2 }, signature, key),
    verifyAction(action, signature, sessionKeyOf(new Uint8Array(32).fill(8))),
  ];
  for (const result of wrong) assert.equal(!result.ok && result.problem.code, 'signature.wrong-signer');
});

test('node:crypto accepts the same signature over the same bytes', () => {
  const url = (hex: string): string => Buffer.from(unwrap(from0x(hex))).toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: url(key.x), y: url(key.y) };
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
  const bytes = unwrap(fromHex(signature));
  assert.ok(verify('sha256', actionBytes(action), { key: publicKey, dsaEncoding: 'ieee-p1363' }, bytes));
});

test('RFC 6979 A.2.5: P-256, SHA-256, "sample"', () => {
  const secret = unwrap(fromHex('c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721'));
  const made = toHex(p256.sign(new TextEncoder().encode('sample'), secret, { lowS: false }));
  assert.equal(
    made,
    'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
  );
});

test('one text per signature', () => {
  const n = p256.Point.Fn.ORDER;
  const high = signature.slice(0, 64) + (n - BigInt(`0x${signature.slice(64)}`)).toString(16).padStart(64, '0');
  for (const text of [high, signature.toUpperCase(), `0x${signature}`, signature.slice(2), '']) {
    assert.ok(!parseActionSignature(text).ok, text);
    const result = verifyAction(action, text, key);
    assert.equal(!result.ok && result.problem.code, 'signature.malformed');
  }
});

test('a key that is no point, and an action without canonical form, are refused as data', () => {
  const noPoint = verifyAction(action, signature, { x: key.x, y: key.x });
  assert.equal(!noPoint.ok && noPoint.problem.code, 'signature.malformed');
  const noForm = verifyAction({ a: 1.5 }, signature, key);
  assert.equal(!noForm.ok && noForm.problem.code, 'input.not-canonical');
});
