import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Result } from '@surety/core';
import { bits, sequence } from '../../test/der.ts';
import {
  algorithmOf,
  basicConstraints,
  CA,
  type CertificateOptions,
  CODE_SIGNING,
  certificate,
  extendedKeyUsage,
  extension,
  keyUsage,
  SIGNER,
  tbsCertificate,
  testKey,
  VALID,
} from '../../test/pki.ts';
import { type ChainSigner, verifyChain } from './certificate.ts';

const keys = {
  root: testKey('root'),
  middle: testKey('middle'),
  signer: testKey('signer', 'P-384'),
  stranger: testKey('stranger'),
};
const NOW = 1_800_000_000;

type Change = Partial<Omit<CertificateOptions, 'key'>>;

/** A chain of root, one CA and a signer, with a part of it changed. */
const chain = (changes: { root?: Change; middle?: Change; signer?: Change } = {}) => ({
  root: certificate({
    subject: 'root',
    issuer: 'root',
    key: keys.root,
    by: keys.root,
    extensions: CA,
    ...changes.root,
  }),
  middle: certificate({
    subject: 'middle',
    issuer: 'root',
    key: keys.middle,
    by: keys.root,
    extensions: CA,
    ...changes.middle,
  }),
  signer: certificate({
    subject: 'signer',
    issuer: 'middle',
    key: keys.signer,
    by: keys.middle,
    extensions: SIGNER,
    ...changes.signer,
  }),
});

const verify = (
  { root, middle, signer }: ReturnType<typeof chain>,
  atSeconds = NOW,
  others: readonly Uint8Array[] = [middle],
): Result<ChainSigner> =>
  verifyChain([signer, ...others], { roots: [{ name: 'our root', certificate: root }], atSeconds });

const refusal = (result: Result<ChainSigner>): string => (result.ok ? 'accepted' : result.problem.code);
const words = (result: Result<ChainSigner>): string => (result.ok ? 'accepted' : result.problem.message);

test('a chain to a pinned root is accepted, whatever the order of its CAs and with the root in it', () => {
  const good = chain();
  const result = verify(good);
  assert.ok(result.ok, words(result));
  assert.equal(result.value.root, 'our root');
  assert.equal(result.value.key.curve, 'P-384');
  assert.equal(refusal(verify(good, NOW, [good.root, good.middle])), 'accepted');
});

test('an issuer that is not a CA is refused, however well it signed', () => {
  for (const extensions of [
    SIGNER,
    [],
    [basicConstraints(false), keyUsage(0, 5)],
    [basicConstraints(true), keyUsage(0)],
  ]) {
    const result = verify(chain({ middle: { extensions } }));
    assert.equal(refusal(result), 'model.certificate-refused');
    assert.match(words(result), /not a CA/);
  }
  assert.match(words(verify(chain({ root: { extensions: [] } }))), /not a CA/);
});

test('a CA is held to the number of CAs that it allows below it', () => {
  const none = [basicConstraints(true, 0), keyUsage(5)];
  assert.match(words(verify(chain({ root: { extensions: none } }))), /allows 0 CAs below it, not 1/);
  assert.equal(refusal(verify(chain({ middle: { extensions: none } }))), 'accepted');
});

test('every certificate of the chain must be valid at the given second', () => {
  for (const which of ['root', 'middle', 'signer'] as const) {
    assert.equal(refusal(verify(chain({ [which]: { until: NOW } }), NOW)), 'accepted');
    assert.match(words(verify(chain({ [which]: { until: NOW - 1 } }), NOW)), /valid until/);
    assert.match(words(verify(chain({ [which]: { from: NOW + 1 } }), NOW)), /valid only from/);
  }
  assert.equal(refusal(verify(chain(), VALID.until + 1)), 'model.certificate-refused');
});

test('a signer whose certificate is for something else is refused', () => {
  const TLS_SERVER = '1.3.6.1.5.5.7.3.1';
  for (const extensions of [[], [keyUsage(5)], [keyUsage(0), extendedKeyUsage(TLS_SERVER)]]) {
    assert.equal(refusal(verify(chain({ signer: { extensions } }))), 'model.certificate-refused');
  }
  assert.equal(refusal(verify(chain({ signer: { extensions: [extendedKeyUsage(CODE_SIGNING)] } }))), 'accepted');
});

test('a certificate that names two algorithms for its one signature is refused', () => {
  const good = chain();
  const options = { subject: 'signer', issuer: 'middle', key: keys.signer, by: keys.middle, extensions: SIGNER };
  const tbs = tbsCertificate(options);
  const signer = sequence(tbs, algorithmOf(keys.signer), bits(keys.middle.sign(tbs)));
  assert.match(words(verify({ ...good, signer })), /two signature algorithms/);
});

test('an unknown critical extension and a repeated one are refused', () => {
  const unknown = extension('1.2.3.4', Buffer.from([5, 0]), true);
  assert.match(words(verify(chain({ signer: { extensions: [...SIGNER, unknown] } }))), /1\.2\.3\.4/);
  assert.match(words(verify(chain({ middle: { extensions: [...CA, unknown] } }))), /1\.2\.3\.4/);
  assert.match(words(verify(chain({ middle: { extensions: [...CA, ...CA] } }))), /repeats/);
});

test('nobody is trusted because a chain brings its own root, or because names fit', () => {
  const own = chain();
  const foreign = certificate({
    subject: 'root',
    issuer: 'root',
    key: keys.stranger,
    by: keys.stranger,
    extensions: CA,
  });
  const roots = [{ name: 'pinned', certificate: foreign }];
  const result = verifyChain([own.signer, own.middle, own.root], { roots, atSeconds: NOW });
  assert.equal(refusal(result), 'model.signer-untrusted');
  assert.equal(refusal(verify(chain({ signer: { by: keys.stranger } }))), 'model.signer-untrusted');
  assert.equal(refusal(verifyChain([own.signer], { roots: [], atSeconds: NOW })), 'model.signer-untrusted');
});

test('circles of CAs and certificates cut short end in a refusal', () => {
  const a = certificate({ subject: 'a', issuer: 'b', key: keys.middle, by: keys.middle, extensions: CA });
  const b = certificate({ subject: 'b', issuer: 'a', key: keys.middle, by: keys.middle, extensions: CA });
  const leaf = chain({ signer: { issuer: 'a' } });
  const circle = [a, b, a, b, a, b, a, b, a];
  assert.equal(refusal(verify(leaf, NOW, circle)), 'model.signer-untrusted');
  const { signer, root } = chain();
  for (let length = 0; length < signer.length; length++) {
    const cut = verifyChain([signer.subarray(0, length)], {
      roots: [{ name: 'r', certificate: root }],
      atSeconds: NOW,
    });
    assert.equal(refusal(cut), 'model.certificate-refused');
  }
});
