import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { buildWeb, WEB_CSP } from './web.ts';

let cacheDir: string;
before(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'surety-web-'));
});
after(() => rm(cacheDir, { recursive: true, force: true }));

const text = (body: Uint8Array | undefined): string => new TextDecoder().decode(body);

test('the page names only files that are served with it, and nothing elsewhere', async () => {
  const files = await buildWeb();
  const page = text(files.get('/')?.body);
  const named = [...page.matchAll(/(?:src|href|data-worker)="([^"]+)"/g)].map(([, path]) => path ?? '');
  assert.ok(named.length >= 4);
  for (const path of named) assert.ok(files.has(path), path);
  assert.doesNotMatch(
    page,
    /<script(?![^>]*src=)|\son\w+=|style=/,
    'nothing inline, so that the policy needs no exception',
  );
  assert.doesNotMatch(WEB_CSP.replace("'wasm-unsafe-eval'", ''), /unsafe|\*|https?:/);
  const styles = [...files].filter(([path]) => path.endsWith('.css'));
  for (const [, { body }] of styles) {
    for (const [, url] of text(body).matchAll(/url\(["']?([^"')]+)/g)) assert.ok(files.has(url ?? ''), url);
  }
});

test('a second start takes the bundle from the cache; a damaged cache is built again', async () => {
  const built = await buildWeb({ cacheDir });
  const [kept = '', worker = ''] = await readdir(cacheDir);
  assert.deepEqual(await buildWeb({ cacheDir }), built);
  for (const damage of ['', '{}', '{"script":"x.js","style":"x.css","worker":"y.js","files":{}}', 'null', '[1']) {
    await writeFile(join(cacheDir, kept), damage);
    assert.deepEqual([...(await buildWeb({ cacheDir })).keys()], [...built.keys()]);
  }
  await writeFile(join(cacheDir, 'app-main-older.json'), '{}');
  await writeFile(join(cacheDir, kept), '');
  await buildWeb({ cacheDir });
  assert.deepEqual(await readdir(cacheDir), [kept, worker]);
});
