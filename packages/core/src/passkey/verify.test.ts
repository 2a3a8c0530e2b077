/** WebAuthn's own vectors, each of its rules broken once, and the account that a key names. */
import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { test } from 'node:test';
import { addressOfPublicKey, fromHex, type Result, sameBytes, toHex, unwrap, utf8 } from '../index.ts';
import { actionChallenge, offerChallenge } from './challenge.ts';
import { VECTORS, type Vector } from './vectors.fixture.ts';
import { type Ceremony, type CeremonyExpected, checkAssertion, checkRegistration } from './verify.ts';

const ORIGIN = 'https://example.org';
const bytes = (hex: string): Uint8Array => unwrap(fromHex(hex));

type Given = Vector['registration'];
const ceremonyOf = ({ authenticatorData, clientDataJson }: Given): Ceremony => ({
  authenticatorData: bytes(authenticatorData),
  clientDataJson: bytes(clientDataJson),
});
const expected = ({ challenge }: Given, over: Partial<CeremonyExpected> = {}): CeremonyExpected => ({
  challenge: bytes(challenge),
  origin: ORIGIN,
  userVerification: 'discouraged',
  ...over,
});

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.problem.code);

const isSigned = (signed: Uint8Array, signature: string, point: Uint8Array): boolean => {
  const part = (from: number): string => Buffer.from(point.subarray(from, from + 32)).toString('base64url');
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: part(1), y: part(33) }, format: 'jwk' });
  return verify('sha256', signed, key, bytes(signature));
};

for (const name of ['none', 'self', 'longId'] as const) {
  test(`the W3C's vector ${name}: registration and assertion verify, the signature under the key that was made`, () => {
    const { registration, assertion } = VECTORS[name];
    const made = unwrap(checkRegistration(ceremonyOf(registration), expected(registration)));
    assert.equal(made.credentialId.length, name === 'longId' ? 1_023 : 32);
    assert.equal(made.account, addressOfPublicKey(made.publicKey));
    const asserted = unwrap(checkAssertion(ceremonyOf(assertion), expected(assertion)));
    assert.ok(isSigned(asserted.signedBytes, assertion.signature, made.publicKey));
    assert.equal(asserted.signCount, 0);
  });
}

test('pages inside others are refused, as the vectors for them say they were', () => {
  for (const name of ['crossOrigin', 'topOrigin'] as const) {
    const { registration, assertion } = VECTORS[name];
    assert.equal(
      codeOf(checkRegistration(ceremonyOf(registration), expected(registration))),
      'passkey.wrong-context',
      name,
    );
    const refused = checkAssertion(ceremonyOf(assertion), expected(assertion));
    assert.ok(!refused.ok && refused.problem.field === 'clientDataJson.crossOrigin', name);
  }
});

test('who must be checked and was not is refused: by the flag that the vectors differ in', () => {
  const uv = { userVerification: 'required' } as const;
  const checked = VECTORS.longId.assertion;
  assert.equal(codeOf(checkAssertion(ceremonyOf(checked), expected(checked, uv))), 'ok');
  for (const { assertion } of [VECTORS.none, VECTORS.self])
    assert.equal(codeOf(checkAssertion(ceremonyOf(assertion), expected(assertion, uv))), 'passkey.nobody-there');
});

const { assertion } = VECTORS.longId;
const data = bytes(assertion.authenticatorData);
const newKey = bytes(VECTORS.self.registration.authenticatorData);

/** The vector's authenticator data with some bytes changed. */
const changed = (of: Uint8Array, ...changes: readonly (readonly [at: number, byte: number])[]): Uint8Array => {
  const out = of.slice();
  for (const [at, byte] of changes) out[at] = byte;
  return out;
};

test('authenticator data: other name, nobody there, odd flags, cut or longer than its flags say', () => {
  const code = (authenticatorData: Uint8Array): string =>
    codeOf(checkAssertion({ ...ceremonyOf(assertion), authenticatorData }, expected(assertion)));
  assert.equal(code(data), 'ok');
  assert.equal(code(changed(data, [0, 0])), 'passkey.wrong-context');
  assert.equal(code(changed(data, [32, 0x0c])), 'passkey.nobody-there');
  assert.equal(code(changed(data, [32, 0x15])), 'passkey.malformed');
  assert.equal(code(data.subarray(0, 36)), 'passkey.malformed');
  assert.equal(code(new Uint8Array([...data, 0xa0])), 'passkey.malformed');
  assert.equal(code(changed(new Uint8Array([...data, 0xa0]), [32, 0x8d])), 'ok');
  assert.equal(code(changed(data, [32, 0x8d])), 'passkey.malformed');
});

test('a new key: only a point of P-256 for ES256, with an id, and all of it', () => {
  const of = VECTORS.self.registration;
  const code = (authenticatorData: Uint8Array): string =>
    codeOf(checkRegistration({ ...ceremonyOf(of), authenticatorData }, expected(of)));
  const cose = newKey.length - 77;
  assert.equal(code(newKey), 'ok');
  assert.equal(code(newKey.subarray(0, -1)), 'passkey.malformed');
  assert.equal(code(newKey.subarray(0, 40)), 'passkey.malformed');
  // ES384 instead of ES256, secp256k1 instead of P-256, y that is on no curve.
  assert.equal(code(changed(newKey, [cose + 4, 0x38])), 'passkey.malformed');
  assert.equal(code(changed(newKey, [cose + 6, 8])), 'passkey.malformed');
  assert.equal(code(changed(newKey, [newKey.length - 1, newKey.at(-1)! ^ 1])), 'passkey.malformed');
  const [head, key] = [newKey.subarray(0, 53), newKey.subarray(cose)];
  const withId = (length: number): Uint8Array =>
    new Uint8Array([...head, length >> 8, length & 255, ...new Uint8Array(length), ...key]);
  assert.equal(code(withId(1_023)), 'ok');
  for (const length of [0, 1_024]) assert.equal(code(withId(length)), 'passkey.malformed', String(length));
  assert.equal(code(changed(newKey.subarray(0, 37), [32, 0x05])), 'passkey.malformed');
});

test('client data: type, challenge and origin are those that were asked for, and the bytes are JSON', () => {
  const code = (clientDataJson: Uint8Array, over: Partial<CeremonyExpected> = {}): string =>
    codeOf(checkAssertion({ ...ceremonyOf(assertion), clientDataJson }, expected(assertion, over)));
  const own = bytes(assertion.clientDataJson);
  assert.equal(code(own), 'ok');
  const text = Buffer.from(own).toString();
  assert.equal(code(utf8(text.replace('webauthn.get', 'webauthn.create'))), 'passkey.wrong-context');
  assert.equal(code(own, { challenge: new Uint8Array(32) }), 'passkey.wrong-context');
  assert.equal(code(own, { origin: 'http://example.org' }), 'passkey.wrong-context');
  assert.equal(code(own, { origin: 'https://example.org:8443' }), 'passkey.wrong-context');
  for (const text of ['', '[', 'null', '"webauthn.get"', '\ufeff{}'])
    assert.equal(code(utf8(text)), 'passkey.malformed', text);
  assert.equal(code(new Uint8Array([0xff])), 'passkey.malformed');
});

test('challenges are digests of what is signed: another action or another offer has another', () => {
  const action = { type: 'surety/action/advise/v1', nonce: '00'.repeat(16) };
  // "surety/action/v1\n" and the canonical JSON, hashed by sha256sum.
  assert.equal(toHex(actionChallenge(action)), '356bcc2bf09c6dc409ae07cb896a245b6d63e832c0752c14e04562108d6a752e');
  const offer = { chainId: 1, operator: '0x', nonce: '00'.repeat(16), expiresAt: 5 };
  assert.ok(!sameBytes(offerChallenge(offer), offerChallenge({ ...offer, expiresAt: 6 })));
  assert.ok(!sameBytes(offerChallenge({ ...offer, chainId: 2 }), offerChallenge(offer)));
});
