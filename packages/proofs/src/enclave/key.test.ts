import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Result, unwrap } from '@surety/core';
import { ENCLAVE_ADDRESS, enclaveAddressBytes, MADE_AT, NITRO_ROOT, TDX_ROOT } from '../../test/development.ts';
import { type NitroChanges, nitroDocument } from '../../test/development-nitro.ts';
import { type QuoteChanges, tdxCollateral, tdxQuote } from '../../test/development-tdx.ts';
import { type AttestedKey, attestedKey, KEY_TAG, keyReportData, NO_CHALLENGE } from './key.ts';
import { verifyNitro } from './nitro/verify.ts';
import { type EnclavePolicy, STRICT_POLICY } from './policy.ts';
import { verifyTdx } from './tdx/verify.ts';

const tdx = (changes: QuoteChanges = {}) =>
  unwrap(verifyTdx(tdxQuote(changes).quote, tdxCollateral(), { atSeconds: MADE_AT, roots: [TDX_ROOT] }));
const nitro = (changes: NitroChanges = {}) =>
  unwrap(verifyNitro(nitroDocument(changes), { atSeconds: MADE_AT, roots: [NITRO_ROOT] }));

const POLICY: EnclavePolicy = {
  ...STRICT_POLICY,
  development: 'allowed',
  maxAgeSeconds: null,
  code: [
    { name: 'the TD', measurement: tdx().measurement },
    { name: 'the image', measurement: nitro().measurement },
  ],
};
const CHALLENGE = new Uint8Array(32).fill(9);

const take = (
  attestation: ReturnType<typeof tdx> | ReturnType<typeof nitro>,
  policy: Partial<EnclavePolicy> = {},
  challenge = NO_CHALLENGE,
  atSeconds = MADE_AT,
): Result<AttestedKey> => attestedKey(attestation, { policy: { ...POLICY, ...policy }, challenge, atSeconds });
const code = (result: Result<AttestedKey>): string => (result.ok ? 'accepted' : result.problem.code);

test('both platforms bind the same key', () => {
  const [a, b] = [take(tdx()), take(nitro())];
  assert.ok(a.ok && b.ok);
  assert.deepEqual([a.value.address, b.value.address], [ENCLAVE_ADDRESS, ENCLAVE_ADDRESS]);
  assert.deepEqual([a.value.code, b.value.code], ['the TD', 'the image']);
  assert.deepEqual([a.value.issuedAt, b.value.issuedAt], [null, MADE_AT]);
  assert.equal(a.value.tcb?.status, 'UpToDate');
});

test('what is not allowed is refused: development, debug, status, moving, unknown code', () => {
  assert.equal(code(take(tdx(), { development: 'refused' })), 'attestation.development');
  assert.equal(code(take(nitro(), { development: 'refused' })), 'attestation.development');
  const debug = tdx({ attributes: Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]) });
  assert.equal(code(take(debug)), 'attestation.debug');
  const allowed = { debug: 'allowed', code: [{ name: 'x', measurement: debug.measurement }] } as const;
  assert.equal(code(take(debug, allowed)), 'accepted');
  const old = tdx({ qe: [[258, Buffer.from([5, 0])]] });
  assert.equal(code(take(old)), 'attestation.tcb');
  assert.equal(code(take(old, { tcb: ['UpToDate', 'OutOfDate'] })), 'accepted');
  assert.equal(code(take(tdx({ version: 5, serviceTd: new Uint8Array(48).fill(1) }))), 'attestation.unsupported');
  assert.equal(code(take(tdx(), { code: [] })), 'attestation.measurement');
  assert.equal(code(take(tdx({ mrtd: new Uint8Array(48) }))), 'attestation.measurement');
});

test('a revoked machine is refused whatever the policy says', () => {
  const revoked = { ...tdx(), tcb: { status: 'Revoked', date: 0, advisories: [], evaluation: 1 } } as const;
  assert.equal(code(take(revoked, { tcb: ['Revoked' as 'UpToDate'] })), 'attestation.tcb');
});

test('code may be named by registers, those of the firmware among them', () => {
  const { registers } = tdx();
  const accept = (names: readonly string[], changes: Record<string, string> = {}) => {
    const chosen = Object.fromEntries(names.map((name) => [name, registers[name]!]));
    const accepted = { name: 'x', platform: 'intel-tdx', registers: { ...chosen, ...changes } } as const;
    return code(take(tdx(), { code: [accepted] }));
  };
  assert.equal(accept(['mrtd', 'rtmr0', 'rtmr1', 'rtmr2']), 'accepted');
  assert.equal(accept(['mrtd', 'rtmr0', 'rtmr1', 'rtmr2', 'rtmr3', 'xfam']), 'accepted');
  assert.equal(accept(['rtmr3']), 'attestation.measurement');
  assert.equal(accept(['mrtd', 'rtmr0', 'rtmr1', 'rtmr2'], { rtmr3: '00'.repeat(48) }), 'attestation.measurement');
  assert.equal(accept(['mrtd', 'rtmr0', 'rtmr1', 'rtmr2'], { rtmr9: '' }), 'attestation.measurement');
  const pcr = { name: 'x', platform: 'aws-nitro', registers: { pcr0: '01'.repeat(48) } } as const;
  assert.equal(code(take(nitro(), { code: [pcr] })), 'accepted');
  assert.equal(code(take(tdx(), { code: [pcr] })), 'attestation.measurement');
});

test('a challenge must be answered', () => {
  const answered = tdx({ reportData: keyReportData(CHALLENGE, enclaveAddressBytes()) });
  const fresh = take(answered, { maxAgeSeconds: 60 }, CHALLENGE);
  assert.ok(fresh.ok && fresh.value.challenged);
  assert.equal(code(take(answered)), 'accepted');
  assert.equal(code(take(tdx(), {}, CHALLENGE)), 'attestation.stale');
  assert.equal(code(take(nitro(), {}, CHALLENGE)), 'attestation.stale');
  assert.equal(code(take(nitro({ fields: [['nonce', CHALLENGE]] }), {}, CHALLENGE)), 'accepted');
});

test('age counts where it is attested, and cannot be shown where it is not', () => {
  const limits = { maxAgeSeconds: 600 };
  assert.equal(code(take(nitro(), limits, NO_CHALLENGE, MADE_AT + 600)), 'accepted');
  assert.equal(code(take(nitro(), limits, NO_CHALLENGE, MADE_AT + 601)), 'attestation.stale');
  assert.equal(code(take(nitro(), limits, NO_CHALLENGE, MADE_AT - 60)), 'accepted');
  assert.equal(code(take(nitro(), limits, NO_CHALLENGE, MADE_AT - 61)), 'attestation.stale');
  assert.equal(code(take(tdx(), limits)), 'attestation.stale');
});

test('an attestation of anything else binds no key', () => {
  assert.equal(code(take(tdx({ reportData: new Uint8Array(64) }))), 'attestation.key');
  const forms: NitroChanges['fields'][] = [
    [['user_data', null]],
    [['user_data', new Uint8Array(12)]],
    [['public_key', null]],
    [['public_key', new Uint8Array(64)]],
    [['public_key', new Uint8Array(65)]],
    [['nonce', new Uint8Array(31)]],
  ];
  for (const fields of forms) assert.equal(code(take(nitro({ fields: fields! }))), 'attestation.key');
  assert.equal(KEY_TAG.length, 12);
});
