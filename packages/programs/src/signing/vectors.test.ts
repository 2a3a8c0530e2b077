import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromBase64, unwrap, utf8 } from '@surety/core';
import { type SigningVectors, signingVectors } from '../../test/signing-vectors.ts';
import { verifyModelSignature } from './index.ts';

const FILE = new URL('../../../../vectors/model-signing.json', import.meta.url);
const committed = JSON.parse(readFileSync(FILE, 'utf8')) as SigningVectors;

test('vectors/model-signing.json is what its script writes', async () => {
  assert.deepEqual(committed, JSON.parse(JSON.stringify(await signingVectors())));
});

for (const { name, bundleBase64, files, atSeconds, outcome } of committed.cases) {
  test(`vector: ${name}: ${outcome}`, () => {
    const entries = Object.entries(files).map(([path, text]) => {
      return { path, content: { kind: 'bytes', bytes: utf8(text) } } as const;
    });
    const bundle = unwrap(fromBase64(bundleBase64));
    const result = verifyModelSignature(bundle, entries, { trust: committed.trust, atSeconds });
    assert.equal(result.ok ? result.value.signer.kind : result.problem.code, outcome);
  });
}
