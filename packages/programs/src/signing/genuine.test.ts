/**
 * Bundles that the reference implementation made. They are not part of the project: set `MODEL_TRANSPARENCY_GIT`,
 * `MODEL_SIGNING_SPEC_GIT` and `SIGSTORE_ROOT_GIT` to git directories of sigstore/model-transparency,
 * ossf/model-signing-spec and sigstore/root-signing; without them these tests are n/a, never a pass.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { overClaims } from '@surety/core';
import { readBundle } from './bundle.ts';
import {
  type ModelFile,
  type ModelTrust,
  modelSignatureFinding,
  NO_MODEL_TRUST,
  verifyModelSignature,
} from './index.ts';
import { readStatement } from './statement.ts';

const MODELS = process.env.MODEL_TRANSPARENCY_GIT;
const SPEC = process.env.MODEL_SIGNING_SPEC_GIT;
const ROOT = process.env.SIGSTORE_ROOT_GIT;
const skip = (...folders: readonly (string | undefined)[]): string | false =>
  folders.every((folder) => folder !== undefined) ? false : 'n/a: no such repository here';

const git = (folder: string | undefined, ...parameters: readonly string[]): Buffer => {
  const done = spawnSync('git', ['--git-dir', folder ?? '', ...parameters], { maxBuffer: 1 << 26 });
  assert.equal(done.status, 0, done.stderr.toString());
  return done.stdout;
};
const show = (folder: string | undefined, path: string): Buffer => git(folder, 'show', `HEAD:${path}`);

const KEYS = 'scripts/tests/keys/certificate';
/** A time at which the certificates of the test data are valid. */
const NOW = 1_790_000_000;

const trust = (): ModelTrust => ({
  keys: [{ name: 'theirs', publicKeyPem: pemOf(show(MODELS, `${KEYS}/signing-key-pub.pem`).toString()) }],
  roots: [{ name: 'their root', certificatePem: show(MODELS, `${KEYS}/ca-cert.pem`).toString() }],
  keyless: [],
});
/** Their key file starts with words for people. */
const pemOf = (text: string): string => text.slice(text.indexOf('-----BEGIN PUBLIC KEY-----'));

const sigstoreTrust = (): ModelTrust => ({
  ...NO_MODEL_TRUST,
  keyless: [
    {
      name: 'sigstore.dev',
      trustedRoot: JSON.parse(show(ROOT, 'targets/trusted_root.json').toString()),
      identities: [{ issuer: 'https://sigstore.verify.ibm.com/oauth2', subject: 'stefanb@us.ibm.com' }],
    },
  ],
});

const folderOf = (name: string): { readonly bundle: Uint8Array; readonly files: readonly ModelFile[] } => {
  const folder = `scripts/tests/${name}`;
  const names = git(MODELS, 'ls-tree', '-r', '--name-only', `HEAD:${folder}`).toString().trim().split('\n');
  const files = names
    .filter((path) => path !== 'model.sig')
    .map((path) => ({ path, content: { kind: 'bytes', bytes: show(MODELS, `${folder}/${path}`) } }) as const);
  return { bundle: show(MODELS, `${folder}/model.sig`), files };
};

const outcome = (name: string, pinned: ModelTrust, ignorePaths: readonly string[] = []): string => {
  const { bundle, files } = folderOf(name);
  const result = verifyModelSignature(bundle, files, { trust: pinned, atSeconds: NOW, ignorePaths });
  assert.deepEqual(overClaims(modelSignatureFinding('bundle', result)), []);
  return result.ok ? `${result.value.signer.kind} ${result.value.signed.join(' ')}` : result.problem.code;
};

test('keys: genuine bundles of every version from 1.0 on', { skip: skip(MODELS) }, () => {
  assert.equal(outcome('v1.1.0-elliptic-key', trust()), 'key signme-1 signme-2');
  assert.equal(outcome('v1.0.1-elliptic-key', trust(), ['ignore-me']), 'key signme-1 signme-2');
  assert.equal(outcome('v1.0.0-elliptic-key', trust()), 'key signme-1');
  assert.equal(outcome('v1.1.0-elliptic-key', NO_MODEL_TRUST), 'model.signer-untrusted');
});

test('certificates: genuine bundles of every version from 1.0 on', { skip: skip(MODELS) }, () => {
  assert.equal(outcome('v1.1.0-certificate', trust()), 'certificate signme-1 signme-2');
  assert.equal(outcome('v1.0.1-certificate', trust(), ['ignore-me']), 'certificate signme-1 signme-2');
  assert.equal(outcome('v1.0.0-certificate', trust()), 'certificate signme-1 signme-2');
  assert.equal(outcome('v1.1.0-certificate', NO_MODEL_TRUST), 'model.signer-untrusted');
});

test('before 1.0: what was signed as the specification says is read, the rest refused', { skip: skip(MODELS) }, () => {
  assert.equal(outcome('v0.3.1-certificate', trust()), 'certificate signme-1 signme-2');
  assert.equal(outcome('v0.3.1-elliptic-key', trust()), 'key signme-1');
  assert.equal(outcome('v0.2.0-certificate', trust()), 'model.signature-wrong');
});

test('Sigstore: genuine keyless bundles against the public trusted root', { skip: skip(MODELS, ROOT) }, () => {
  const pinned = sigstoreTrust();
  assert.equal(outcome('v1.1.0-sigstore', pinned), 'keyless signme-1 signme-2');
  for (const name of ['v1.0.1-sigstore', 'v1.0.0-sigstore', 'v0.3.1-sigstore']) {
    assert.equal(outcome(name, pinned, ['ignore-me']), 'keyless signme-1 signme-2', name);
  }
  assert.equal(outcome('v1.1.0-sigstore', NO_MODEL_TRUST), 'model.signer-untrusted');
});

test('genuine bundles over changed, missing and added files are refused', { skip: skip(MODELS) }, () => {
  const { bundle, files } = folderOf('v1.1.0-certificate');
  const bytes = Buffer.from('other');
  const changed = files.map((file) =>
    file.path === 'signme-1' ? { ...file, content: { kind: 'bytes', bytes } as const } : file,
  );
  const added = [...files, { path: 'more', content: { kind: 'bytes', bytes } } as const];
  for (const other of [changed, added, files.filter(({ path }) => path !== 'signme-2')]) {
    const result = verifyModelSignature(bundle, other, { trust: trust(), atSeconds: NOW });
    assert.equal(result.ok ? 'accepted' : result.problem.code, 'model.files-differ');
  }
});

test("the specification's own vectors: the valid are read, the invalid refused", { skip: skip(SPEC) }, () => {
  const vector = (name: string): Buffer => show(SPEC, `test-vectors/v1.0/${name}.bundle.json`);
  for (const name of ['valid/key', 'valid/certificate', 'valid/sigstore']) {
    const bundle = readBundle(vector(name));
    assert.ok(bundle.ok, name);
    const statement = readStatement(bundle.value.payload);
    assert.ok(statement.ok, name);
    assert.equal(statement.value.resources.length, 2);
  }
  for (const name of ['invalid/empty', 'invalid/missing-envelope', 'invalid/missing-verification-material']) {
    const bundle = readBundle(vector(name));
    assert.equal(bundle.ok ? 'accepted' : bundle.problem.code, 'model.bundle-malformed', name);
  }
  const unlogged = verifyModelSignature(vector('invalid/missing-tlog-entries'), [], {
    trust: NO_MODEL_TRUST,
    atSeconds: NOW,
  });
  assert.equal(unlogged.ok ? 'accepted' : unlogged.problem.code, 'model.log-refused');
  const wrong = readBundle(vector('invalid-payload/wrong-predicate'));
  assert.ok(wrong.ok);
  const statement = readStatement(wrong.value.payload);
  assert.equal(statement.ok ? 'accepted' : statement.problem.code, 'model.bundle-unsupported');
});
