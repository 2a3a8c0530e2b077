import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Result } from '@surety/core';
import { basicConstraints, keyUsage } from '../../../../programs/test/pki.ts';
import { cbor } from '../../../test/cbor-writer.ts';
import { keys, MADE_AT, NITRO_ROOT, TDX_ROOT } from '../../../test/development.ts';
import { enclavePublicKey, type NitroChanges, nitroDocument, PROTECTED } from '../../../test/development-nitro.ts';
import type { NitroAttestation } from '../attestation.ts';
import { nitroMeasurement } from '../measurement.ts';
import { verifyNitro } from './verify.ts';

const verifyBytes = (bytes: Uint8Array, atSeconds = MADE_AT): Result<NitroAttestation> =>
  verifyNitro(bytes, { atSeconds, roots: [NITRO_ROOT] });
const verify = (changes: NitroChanges = {}, atSeconds = MADE_AT) => verifyBytes(nitroDocument(changes), atSeconds);
const code = (result: Result<NitroAttestation>): string => (result.ok ? 'accepted' : result.problem.code);
const words = (result: Result<NitroAttestation>): string => (result.ok ? 'accepted' : result.problem.message);
const register = (byte: number) => new Uint8Array(48).fill(byte);

test('a document says what the enclave is and what it wants attested', () => {
  const result = verify();
  assert.ok(result.ok, words(result));
  const { value } = result;
  assert.equal(value.development, true);
  assert.equal(value.debug, false);
  assert.equal(value.issuedAtMs, MADE_AT * 1000);
  assert.deepEqual(new Uint8Array(value.publicKey!), enclavePublicKey());
  assert.equal(value.registers.pcr2, '03'.repeat(48));
  assert.equal(value.measurement, nitroMeasurement(new Map([0, 1, 2].map((i) => [i, register(i + 1)]))));
});

test('without its own root pinned nobody vouches for it', () => {
  assert.equal(code(verifyNitro(nitroDocument(), { atSeconds: MADE_AT })), 'attestation.untrusted');
  assert.equal(code(verifyNitro(nitroDocument(), { atSeconds: MADE_AT, roots: [] })), 'attestation.untrusted');
  assert.equal(code(verifyNitro(nitroDocument(), { atSeconds: MADE_AT, roots: [TDX_ROOT] })), 'attestation.untrusted');
});

test('every certificate must be valid at the stated time', () => {
  const dated = { leaf: { from: MADE_AT - 60, until: MADE_AT + 10_800 } };
  assert.equal(code(verify(dated, MADE_AT + 10_800)), 'accepted');
  assert.match(words(verify(dated, MADE_AT + 10_801)), /valid until/);
  assert.match(words(verify(dated, MADE_AT - 61)), /valid only from/);
  assert.match(words(verify({ zone: { until: MADE_AT - 1 } })), /valid until/);
});

test('an issuer that is not a CA, or a CA as the signer, is refused', () => {
  for (const extensions of [
    [],
    [keyUsage(0)],
    [basicConstraints(false), keyUsage(5)],
    [basicConstraints(true), keyUsage(0)],
  ]) {
    const result = verify({ zone: { extensions } });
    assert.equal(code(result), 'attestation.certificate-refused');
    assert.match(words(result), /not a CA/);
  }
  assert.match(words(verify({ leaf: { extensions: [basicConstraints(true), keyUsage(0, 5)] } })), /is a CA/);
  assert.match(words(verify({ leaf: { extensions: [keyUsage(6)] } })), /may not make signatures/);
});

test('a signature by another key, or over another document, is wrong', () => {
  assert.equal(code(verify({ by: keys.nitroZone })), 'attestation.signature-wrong');
  const document = nitroDocument();
  document[document.length - 1]! ^= 1;
  assert.equal(code(verifyBytes(document)), 'attestation.signature-wrong');
});

test('debug mode is seen', () => {
  for (const pcrs of [
    new Map([
      [0, register(0)],
      [1, register(2)],
    ]),
    new Map([[1, register(2)]]),
  ]) {
    const result = verify({ fields: [['pcrs', pcrs]] });
    assert.ok(result.ok);
    assert.equal(result.value.debug, true);
  }
});

test('a document of any other form is refused', () => {
  const forms: readonly NitroChanges[] = [
    { header: new Uint8Array([0xa1, 0x01, 0x26]) },
    {
      header: cbor(
        new Map([
          [1, -35],
          [4, 1],
        ]),
      ),
    },
    { unprotected: cbor(new Map([[4, new Uint8Array(1)]])) },
    { unprotected: Buffer.from([0xbf, 0xff]) },
    { fields: [['more', 1]] },
    { fields: [['digest', 'SHA256']] },
    { fields: [['timestamp', 0]] },
    { fields: [['pcrs', new Map([[32, register(1)]])]] },
    { fields: [['pcrs', new Map([[0, new Uint8Array(32)]])]] },
    { fields: [['pcrs', new Map()]] },
    { fields: [['cabundle', []]] },
    { fields: [['user_data', new Uint8Array(513)]] },
    { fields: [['module_id', 7]] },
    { fields: [['certificate', null]] },
    ...['module_id', 'digest', 'timestamp', 'pcrs', 'certificate', 'cabundle'].map((name) => ({ without: [name] })),
  ];
  for (const changes of forms) assert.equal(code(verify(changes)), 'attestation.malformed', JSON.stringify(changes));
  const document = nitroDocument();
  assert.match(words(verifyBytes(Buffer.concat([document, Buffer.from([0])]))), /after its end/);
  assert.match(words(verifyBytes(Buffer.concat([Buffer.from([0xd2]), document]))), /tag/);
  assert.match(words(verifyBytes(new Uint8Array(40_000))), /more than/);
  assert.equal(code(verify({ without: ['nonce', 'user_data', 'public_key'] })), 'accepted');
  assert.deepEqual([...PROTECTED], [...cbor(new Map([[1, -35]]))]);
});
