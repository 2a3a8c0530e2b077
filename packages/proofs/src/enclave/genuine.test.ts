/**
 * Attestations by real hardware, in ../shared/data/attestation beside the repository. They are not part of the project;
 * without them these tests are n/a, never a pass.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { certificatesOfPem } from '@surety/programs/certificates';
import {
  attestedKey,
  NO_CHALLENGE,
  readNitroDocument,
  readTdxQuote,
  STRICT_POLICY,
  type TdxCollateral,
  verifyNitro,
  verifyTdx,
} from './index.ts';

const DATA = new URL('../../../../../shared/data/attestation/', import.meta.url);
const skip = existsSync(DATA) ? false : 'n/a: ../shared/data/attestation is absent';

const file = (path: string): Buffer => readFileSync(new URL(path, DATA));
const hexFile = (path: string): Buffer => Buffer.from(file(path).toString().trim().replace(/^0x/, ''), 'hex');
const seconds = (date: string): number => Date.parse(date) / 1000;

/** As a public collector of collateral writes it. */
const collateral = (path: string): TdxCollateral => {
  const read = JSON.parse(file(path).toString()) as Record<string, string>;
  const bytes = (name: string): Buffer => Buffer.from(read[name]!, 'hex');
  return {
    tcbInfo: read.tcb_info!,
    tcbInfoSignature: bytes('tcb_info_signature'),
    qeIdentity: read.qe_identity!,
    qeIdentitySignature: bytes('qe_identity_signature'),
    tcbSigningChain: certificatesOfPem(read.tcb_info_issuer_chain!)!,
    rootCrl: bytes('root_ca_crl'),
    pckCrl: bytes('pck_crl'),
  };
};
const SUMMER = 'sgx-tdx/tdx_quote_collateral.json';
const LATER = 'sgx-tdx/tdx_quote_outdated_collateral.json';

/** Some tools wrap a document in a SCALE-encoded enum: two bytes, and a length in two. */
const unwrapped = (bytes: Buffer): Buffer => bytes.subarray(4, 4 + (bytes.readUInt16LE(2) >> 2));

const nitro = (document: Buffer, later = 0): string => {
  const read = readNitroDocument(document);
  if (!read.ok) return read.problem.code;
  const result = verifyNitro(document, { atSeconds: Math.floor(read.value.timestampMs / 1000) + later });
  if (!result.ok) return result.problem.code;
  assert.equal(result.value.development, false);
  assert.equal(result.value.debug, false);
  return result.value.root;
};

test('Nitro: genuine documents chain to AWS at the time they were made', { skip }, () => {
  const documents = [
    file('nitro/attestation.bin'),
    hexFile('nitro/attestation.hex'),
    file('nitro/aws.bin'),
    unwrapped(file('nitro-dstack/nitro_attestation.bin')),
  ];
  for (const document of documents) {
    assert.equal(nitro(document), 'AWS Nitro Enclaves Root-G1');
    assert.equal(nitro(document, 4 * 3600), 'attestation.certificate-refused', 'certificates live for three hours');
    assert.equal(nitro(Buffer.concat([document, Buffer.from([0])])), 'attestation.malformed');
  }
});

test('Nitro: a document under a root of its own is refused', { skip }, () => {
  assert.equal(nitro(file('nitro/custom.bin')), 'attestation.untrusted');
});

test('Nitro: a genuine document that binds no key of ours yields none', { skip }, () => {
  const document = file('nitro/aws.bin');
  const atSeconds = seconds('2024-12-13T07:38:00Z');
  const attestation = verifyNitro(document, { atSeconds });
  assert.ok(attestation.ok);
  const key = attestedKey(attestation.value, { policy: STRICT_POLICY, challenge: NO_CHALLENGE, atSeconds });
  assert.equal(key.ok ? 'accepted' : key.problem.code, 'attestation.key');
});

const tdx = (quote: Buffer, path: string, date: string): string => {
  const result = verifyTdx(quote, collateral(path), { atSeconds: seconds(date) });
  if (!result.ok) return `${result.problem.code} ${result.problem.field}`;
  assert.deepEqual([result.value.development, result.value.debug, result.value.movable], [false, false, false]);
  return result.value.tcb.status;
};

test('TDX: genuine quotes of versions 4 and 5 on up-to-date machines', { skip }, () => {
  assert.equal(tdx(file('sgx-tdx/tdx_quote'), SUMMER, '2025-06-25'), 'UpToDate');
  assert.equal(tdx(file('tdx/quote_v5_sample.dat'), LATER, '2026-02-20'), 'UpToDate');
});

test('TDX: a machine below every listed level, collateral of another machine or out of date', { skip }, () => {
  const below = 'attestation.tcb pckChain.0';
  assert.equal(tdx(file('sgx-tdx/tdx_quote_outdated'), LATER, '2026-02-20'), below);
  // Made in 2024 with a loader of the TDX module that Intel had listed no more by 2025.
  assert.equal(tdx(hexFile('sgx-tdx/tdx-quote.hex'), SUMMER, '2025-06-25'), below);
  assert.equal(tdx(hexFile('sgx-tdx/quote-from-tappd.hex'), SUMMER, '2025-06-25'), below);
  assert.equal(tdx(file('sgx-tdx/tdx_quote'), LATER, '2026-02-20'), 'attestation.collateral tcbInfo');
  assert.match(tdx(file('sgx-tdx/tdx_quote'), SUMMER, '2025-09-25'), /^attestation\.collateral/);
  assert.match(tdx(file('sgx-tdx/tdx_quote'), SUMMER, '2025-06-01'), /^attestation\.collateral/);
  assert.equal(tdx(file('sgx-tdx/tdx_quote'), SUMMER, '2033-01-01'), 'attestation.certificate-refused pckChain.0');
});

test('TDX: a genuine quote of 2022 is read without the words that a test put after it', { skip }, () => {
  const bytes = file('tdx/tdx_prod_quote_SPR_E4.dat');
  const whole = readTdxQuote(bytes);
  assert.equal(whole.ok ? 'accepted' : whole.problem.code, 'attestation.malformed');
  const cut = readTdxQuote(bytes.subarray(0, bytes.lastIndexOf('\nextra bytes')));
  assert.ok(cut.ok);
  assert.equal(cut.value.report.registers.tdattributes, '0000004000000000');
  const old = { ...collateral(LATER), rootCrl: file('tdx/rootcrl.der'), pckCrl: file('tdx/pckcrl') };
  const at = { atSeconds: seconds('2023-06-20') };
  const result = verifyTdx(bytes.subarray(0, bytes.lastIndexOf('\nextra bytes')), old, at);
  // Chain and signatures hold in 2023; the certificate that signed the texts of 2026 was not issued yet.
  assert.equal(result.ok ? 'accepted' : result.problem.field, 'tcbSigningChain.0');
});

test('TDX: an SGX quote is no TDX quote', { skip }, () => {
  assert.equal(
    tdx(file('sgx-tdx/sgx_quote'), 'sgx-tdx/sgx_quote_collateral.json', '2025-06-25'),
    'attestation.unsupported version',
  );
});

test('every byte of a genuine document or quote counts, or says the same', { skip }, () => {
  const document = file('nitro/aws.bin');
  const atSeconds = seconds('2024-12-13T07:38:00Z');
  const said = JSON.stringify(verifyNitro(document, { atSeconds }));
  for (let at = 3; at < document.length; at += 97) {
    const changed = Buffer.from(document);
    changed[at]! ^= 1 << (at % 8);
    const result = verifyNitro(changed, { atSeconds });
    assert.ok(!result.ok || JSON.stringify(result) === said, `byte ${at}`);
  }
});
