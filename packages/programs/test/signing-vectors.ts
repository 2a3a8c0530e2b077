/** Signed models, good and bad, with what a verifier must say of each: `vectors/model-signing.json`. */
import { createHash } from 'node:crypto';
import { toBase64, unwrap, utf8 } from '@surety/core';
import { MEDIA_TYPE, PAYLOAD_TYPE } from '../src/signing/bundle.ts';
import { type ModelTrust, NO_MODEL_TRUST, type SignModelOptions, signModel } from '../src/signing/index.ts';
import { writeStatement } from '../src/signing/statement.ts';
import { CA, certificate, SIGNER, testKey, toPem, VALID } from './pki.ts';
import { IDENTITY, keylessBundle, LOGGED_AT, TRUSTED_ROOT } from './sigstore.ts';

export type SigningCase = {
  readonly name: string;
  readonly bundleBase64: string;
  /** Text of each file by its path. */
  readonly files: Readonly<Record<string, string>>;
  readonly atSeconds: number;
  /** `key`, `certificate` or `keyless` when that signer is shown, otherwise the code of the refusal. */
  readonly outcome: string;
};

export type SigningVectors = {
  readonly what: string;
  readonly trust: ModelTrust;
  readonly cases: readonly SigningCase[];
};

const FILES = { 'config.json': '{}', 'weights.bin': 'weights', 'words/vocabulary.txt': 'a b c' };
const maker = testKey('maker');
const [root, middle, certified] = [testKey('root'), testKey('middle'), testKey('certified', 'P-384')];
const [P384, P521] = [testKey('maker', 'P-384'), testKey('maker', 'P-521')];
const ROOT = certificate({ subject: 'root', issuer: 'root', key: root, by: root, extensions: CA });
const leaf = { subject: 'maker', issuer: 'middle', key: certified, by: middle, extensions: SIGNER };
const middleWith = (extensions: readonly Uint8Array[]): Buffer =>
  certificate({ subject: 'middle', issuer: 'root', key: middle, by: root, extensions });

const TRUST: ModelTrust = {
  ...NO_MODEL_TRUST,
  keys: [maker, P384, P521].map(({ publicPem }, i) => ({ name: `maker ${i}`, publicKeyPem: publicPem })),
  roots: [{ name: 'root', certificatePem: toPem(ROOT) }],
  keyless: [{ name: 'sigstore.example', trustedRoot: TRUSTED_ROOT, identities: [IDENTITY] }],
};

const signed = async (options: Partial<SignModelOptions> = {}, key = maker): Promise<Uint8Array> => {
  const files = Object.entries(FILES).map(([path, text]) => {
    return { path, content: { kind: 'bytes', bytes: utf8(text) } } as const;
  });
  const material = { kind: 'key', publicKeyPem: key.publicPem } as const;
  return unwrap(await signModel(files, { modelName: 'model', material, sign: key.sign, ...options }));
};

const underCertificates = (...certificates: readonly Uint8Array[]): Promise<Uint8Array> =>
  signed({ material: { kind: 'certificates', certificates }, sign: certified.sign });

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const PAYLOAD = writeStatement(
  'model',
  { method: 'files', hash: 'sha256', shardBytes: null, allowSymlinks: false, ignorePaths: [] },
  Object.entries(FILES).map(([name, text]) => ({ name, digest: sha256(text) })),
);

/** A bundle as it was before 1.1: no hint, `null` key id. */
const old = async (): Promise<Uint8Array> => {
  const bundle = JSON.parse(new TextDecoder().decode(await signed())) as {
    dsseEnvelope: { payload: string; signatures: { sig: string }[] };
  };
  const signatures = bundle.dsseEnvelope.signatures.map(({ sig }) => ({ sig, keyid: null }));
  const publicKey = { rawBytes: toBase64(utf8(maker.publicPem)), keyDetails: 'PKIX_ECDSA_P256_SHA_256' };
  const dsseEnvelope = { ...bundle.dsseEnvelope, payloadType: PAYLOAD_TYPE, signatures };
  return utf8(JSON.stringify({ mediaType: MEDIA_TYPE, verificationMaterial: { publicKey }, dsseEnvelope }));
};

/** Everything of the file, made anew: the same bytes each time. */
export const signingVectors = async (): Promise<SigningVectors> => {
  const cases: SigningCase[] = [];
  const add = (name: string, bundle: Uint8Array, outcome: string, changes: Partial<SigningCase> = {}): void => {
    const bundleBase64 = toBase64(bundle);
    cases.push({ name, bundleBase64, files: FILES, atSeconds: LOGGED_AT + 86_400, outcome, ...changes });
  };
  const good = await signed();
  add('P-256 key', good, 'key');
  add('P-384 key', await signed({}, P384), 'key');
  add('P-521 key', await signed({}, P521), 'key');
  add('BLAKE2b', await signed({ hash: 'blake2b' }), 'key');
  add('before 1.1', await old(), 'key');
  add('key that is not pinned', await signed({}, testKey('stranger')), 'model.signer-untrusted');
  add('changed file', good, 'model.files-differ', { files: { ...FILES, 'weights.bin': 'Weights' } });
  add('added file', good, 'model.files-differ', { files: { ...FILES, more: '' } });
  add('left-out file', good, 'key', { files: { ...FILES, '.git/config': '' } });
  add(
    'signature over something else',
    await signed({ sign: () => maker.sign(utf8('other')) }),
    'model.signature-wrong',
  );
  const chain = await underCertificates(certificate(leaf), middleWith(CA));
  add('certificates', chain, 'certificate');
  add('expired certificates', chain, 'model.certificate-refused', { atSeconds: VALID.until + 1 });
  add(
    'issuer that is not a CA',
    await underCertificates(certificate(leaf), middleWith(SIGNER)),
    'model.certificate-refused',
  );
  add('issuer that is absent', await underCertificates(certificate(leaf)), 'model.signer-untrusted');
  const keyless = keylessBundle(PAYLOAD);
  add('keyless', utf8(JSON.stringify(keyless)), 'keyless');
  const { certificate: one } = keyless.verificationMaterial;
  const unlogged = { ...keyless, verificationMaterial: { certificate: one, tlogEntries: [] } };
  add('keyless without log entry', utf8(JSON.stringify(unlogged)), 'model.log-refused');
  add('not a bundle', utf8('{}'), 'model.bundle-malformed');
  const what = 'Signed models and what a verifier says of each; written by scripts/vectors/model-signing.ts.';
  return { what, trust: TRUST, cases };
};
