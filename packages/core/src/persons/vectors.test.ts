/** `vectors/person-token.json`: what the script writes, read by this package and by OpenSSL. */
import assert from 'node:assert/strict';
import { constants, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { personVectors } from '../../test/person-vectors.ts';
import { from0x, to0x } from '../bytes.ts';
import { unwrap } from '../errors.ts';
import { sha256 } from '../hash.ts';
import { readIssuerKey } from './issuer-key.ts';
import { isToken, personChallenge } from './token.ts';

const text = readFileSync(new URL('../../../../vectors/person-token.json', import.meta.url), 'utf8');
const vectors = JSON.parse(text) as ReturnType<typeof personVectors>;
const bytes = (hex: string): Uint8Array => unwrap(from0x(hex));
const KEY = unwrap(readIssuerKey(bytes(vectors.tokenKey)));
const challengeOf = (account: string): Uint8Array =>
  personChallenge({ issuer: vectors.issuer, chainId: Number(vectors.chainId), court: vectors.registry, account });

test('the file is what the script writes', () => {
  assert.deepEqual(vectors, personVectors());
});

test('tokens count for their account, and OpenSSL says so too', () => {
  assert.equal(to0x(KEY.id), vectors.keyId);
  const key = createPublicKey({ key: Buffer.from(KEY.spki), format: 'der', type: 'spki' });
  for (const { account, challenge, token } of vectors.tokens) {
    assert.equal(to0x(sha256(challengeOf(account))), challenge);
    assert.ok(isToken(bytes(token), challengeOf(account), KEY));
    const [input, signature] = [bytes(token).subarray(0, 98), bytes(token).subarray(98)];
    assert.ok(verify('sha384', input, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }, signature));
  }
});

test('what is refused is no token of the first account', () => {
  const { account } = vectors.tokens[0]!;
  for (const { why, token } of vectors.refused) assert.ok(!isToken(bytes(token), challengeOf(account), KEY), why);
});
