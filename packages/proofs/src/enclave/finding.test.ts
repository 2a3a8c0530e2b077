import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overClaims, refuse, unwrap } from '@surety/core';
import { ENCLAVE_SECRET, MADE_AT, NITRO_ROOT, TDX_ROOT } from '../../test/development.ts';
import { nitroDocument } from '../../test/development-nitro.ts';
import { tdxCollateral, tdxQuote } from '../../test/development-tdx.ts';
import { attestedKeyFinding, enclaveRunFinding } from './finding.ts';
import { type AttestedKey, attestedKey, NO_CHALLENGE } from './key.ts';
import { verifyNitro } from './nitro/verify.ts';
import { STRICT_POLICY } from './policy.ts';
import { signRun, verifyRunSignature } from './run-signature.ts';
import { verifyTdx } from './tdx/verify.ts';

const tdx = unwrap(verifyTdx(tdxQuote().quote, tdxCollateral(), { atSeconds: MADE_AT, roots: [TDX_ROOT] }));
const nitro = unwrap(verifyNitro(nitroDocument(), { atSeconds: MADE_AT, roots: [NITRO_ROOT] }));
const keyOf = (attestation: typeof tdx | typeof nitro): AttestedKey => {
  const code = [{ name: 'surety/runner', measurement: attestation.measurement }];
  const policy = { ...STRICT_POLICY, development: 'allowed', maxAgeSeconds: null, code } as const;
  return unwrap(attestedKey(attestation, { policy, challenge: NO_CHALLENGE, atSeconds: MADE_AT }));
};
const key = keyOf(tdx);
const byte = (value: number) => new Uint8Array(32).fill(value);
const RUN = { program: byte(1), input: byte(2), output: byte(3), trace: byte(4) };
const DOMAIN = { chainId: 31337, verifyingContract: '0x000000000000000000000000000000000000dEaD' };
const signature = signRun(RUN, { domain: DOMAIN, secretKey: ENCLAVE_SECRET });
const check = (run = RUN, domain = DOMAIN) => verifyRunSignature(run, { domain, signature, address: key.address });

test('no finding claims more than its evidence, whatever the key', () => {
  const tcb = { ...key.tcb!, status: 'OutOfDate' } as const;
  const variants: readonly AttestedKey[] = [
    key,
    keyOf(nitro),
    { ...key, development: false },
    { ...keyOf(nitro), development: false },
    { ...key, debug: true, challenged: true, development: false, tcb },
  ];
  for (const value of variants) {
    const about = attestedKeyFinding('x', { ok: true, value }, MADE_AT);
    const run = enclaveRunFinding('y', { key: { ok: true, value }, signature: check() }, MADE_AT);
    for (const finding of [about, run]) {
      assert.equal(finding.holds, 'shown');
      assert.deepEqual(overClaims(finding), []);
    }
  }
});

test('a development key names no hardware', () => {
  const { summary, assumes } = attestedKeyFinding('x', { ok: true, value: key }, MADE_AT);
  assert.match(summary, /development enclave, by no hardware/);
  assert.match(assumes.join(' '), /no hardware stands behind it/);
  assert.doesNotMatch(assumes.join(' '), /Intel, which makes/);
});

test('what cannot be shown stands in every finding', () => {
  const { doesNotProve, freshAt, assumes } = attestedKeyFinding('x', { ok: true, value: key }, MADE_AT);
  const open = doesNotProve.join('\n');
  for (const words of [/answer is right/, /physical attacks/, /fresh state/, /carries no time/, /for this verifier/]) {
    assert.match(open, words);
  }
  assert.match(assumes.join('\n'), /side channels/);
  assert.equal(freshAt, null);
  const asked = attestedKeyFinding('x', { ok: true, value: { ...key, challenged: true } }, MADE_AT);
  assert.equal(asked.freshAt, MADE_AT);
  assert.ok(asked.proves.some(({ property }) => property === 'freshness'));
});

test('a refusal is refuted where it contradicts, and not shown otherwise', () => {
  const with_ = (code: 'attestation.revoked' | 'attestation.untrusted') =>
    attestedKeyFinding('x', refuse({ code, message: 'm', next: 'n' }), MADE_AT);
  assert.equal(with_('attestation.revoked').holds, 'refuted');
  assert.equal(with_('attestation.untrusted').holds, 'not-shown');
  for (const finding of [with_('attestation.revoked'), with_('attestation.untrusted')]) {
    assert.deepEqual(overClaims(finding), []);
  }
});

test('a signature is of one run, for one chain and contract', () => {
  assert.ok(check().ok);
  for (const name of ['program', 'input', 'output', 'trace'] as const) {
    assert.equal(check({ ...RUN, [name]: byte(7) }).ok, false);
  }
  for (const domain of [
    { ...DOMAIN, chainId: 1 },
    { ...DOMAIN, verifyingContract: `0x${'00'.repeat(20)}` },
  ]) {
    const result = check(RUN, domain);
    assert.equal(result.ok ? 'accepted' : result.problem.code, 'signature.wrong-signer');
    const of = { key: { ok: true, value: key }, signature: result } as const;
    const finding = enclaveRunFinding('y', of, MADE_AT);
    assert.equal(finding.holds, 'refuted');
    assert.deepEqual(overClaims(finding), []);
  }
});
