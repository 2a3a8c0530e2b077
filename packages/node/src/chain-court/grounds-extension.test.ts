import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ok } from '@surety/core';
import { GROUNDS_LIMITS, readingOf } from '@surety/court';
import { groundsExtension } from './grounds-extension.ts';
import { createGroundsStore } from './grounds-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'surety-grounds-'));
after(() => rmSync(folder, { recursive: true }));

const TEXT = 'The page asks for a seed phrase.';
const opened = new Set([readingOf(TEXT)]);
const store = createGroundsStore(folder);
const { handle } = groundsExtension({ store, court: { restsOn: async (reading) => ok(opened.has(reading)) } });

const at = (digest: string, init: RequestInit = {}): Promise<Response> =>
  handle(new Request(`http://node.example/v1/court/chain/grounds/${digest}`, init), '127.0.0.1');
const put = (digest: string, body: string): Promise<Response> => at(digest, { method: 'PUT', body });
const codeOf = async (response: Response): Promise<string> =>
  response.ok ? 'ok' : ((await response.json()) as { readonly error: { readonly code: string } }).error.code;

test('a text is kept once a vote that rests on it was opened, and for nobody else', async () => {
  const digest = readingOf(TEXT);
  assert.equal(await codeOf(await at(digest)), 'file.unknown');
  assert.equal(await codeOf(await put(digest, 'Another text.')), 'file.other-id');
  const unopened = 'Nobody voted so.';
  assert.equal(await codeOf(await put(readingOf(unopened), unopened)), 'court.not-seated');
  assert.equal(await codeOf(await at(readingOf(unopened))), 'file.unknown', 'and nothing was kept of it');
  for (let times = 0; times < 2; times += 1) assert.equal(await codeOf(await put(digest, TEXT)), 'ok');
  const got = await at(digest);
  assert.equal(got.headers.get('content-type'), 'text/plain; charset=utf-8');
  assert.equal(await got.text(), TEXT);
});

test('what cannot be shown, is too long, or is asked for otherwise is refused', async () => {
  for (const text of ['', 'clear\u001b[2J', 'turn\u202ed']) {
    opened.add(readingOf(text));
    assert.equal(await codeOf(await put(readingOf(text), text)), 'input.malformed');
  }
  const long = 'x'.repeat(GROUNDS_LIMITS.bytes + 1);
  assert.equal(await codeOf(await put(readingOf(long), long)), 'input.too-large');
  assert.equal(await codeOf(await at('0xAB')), 'input.malformed');
  assert.equal(await codeOf(await at(readingOf(TEXT), { method: 'DELETE' })), 'http.method-not-allowed');
});

test('a stored text that was changed since is nowhere', async () => {
  const digest = readingOf(TEXT) as `0x${string}`;
  writeFileSync(join(folder, `${digest.slice(2)}.txt`), 'Something else.');
  assert.equal(await store.find(digest), null);
});
