import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { test } from 'node:test';
import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { concatBytes, fromHex, toHex, utf8 } from './bytes.ts';
import { ed25519PublicKey, ed25519Sign, ed25519Verify } from './ed25519.ts';
import { unwrap } from './errors.ts';

const hex = (text: string): Uint8Array => unwrap(fromHex(text));

// RFC 8032 section 7.1, tests 1 to 3
const RFC_8032: [string, string, string, string][] = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
];

test('RFC 8032: keys, signatures and their verification', () => {
  for (const [secret, publicKey, message, signature] of RFC_8032) {
    assert.equal(ed25519PublicKey(hex(secret)), publicKey);
    assert.equal(toHex(ed25519Sign(hex(message), hex(secret))), signature);
    assert.ok(ed25519Verify(hex(signature), hex(message), hex(publicKey)));
    assert.ok(!ed25519Verify(hex(signature), hex(`${message}00`), hex(publicKey)));
  }
});

test('Ed25519 is strict: s + L, a small-order key and wrong lengths are refused', () => {
  const [, publicKey, message, signature] = RFC_8032[1]!;
  const little = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes.toReversed())}`);
  const s = little(hex(signature).subarray(32)) + ed25519.Point.Fn.ORDER;
  const shifted = concatBytes(hex(signature).subarray(0, 32), hex(s.toString(16).padStart(64, '0')).toReversed());
  assert.ok(!ed25519Verify(shifted, hex(message), hex(publicKey)));
  const identity = concatBytes(new Uint8Array([1]), new Uint8Array(31));
  const forged = concatBytes(identity, new Uint8Array(32));
  assert.ok(!ed25519Verify(forged, utf8('anything'), identity));
  assert.ok(!ed25519Verify(hex(signature).subarray(1), hex(message), hex(publicKey)));
  assert.ok(!ed25519Verify(hex(signature), hex(message), hex(publicKey).subarray(1)));
});

test('node:crypto agrees, on good and on changed signatures', () => {
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const place = fc.nat({ max: 63 });
  fc.assert(
    fc.property(bytes, fc.uint8Array({ maxLength: 50 }), place, fc.nat({ max: 7 }), (secret, message, at, bit) => {
      const publicKey = hex(ed25519PublicKey(secret));
      const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') };
      const native = createPublicKey({ key: jwk, format: 'jwk' });
      const signature = ed25519Sign(message, secret);
      assert.ok(ed25519Verify(signature, message, publicKey));
      assert.ok(verify(null, message, native, signature));
      const changed = signature.slice();
      changed[at]! ^= 1 << bit;
      assert.ok(!ed25519Verify(changed, message, publicKey));
      assert.ok(!verify(null, message, native, changed));
    }),
    { numRuns: 20 },
  );
});
