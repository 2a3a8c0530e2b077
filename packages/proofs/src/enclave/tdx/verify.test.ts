import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Result, toHex } from '@surety/core';
import { basicConstraints, extension, keyUsage, toPem } from '../../../../programs/test/pki.ts';
import { caExtensions, keys, MADE_AT, SIGNS, TDX_ROOT } from '../../../test/development.ts';
import {
  CA_SERIAL,
  type CollateralChanges,
  PCK_SERIAL,
  pck,
  pckCrl,
  type QuoteChanges,
  revocationList,
  rootCrl,
  sgxExtension,
  tdxCollateral,
  tdxQuote,
} from '../../../test/development-tdx.ts';
import type { TdxAttestation } from '../attestation.ts';
import { verifyTdx } from './verify.ts';

const at = (quote: Uint8Array, collateral = tdxCollateral(), atSeconds = MADE_AT): Result<TdxAttestation> =>
  verifyTdx(quote, collateral, { atSeconds, roots: [TDX_ROOT] });
const verify = (quote: QuoteChanges = {}, collateral: CollateralChanges = {}, atSeconds = MADE_AT) =>
  at(tdxQuote(quote).quote, tdxCollateral(collateral), atSeconds);
const code = (result: Result<TdxAttestation>): string => (result.ok ? 'accepted' : result.problem.code);
const words = (result: Result<TdxAttestation>): string => (result.ok ? 'accepted' : result.problem.message);
const status = (result: Result<TdxAttestation>): string => (result.ok ? result.value.tcb.status : result.problem.code);

test('quotes of both versions and both reports say the same of the same TD', () => {
  const kinds: readonly QuoteChanges[] = [{ version: 4 }, { version: 5, bodyType: 2 }, { version: 5, bodyType: 3 }];
  for (const kind of kinds) {
    const result = verify(kind);
    assert.ok(result.ok, words(result));
    const { value } = result;
    assert.deepEqual([value.development, value.debug, value.movable], [true, false, false]);
    assert.equal(value.registers.mrtd, 'a1'.repeat(48));
    assert.equal(value.registers.rtmr3, 'b3'.repeat(48));
    assert.equal(value.tcb.status, 'UpToDate');
    const first = verify();
    assert.ok(first.ok);
    assert.equal(value.measurement, first.value.measurement);
  }
  const other = verify({ mrtd: new Uint8Array(48).fill(0xa2) });
  assert.ok(other.ok);
  assert.equal(other.value.registers.mrtd, 'a2'.repeat(48));
});

test('without its own root pinned nobody vouches for it', () => {
  const { quote } = tdxQuote();
  assert.equal(code(verifyTdx(quote, tdxCollateral(), { atSeconds: MADE_AT })), 'attestation.untrusted');
});

test('zeros may follow a quote, and nothing else', () => {
  const { quote } = tdxQuote();
  assert.equal(code(at(Buffer.concat([quote, Buffer.alloc(70)]))), 'accepted');
  assert.match(words(at(Buffer.concat([quote, Buffer.from('x')]))), /other than zero/);
  for (const length of [0, 47, 48, 600, 636, quote.length - 1]) {
    assert.equal(code(at(quote.subarray(0, length))), 'attestation.malformed', `${length}`);
  }
});

test('each signature on the way from the root to the quote counts', () => {
  const bytes = (at: number, value: number) => [[at, Buffer.from([value])] as const];
  assert.equal(code(verify({ quoteBy: keys.stranger })), 'attestation.signature-wrong');
  assert.equal(code(verify({ pckBy: keys.stranger })), 'attestation.signature-wrong');
  assert.equal(code(verify({ pck: { by: keys.stranger } })), 'attestation.untrusted');
  assert.equal(code(verify({ ca: { by: keys.stranger } })), 'attestation.untrusted');
  assert.match(words(verify({ qe: bytes(320, 1) })), /did not make the attestation key/);
  assert.match(words(verify({ qe: bytes(352, 1) })), /did not make the attestation key/);
});

test('an issuer that is not a CA, or a chain of another length, is refused', () => {
  assert.match(words(verify({ ca: { extensions: SIGNS } })), /not a CA/);
  assert.match(words(verify({ ca: { extensions: [basicConstraints(true), keyUsage(0)] } })), /not a CA/);
  const isCa = { extensions: [...caExtensions(), sgxExtension()] };
  assert.match(words(verify({ pck: isCa })), /is a CA/);
  const direct = pck({ issuer: TDX_ROOT.name, by: keys.root });
  assert.equal(
    code(verify({ chain: `${toPem(direct)}${toPem(TDX_ROOT.certificate)}\0` })),
    'attestation.certificate-refused',
  );
});

test('quotes of other kinds are not read', () => {
  const kinds: readonly QuoteChanges[] = [
    { header: [[0, Buffer.from([3])]] },
    { header: [[2, Buffer.from([3])]] },
    { header: [[4, Buffer.from([0])]] },
    { header: [[12, Buffer.from([0])]] },
  ];
  for (const kind of kinds) assert.equal(code(verify(kind)), 'attestation.unsupported');
  assert.equal(code(verify({ header: [[8, Buffer.from([1])]] })), 'attestation.malformed');
  const sgx = tdxQuote({ version: 5 }).quote;
  sgx[48] = 1;
  assert.equal(code(at(sgx)), 'attestation.unsupported');
});

test('debug mode and TDs that can be moved are seen', () => {
  const debug = verify({ attributes: Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]) });
  assert.ok(debug.ok && debug.value.debug);
  const moved = verify({ version: 5, serviceTd: new Uint8Array(48).fill(1) });
  assert.ok(moved.ok && moved.value.movable);
  const migratable = verify({ attributes: Buffer.from([0, 0, 0, 0x30, 0, 0, 0, 0]) });
  assert.ok(migratable.ok && migratable.value.movable && !migratable.value.debug);
});

test('the status is that of the worst part', () => {
  const level = (components: number, pceSvn = 13) => ({
    pck: { extensions: [...SIGNS, sgxExtension({ components: Array.from({ length: 16 }, () => components), pceSvn })] },
  });
  const module = (svn: number, version = 1, late = 5) => ({
    teeTcbSvn: Buffer.concat([Buffer.from([svn, version, late]), Buffer.alloc(13)]),
  });
  const qe = (svn: number) => ({ qe: [[258, Buffer.from([svn, 0])]] as const });
  assert.equal(status(verify(level(4))), 'ConfigurationNeeded');
  assert.equal(status(verify(level(5, 12))), 'ConfigurationNeeded');
  assert.equal(status(verify(level(2))), 'Revoked');
  assert.equal(status(verify(level(0))), 'attestation.tcb');
  assert.equal(status(verify(module(6))), 'OutOfDate');
  assert.equal(status(verify(module(4))), 'attestation.tcb');
  assert.equal(status(verify(module(9, 2))), 'attestation.collateral');
  assert.equal(status(verify(module(5, 0))), 'Revoked');
  assert.equal(status(verify(module(7, 1, 4))), 'ConfigurationNeeded');
  assert.equal(status(verify(qe(5))), 'OutOfDate');
  assert.equal(status(verify({ ...qe(5), ...level(4) })), 'OutOfDateConfigurationNeeded');
  assert.equal(status(verify(qe(3))), 'attestation.tcb');
  const open = verify(level(4));
  assert.deepEqual(open.ok && open.value.tcb.advisories, ['SURETY-DEV-1']);
});

test('another module or quoting enclave than the collateral names is refused', () => {
  assert.equal(code(verify({ mrSignerSeam: new Uint8Array(48).fill(1) })), 'attestation.tcb');
  for (const place of [16, 48, 128, 256]) {
    assert.equal(code(verify({ qe: [[place, Buffer.from([0x77])]] })), 'attestation.tcb', `${place}`);
  }
});

test('collateral must be of this machine, signed, and valid at the time', () => {
  assert.equal(code(verify({}, {}, MADE_AT + 30 * 86_400)), 'accepted');
  assert.equal(code(verify({}, {}, MADE_AT + 30 * 86_400 + 1)), 'attestation.collateral');
  assert.equal(code(verify({}, {}, MADE_AT - 1001)), 'attestation.collateral');
  const late = { nextUpdate: '2026-09-01T00:00:00Z' };
  assert.match(words(verify({}, { tcbInfo: late })), /tcbInfo is not valid/);
  assert.match(words(verify({}, { qeIdentity: late })), /qeIdentity is not valid/);
  assert.equal(code(verify({}, { tcbInfo: { fmspc: '000000000001' } })), 'attestation.collateral');
  assert.equal(code(verify({}, { tcbInfo: { pceId: '0001' } })), 'attestation.collateral');
  assert.equal(code(verify({}, { by: keys.stranger })), 'attestation.collateral');
  assert.equal(code(verify({}, { signing: { by: keys.stranger } })), 'attestation.untrusted');
  const collateral = tdxCollateral();
  const changed = { ...collateral, tcbInfo: collateral.tcbInfo.replace('"svn":5', '"svn":4') };
  assert.equal(code(at(tdxQuote().quote, changed)), 'attestation.collateral');
});

test('collateral of an unknown form is refused, however well it is signed', () => {
  for (const tcbInfo of [{ version: 2 }, { id: 'SGX' }, { more: 1 }, { tcbLevels: [] }, { issueDate: 'now' }]) {
    assert.equal(code(verify({}, { tcbInfo })), 'attestation.malformed', JSON.stringify(tcbInfo));
  }
  assert.equal(code(verify({}, { qeIdentity: { id: 'QE' } })), 'attestation.malformed');
});

test('revoked certificates are refused', () => {
  assert.equal(code(verify({}, { pckCrl: pckCrl([5n, PCK_SERIAL]) })), 'attestation.revoked');
  assert.equal(code(verify({}, { rootCrl: rootCrl([CA_SERIAL]) })), 'attestation.revoked');
  assert.equal(code(verify({}, { rootCrl: rootCrl([9n]) })), 'attestation.collateral');
  assert.equal(code(verify({}, { pckCrl: pckCrl([5n, 6n]), rootCrl: rootCrl([7n]) })), 'accepted');
});

test('a revocation list of others, of another time or of an unknown form is refused', () => {
  const list = (changes: Partial<Parameters<typeof revocationList>[0]>) =>
    verify({}, { pckCrl: revocationList({ issuer: 'Surety DEVELOPMENT PCK CA', by: keys.pckCa, ...changes }) });
  assert.equal(code(list({})), 'accepted');
  assert.equal(code(list({ by: keys.root })), 'attestation.collateral');
  assert.equal(code(list({ issuer: 'another' })), 'attestation.collateral');
  assert.equal(code(list({ until: MADE_AT - 1 })), 'attestation.collateral');
  assert.equal(code(list({ from: MADE_AT + 1 })), 'attestation.collateral');
  assert.equal(
    code(list({ extensions: [extension('2.5.29.28', Buffer.from([0x30, 0]), true)] })),
    'attestation.malformed',
  );
  assert.equal(code(verify({}, { pckCrl: Buffer.from('00') })), 'attestation.malformed');
  const noListing = { extensions: [basicConstraints(true, 0), keyUsage(5)] };
  assert.equal(code(verify({ ca: noListing })), 'attestation.collateral');
});

test('a platform whose certificate does not say what it is, is refused', () => {
  assert.equal(code(verify({ pck: { extensions: SIGNS } })), 'attestation.malformed');
  const fifteen = sgxExtension({ components: Array.from({ length: 15 }, () => 5) });
  assert.equal(code(verify({ pck: { extensions: [...SIGNS, fifteen] } })), 'attestation.malformed');
  const short = sgxExtension({ fmspc: 'dede' });
  assert.equal(code(verify({ pck: { extensions: [...SIGNS, short] } })), 'attestation.malformed');
});

test('the quote binds the key of the enclave that it names', () => {
  const result = verify({ reportData: new Uint8Array(64).fill(3) });
  assert.ok(result.ok);
  assert.equal(toHex(result.value.reportData), '03'.repeat(64));
});
