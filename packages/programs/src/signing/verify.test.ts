import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overClaims, type Result, utf8 } from '@surety/core';
import { CA, type Curve, certificate, SIGNER, testKey, toPem } from '../../test/pki.ts';
import {
  type ModelFile,
  type ModelTrust,
  modelSignatureFinding,
  NO_MODEL_TRUST,
  type SignedModel,
  type SignModelOptions,
  signModel,
  verifyModelSignature,
} from './index.ts';

const NOW = 1_800_000_000;
const file = (path: string, text = path): ModelFile => ({ path, content: { kind: 'bytes', bytes: utf8(text) } });
const FILES = [file('weights.bin'), file('config.json'), file('tokenizer/vocabulary.txt')];

const key = testKey('maker');
const pinned: ModelTrust = { ...NO_MODEL_TRUST, keys: [{ name: 'the maker', publicKeyPem: key.publicPem }] };

const signed = async (
  files: readonly ModelFile[] = FILES,
  more: Partial<SignModelOptions> = {},
): Promise<Uint8Array> => {
  const material = { kind: 'key', publicKeyPem: key.publicPem } as const;
  const bundle = await signModel(files, { modelName: 'model', material, sign: key.sign, ...more });
  assert.ok(bundle.ok, JSON.stringify(bundle));
  return bundle.value;
};

const verify = (
  bundle: Uint8Array,
  files: readonly ModelFile[] = FILES,
  more: Partial<Parameters<typeof verifyModelSignature>[2]> = {},
): Result<SignedModel> => verifyModelSignature(bundle, files, { trust: pinned, atSeconds: NOW, ...more });
const codeOf = (result: Result<SignedModel>): string => (result.ok ? 'accepted' : result.problem.code);

for (const curve of ['P-256', 'P-384', 'P-521'] as const satisfies readonly Curve[]) {
  test(`a bundle signed by a ${curve} key names the key and the files, and no other key verifies it`, async () => {
    const own = testKey('own', curve);
    const material = { kind: 'key', publicKeyPem: own.publicPem } as const;
    const bundle = await signed(FILES, { material, sign: own.sign });
    const trust = { ...NO_MODEL_TRUST, keys: [...pinned.keys, { name: 'own', publicKeyPem: own.publicPem }] };
    const result = verify(bundle, FILES, { trust });
    assert.ok(result.ok, JSON.stringify(result));
    assert.deepEqual([...result.value.signed].sort(), FILES.map(({ path }) => path).sort());
    assert.ok(result.value.signer.kind === 'key' && result.value.signer.curve === curve);
    assert.equal(codeOf(verify(bundle)), 'model.signer-untrusted');
  });
}

test('a bundle signed under certificates is believed through its pinned root only', async () => {
  const [root, signer] = [testKey('ca'), testKey('certified')];
  const rootDer = certificate({ subject: 'ca', issuer: 'ca', key: root, by: root, extensions: CA });
  const leaf = certificate({ subject: 'maker', issuer: 'ca', key: signer, by: root, extensions: SIGNER });
  const bundle = await signed(FILES, { material: { kind: 'certificates', certificates: [leaf] }, sign: signer.sign });
  const roots = [{ name: 'our CA', certificatePem: toPem(rootDer) }];
  const result = verify(bundle, FILES, { trust: { ...NO_MODEL_TRUST, roots } });
  assert.ok(result.ok, JSON.stringify(result));
  assert.ok(result.value.signer.kind === 'certificate' && result.value.signer.root === 'our CA');
  assert.equal(codeOf(verify(bundle)), 'model.signer-untrusted');
  const stolen = await signed(FILES, { material: { kind: 'certificates', certificates: [leaf] } });
  assert.equal(codeOf(verify(stolen, FILES, { trust: { ...NO_MODEL_TRUST, roots } })), 'model.signature-wrong');
});

test('one changed, missing, added or renamed file is seen', async () => {
  const bundle = await signed();
  const [first, ...rest] = FILES as [ModelFile, ...ModelFile[]];
  for (const files of [
    [file('weights.bin', 'Weights.bin'), ...rest],
    rest,
    [...FILES, file('more.bin')],
    [...FILES, file('sub/.git')],
    [{ ...first, path: 'Weights.bin' }, ...rest],
    [],
  ]) {
    assert.equal(codeOf(verify(bundle, files)), 'model.files-differ');
  }
  assert.equal(codeOf(verify(bundle, [...FILES].reverse())), 'accepted');
});

test('what is left out is listed in the finding, and never counts as signed', async () => {
  const bundle = await signed([...FILES, file('cache/a')], { ignorePaths: ['cache'] });
  const files = [...FILES, file('cache/a', 'anything'), file('.git/config'), file('model.sig'), file('cached')];
  assert.equal(codeOf(verify(bundle, files, { ignorePaths: ['model.sig'] })), 'model.files-differ');
  const result = verify(bundle, files, { ignorePaths: ['model.sig'], unsignedFiles: 'report' });
  assert.ok(result.ok, JSON.stringify(result));
  assert.deepEqual(result.value.leftOut, ['cache/a', '.git/config', 'model.sig', 'cached']);
  const finding = modelSignatureFinding('bundle', result);
  assert.match(finding.doesNotProve.at(-1)!, /cache\/a, .git\/config, model.sig, cached/);
});

test('digests that the caller computed stand for bytes, and the finding says so', async () => {
  const bundle = await signed();
  const result = verify(bundle);
  assert.ok(result.ok);
  const { resources } = result.value.statement;
  const streamed = resources.map(({ name, digest }) => {
    const content = { kind: 'digest', algorithm: 'sha256', digest } as const;
    return { path: name, content };
  });
  const again = verify(bundle, streamed);
  assert.ok(again.ok && again.value.trustsCallerDigests && !result.value.trustsCallerDigests);
  assert.match(modelSignatureFinding('b', again).assumes.join(), /digests given in place of bytes/);
  const other = streamed.map((one) => ({ ...one, content: { ...one.content, algorithm: 'blake2b' as const } }));
  assert.equal(codeOf(verify(bundle, other)), 'model.file-refused');
});

test('BLAKE2b works and BLAKE3 is not pretended', async () => {
  const bundle = await signed(FILES, { hash: 'blake2b' });
  const result = verify(bundle);
  assert.ok(result.ok && result.value.statement.resources[0]!.digest.length === 128);
  const streamed = { path: 'a', content: { kind: 'digest', algorithm: 'blake3', digest: '00'.repeat(32) } } as const;
  assert.equal(codeOf(verify(bundle, [streamed])), 'model.files-differ');
});

test('files with names that could leave the model, given twice or linked are refused', async () => {
  const bundle = await signed();
  const refused = ['../x', '/x', 'a//b', 'a/./b', 'a/', '', 'a\0b', '..'];
  for (const path of refused) assert.equal(codeOf(verify(bundle, [file(path)])), 'model.file-refused', path);
  assert.equal(codeOf(verify(bundle, [file('a'), file('a')])), 'model.file-refused');
  assert.equal(codeOf(verify(bundle, [{ ...file('a'), isSymlink: true }])), 'model.file-refused');
});

test('a flipped bit anywhere in the bundle is never believed, and never throws', async () => {
  const bundle = await signed();
  for (let i = 0; i < bundle.length; i++) {
    const flipped = bundle.slice();
    flipped[i]! ^= 1;
    const result = verify(flipped);
    // Fields that nobody reads (keyid, the names of ignored fields) may change without harm.
    if (result.ok) assert.deepEqual(result, verify(bundle), `byte ${i}`);
    else assert.match(result.problem.code, /^model\./);
    assert.deepEqual(overClaims(modelSignatureFinding('bundle', result)), []);
  }
});

test('findings say what is shown, what contradicts and what only fails to show', async () => {
  const bundle = await signed();
  const holds = (result: Result<SignedModel>): string => modelSignatureFinding('bundle', result).holds;
  assert.equal(holds(verify(bundle)), 'shown');
  assert.equal(holds(verify(bundle, [])), 'refuted');
  assert.equal(holds(verify(bundle, FILES, { trust: NO_MODEL_TRUST })), 'not-shown');
  assert.equal(holds(verify(utf8('{}'))), 'not-shown');
  const finding = modelSignatureFinding('bundle', verify(bundle));
  assert.match(finding.summary, /signed exactly these 3 files/);
  assert.match(finding.doesNotProve.join(), /good.*person/s);
});

test('pinned keys and roots that cannot be read are named', async () => {
  const bundle = await signed();
  const secret = key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  for (const publicKeyPem of ['', 'nonsense', secret]) {
    const result = verify(bundle, FILES, { trust: { ...NO_MODEL_TRUST, keys: [{ name: 'bad', publicKeyPem }] } });
    assert.ok(!result.ok && result.problem.code === 'signature.malformed');
    assert.equal(result.problem.field, 'trust.keys.0.publicKeyPem');
    assert.ok(!JSON.stringify(result.problem).includes(secret.slice(40, 80)));
  }
});
