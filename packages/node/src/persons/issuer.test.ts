import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { toHex } from '@surety/core';
import { developmentIssuer } from './development-issuer.ts';
import { readPersonIssuer } from './issuer.ts';

test('an issuer is read from its file, and what cannot be read is a refusal that names the setting', (t) => {
  const home = mkdtempSync(join(tmpdir(), 'issuer-'));
  t.after(() => rmSync(home, { recursive: true }));
  const { issuer } = developmentIssuer(home);
  const tokenKey = toHex(issuer.key.spki);
  const file = join(home, 'issuer.json');
  const read = (text: string) => {
    writeFileSync(file, text);
    return readPersonIssuer(file);
  };
  const good = read(JSON.stringify({ name: 'persons.example', tokenKey, directory: 'https://persons.example/d' }));
  assert.ok(good.ok);
  assert.deepEqual(
    [good.value.name, good.value.keyId, good.value.directory, good.value.environment],
    ['persons.example', issuer.keyId, 'https://persons.example/d', 'production'],
  );
  const bare = read(JSON.stringify({ name: 'persons.example', tokenKey }));
  assert.equal(bare.ok && bare.value.directory, null);
  for (const text of [
    '{',
    '{}',
    JSON.stringify({ name: 'x', tokenKey: 'zz' }),
    JSON.stringify({ name: 'x', tokenKey: tokenKey.slice(2) }),
    JSON.stringify({ name: 'x', tokenKey, more: 1 }),
  ]) {
    const bad = read(text);
    assert.deepEqual(bad.ok ? '' : [bad.problem.code, bad.problem.field], ['config.invalid', 'SURETY_PERSON_ISSUER']);
  }
  const none = readPersonIssuer(join(home, 'none.json'));
  assert.equal(none.ok ? '' : none.problem.code, 'config.invalid');
});
