import assert from 'node:assert/strict';
import { test } from 'node:test';
import { utf8 } from '@surety/core';
import { IDENTITY, keylessBundle, LOGGED_AT, TRUSTED_ROOT } from '../../test/sigstore.ts';
import { digestOf } from './digest.ts';
import { type ModelFile, modelSignatureFinding, NO_MODEL_TRUST, verifyModelSignature } from './index.ts';
import { writeStatement } from './statement.ts';

const FILE: ModelFile = { path: 'weights.bin', content: { kind: 'bytes', bytes: utf8('weights') } };
const digest = digestOf('sha256', utf8('weights'));
assert.ok(digest.ok);
const HOW = { method: 'files', hash: 'sha256', shardBytes: null, allowSymlinks: false, ignorePaths: [] } as const;
const PAYLOAD = writeStatement('model', HOW, [{ name: 'weights.bin', digest: digest.value }]);
const TRUST = {
  ...NO_MODEL_TRUST,
  keyless: [{ name: 'sigstore.example', trustedRoot: TRUSTED_ROOT, identities: [IDENTITY] }],
};

const verify = (bundle: object, trust = TRUST, atSeconds = LOGGED_AT + 86_400) =>
  verifyModelSignature(utf8(JSON.stringify(bundle)), [FILE], { trust, atSeconds });
const outcome = (...given: Parameters<typeof verify>): string => {
  const result = verify(...given);
  return result.ok ? 'accepted' : result.problem.code;
};

type Entry = {
  logIndex: string;
  integratedTime: string;
  canonicalizedBody: string;
  inclusionPromise?: { signedEntryTimestamp: string };
  inclusionProof?: { hashes: string[]; checkpoint?: { envelope: string } };
};
type Loose = ReturnType<typeof keylessBundle> & { verificationMaterial: { tlogEntries: Entry[] } };

/** A good bundle after a change to it. */
const changed = (change: (entry: Entry, bundle: Loose) => unknown): object => {
  const bundle = JSON.parse(JSON.stringify(keylessBundle(PAYLOAD))) as Loose;
  change(bundle.verificationMaterial.tlogEntries[0]!, bundle);
  return bundle;
};

test('a keyless signature names its identity and when the log took it, long after its certificate expired', () => {
  const result = verify(keylessBundle(PAYLOAD));
  assert.ok(result.ok, JSON.stringify(result));
  const signer = { kind: 'keyless', instance: 'sigstore.example', identity: IDENTITY, loggedAt: LOGGED_AT };
  assert.deepEqual(result.value.signer, signer);
  const finding = modelSignatureFinding('bundle', result);
  assert.equal(finding.freshAt, LOGGED_AT);
  assert.ok(finding.proves.some((proof) => proof.property === 'inclusion'));
});

test('only a pinned identity of a pinned instance is believed, letter by letter', () => {
  const pinned = (...identities: (typeof IDENTITY)[]) => ({
    ...NO_MODEL_TRUST,
    keyless: [{ name: 'sigstore.example', trustedRoot: TRUSTED_ROOT, identities }],
  });
  for (const trust of [
    NO_MODEL_TRUST,
    pinned(),
    pinned({ ...IDENTITY, subject: 'maker.models.example' }),
    pinned({ ...IDENTITY, subject: '.*' }),
    pinned({ ...IDENTITY, issuer: 'https://login.example.attacker' }),
  ]) {
    assert.equal(outcome(keylessBundle(PAYLOAD), trust as typeof TRUST), 'model.signer-untrusted');
  }
});

test('another certificate authority, certificate log or Rekor than the pinned ones is refused', () => {
  const without = (part: 'certificateAuthorities' | 'ctlogs' | 'tlogs') => ({
    ...NO_MODEL_TRUST,
    keyless: [{ ...TRUST.keyless[0]!, trustedRoot: { ...TRUSTED_ROOT, [part]: [] } as typeof TRUSTED_ROOT }],
  });
  const bundle = keylessBundle(PAYLOAD);
  assert.equal(outcome(bundle, without('certificateAuthorities')), 'model.certificate-refused');
  assert.equal(outcome(bundle, without('ctlogs')), 'model.certificate-refused');
  assert.equal(outcome(bundle, without('tlogs')), 'model.log-refused');
});

test('the certificate must be for signing code and valid when the log took the entry', () => {
  assert.equal(outcome(keylessBundle(PAYLOAD, { usage: '1.3.6.1.5.5.7.3.1' })), 'model.certificate-refused');
  assert.equal(outcome(keylessBundle(PAYLOAD, { minutes: 0 })), 'model.certificate-refused');
});

test('proof, promise, checkpoint, body and time of the log entry are all held to', () => {
  const changes: ((entry: Entry) => unknown)[] = [
    (entry) => delete entry.inclusionProof,
    (entry) => delete entry.inclusionProof!.checkpoint,
    (entry) => entry.inclusionProof!.hashes.reverse(),
    (entry) => entry.inclusionProof!.hashes.pop(),
    (entry) => (entry.integratedTime = `${LOGGED_AT + 1}`),
    (entry) => (entry.logIndex = '2'),
    (entry) => {
      const { checkpoint } = entry.inclusionProof!;
      checkpoint!.envelope = checkpoint!.envelope.replace('\n3\n', '\n4\n');
    },
    (entry) => {
      const body = Buffer.from(entry.canonicalizedBody, 'base64').toString().replace('"0.0.1"', '"0.0.2"');
      entry.canonicalizedBody = Buffer.from(body).toString('base64');
    },
  ];
  for (const change of changes) {
    const code = outcome(changed(change));
    assert.ok(code === 'model.log-refused' || code === 'model.bundle-malformed', `${change} gave ${code}`);
  }
  assert.equal(outcome(changed((_, bundle) => bundle.verificationMaterial.tlogEntries.pop())), 'model.log-refused');
  assert.equal(outcome(changed((entry) => delete entry.inclusionPromise)), 'model.bundle-unsupported');
  assert.equal(outcome(keylessBundle(PAYLOAD), TRUST, LOGGED_AT - 301), 'model.log-refused');
  assert.equal(outcome(keylessBundle(PAYLOAD), TRUST, LOGGED_AT - 300), 'accepted');
});

test('an entry of another signature does not vouch for this one', () => {
  const other = keylessBundle(utf8('{"other":"payload"}'));
  const moved = changed((_, bundle) => {
    bundle.verificationMaterial.tlogEntries = other.verificationMaterial.tlogEntries as Entry[];
  });
  assert.equal(outcome(moved), 'model.log-refused');
});

test('a bundle that Sigstore reads as the signature of something else is refused', () => {
  const message = { messageDigest: { algorithm: 'SHA2_256', digest: '' }, signature: 'AAAA' };
  for (const payload of [PAYLOAD, utf8('{"forged":1}')]) {
    const both = changed((_, bundle) => {
      bundle.dsseEnvelope.payload = Buffer.from(payload).toString('base64');
      Object.assign(bundle, { messageSignature: message });
    });
    assert.equal(outcome(both), 'model.bundle-malformed');
  }
  const chain = changed((_, { verificationMaterial }) =>
    Object.assign(verificationMaterial, { x509CertificateChain: { certificates: [verificationMaterial.certificate] } }),
  );
  assert.equal(outcome(chain), 'model.bundle-malformed');
});
