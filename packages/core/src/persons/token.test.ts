import assert from 'node:assert/strict';
import { constants, createPublicKey, generateKeyPairSync, privateDecrypt, sign, verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { concatBytes, fromHex, toHex } from '../bytes.ts';
import { unwrap } from '../errors.ts';
import { blindMessage, finishToken } from './blind.ts';
import { ISSUER_KEY_BYTES, issuerKeyOf, readIssuerKey } from './issuer-key.ts';
import { verifyPss } from './rsa-pss.ts';
import { isToken, PERSON_TOKEN_BYTES, type PersonScope, personChallenge, tokenInput } from './token.ts';

const hex = (text: string): Uint8Array => unwrap(fromHex(text));
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const MODULUS = Buffer.from(publicKey.export({ format: 'jwk' }).n!, 'base64url');
const KEY = unwrap(readIssuerKey(issuerKeyOf(MODULUS)));
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 } as const;
const SCOPE: PersonScope = {
  issuer: 'issuer.example',
  chainId: 31_337,
  court: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  account: '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
};
const CHALLENGE = personChallenge(SCOPE);
const NONCE = new Uint8Array(32).fill(7);
const SECRETS = { salt: new Uint8Array(48).fill(9), blind: new Uint8Array(256).fill(3) } as const;
const signBlinded = (blinded: Uint8Array): Uint8Array =>
  privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, blinded);

const tokenFor = (challenge: Uint8Array): Uint8Array => {
  const blinded = unwrap(blindMessage(tokenInput(NONCE, challenge, KEY), KEY, SECRETS));
  return unwrap(finishToken(blinded, signBlinded(blinded.blinded), KEY));
};

test('a key is the one encoding that OpenSSL reads as RSASSA-PSS of 2048 bits', () => {
  const read = createPublicKey({ key: Buffer.from(KEY.spki), format: 'der', type: 'spki' });
  assert.equal(read.asymmetricKeyType, 'rsa-pss');
  assert.deepEqual(read.asymmetricKeyDetails, {
    modulusLength: 2048,
    publicExponent: 65_537n,
    hashAlgorithm: 'sha384',
    mgf1HashAlgorithm: 'sha384',
    saltLength: 48,
  });
  for (let at = 0; at < ISSUER_KEY_BYTES; at++) {
    const changed = KEY.spki.slice();
    changed[at]! ^= 1;
    const read = readIssuerKey(changed);
    // Of the modulus only that it is odd and has 2048 bits can be seen.
    assert.ok(!read.ok || read.value.modulus !== KEY.modulus, `byte ${at}`);
    if (at < 81 || at > ISSUER_KEY_BYTES - 7) assert.ok(!read.ok, `byte ${at}`);
  }
  assert.ok(!readIssuerKey(KEY.spki.subarray(1)).ok);
  assert.ok(!readIssuerKey(issuerKeyOf(new Uint8Array(256).fill(1))).ok);
});

test('signatures: as node:crypto says, on good and on changed ones', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat({ max: 255 }), fc.nat({ max: 7 }), (message, at, bit) => {
      const signature = sign('sha384', message, { key: privateKey, ...PSS });
      assert.ok(verifyPss(signature, message, KEY.modulus));
      const changed = Uint8Array.from(signature);
      changed[at]! ^= 1 << bit;
      assert.ok(!verifyPss(changed, message, KEY.modulus));
      assert.ok(!verifyPss(signature, concatBytes(message, new Uint8Array(1)), KEY.modulus));
    }),
    { numRuns: 20 },
  );
  const short = sign('sha384', NONCE, { key: privateKey, ...PSS, saltLength: 32 });
  assert.ok(!verifyPss(short, NONCE, KEY.modulus), 'another length of salt');
  // The same number modulo the modulus is another text of the signature; it exists where the sum still has 2048 bits.
  let again = 1n << 2_048n;
  while (again >= 1n << 2_048n)
    again = BigInt(`0x${sign('sha384', NONCE, { key: privateKey, ...PSS }).toString('hex')}`) + KEY.modulus;
  assert.ok(!verifyPss(hex(again.toString(16).padStart(512, '0')), NONCE, KEY.modulus));
});

test('what is unblinded is a token of the account, and of no other account, court, chain or issuer', () => {
  const token = tokenFor(CHALLENGE);
  assert.equal(token.length, PERSON_TOKEN_BYTES);
  const input = token.subarray(0, -256);
  assert.ok(verify('sha384', input, { key: publicKey, ...PSS }, token.subarray(-256)));
  assert.ok(isToken(token, CHALLENGE, KEY));
  const others: Partial<PersonScope>[] = [
    { issuer: 'issuer.examplf' },
    { chainId: 1 },
    { court: SCOPE.account },
    { account: SCOPE.court },
  ];
  for (const other of others) assert.ok(!isToken(token, personChallenge({ ...SCOPE, ...other }), KEY));
  for (const at of [0, 1, 2, 34, 66, 98, 353]) {
    const changed = token.slice();
    changed[at]! ^= 1;
    assert.ok(!isToken(changed, CHALLENGE, KEY), `byte ${at}`);
  }
  assert.ok(!isToken(token.subarray(1), CHALLENGE, KEY));
});

test('the issuer sees neither nonce nor challenge, and a wrong answer is refused', () => {
  const message = tokenInput(NONCE, CHALLENGE, KEY);
  const one = unwrap(blindMessage(message, KEY, SECRETS));
  const other = unwrap(blindMessage(message, KEY, { ...SECRETS, blind: new Uint8Array(256).fill(5) }));
  assert.notDeepEqual(one.blinded, other.blinded);
  const signed = signBlinded(one.blinded);
  assert.ok(!finishToken(other, signed, KEY).ok);
  assert.ok(!finishToken(one, signed.subarray(1), KEY).ok);
  for (const blind of [new Uint8Array(256), new Uint8Array(256).fill(255)])
    assert.ok(!blindMessage(message, KEY, { ...SECRETS, blind }).ok);
});

const RFC = new URL('../../../../../shared/data/privacy-pass/', import.meta.url);
const skip = existsSync(RFC) ? false : 'n/a: ../shared/data/privacy-pass is absent';

test('RFC 9578, publicly verifiable tokens: key, request, answer, token', { skip }, () => {
  for (const file of ['pub_verif_rfc9578.rust.json', 'pub_verif_rfc9578.go.json']) {
    const vectors = JSON.parse(readFileSync(new URL(file, RFC), 'utf8')) as readonly Record<string, string>[];
    assert.ok(vectors.length > 0);
    for (const v of vectors) {
      const key = unwrap(readIssuerKey(hex(v.pkS!)));
      const challenge = hex(v.token_challenge!);
      const secrets = { salt: hex(v.salt!), blind: hex(v.blind!) };
      const blinded = unwrap(blindMessage(tokenInput(hex(v.nonce!), challenge, key), key, secrets));
      const head = concatBytes(new Uint8Array([0, 2]), key.id.subarray(-1));
      assert.equal(toHex(concatBytes(head, blinded.blinded)), v.token_request);
      const token = unwrap(finishToken(blinded, hex(v.token_response!), key));
      assert.equal(toHex(token), v.token);
      assert.ok(isToken(token, challenge, key));
    }
  }
});
