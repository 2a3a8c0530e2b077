import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ok } from '@surety/core';
import type { Handlers, RouteOutput } from '@surety/protocol';
import { createHostCheck } from './host-check.ts';
import { createRateLimit } from './rate-limit.ts';
import { SAMPLES } from './testing/samples.ts';
import { startTestServer } from './testing/server.ts';
import { webFolder } from './web.ts';

const withHeaders = (url: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request(`${url}/v1/health`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });

/** A handler that notes who asks. */
const memoryHealth = (remotes: string[]): Partial<Handlers> => ({
  health: async (_, { remote }) => {
    remotes.push(remote);
    return ok(SAMPLES.health.output as RouteOutput<'health'>);
  },
});

test('DNS rebinding: another host name or a foreign page is refused', async () => {
  const server = await startTestServer();
  try {
    const { port } = new URL(server.url);
    assert.equal(await withHeaders(server.url, {}), 200);
    assert.equal(await withHeaders(server.url, { host: `localhost:${port}` }), 200);
    assert.equal(await withHeaders(server.url, { host: 'rebound.example' }), 421);
    assert.equal(await withHeaders(server.url, { host: `127.0.0.1.rebound.example:${port}` }), 421);
    assert.equal(await withHeaders(server.url, { origin: server.url }), 200);
    assert.equal(await withHeaders(server.url, { origin: 'http://localhost:5173' }), 200);
    assert.equal(await withHeaders(server.url, { origin: 'https://evil.example' }), 403);
    assert.equal(await withHeaders(server.url, { origin: 'null' }), 403);
    const preflight = await fetch(`${server.url}/v1/actions`, { method: 'OPTIONS', headers: { origin: server.url } });
    assert.equal(preflight.status, 204);
    assert.ok(preflight.headers.get('access-control-allow-headers')?.includes('Idempotency-Key'));
  } finally {
    await server.close();
  }
});

test('a public node answers to the names and origins it was told', () => {
  const { check } = createHostCheck({
    hostname: '0.0.0.0',
    allowedHosts: ['surety.example'],
    allowedOrigins: ['https://app.example'],
  });
  assert.equal(check('surety.example', undefined), undefined);
  assert.equal(check('surety.example', 'https://app.example'), undefined);
  assert.equal(check('other.example', undefined)?.code, 'http.forbidden-host');
  assert.equal(check('surety.example', 'http://localhost:1')?.code, 'http.forbidden-origin');
});

test('the token bucket refuses floods, refills with time, and forgets the longest unused', () => {
  let now = 0;
  const limit = createRateLimit({ perSecond: 10, burst: 2, now: () => now });
  assert.equal(limit.take('a', undefined), undefined);
  assert.equal(limit.take('a', undefined), undefined);
  assert.equal(limit.take('a', undefined)?.code, 'rate.limited');
  assert.equal(limit.take('b', undefined), undefined);
  now = 100;
  assert.equal(limit.take('a', undefined), undefined);
  for (let n = 0; n < 10_001; n += 1) limit.take(`remote-${n}`, undefined);
  assert.equal(limit.take('b', undefined), undefined);
  const large = createRateLimit({ perSecond: 10, burst: 1_000, now: () => now });
  for (let n = 0; n < 2; n += 1) assert.equal(large.take('a', 'makePasskey'), undefined);
  assert.equal(large.take('a', 'makePasskey')?.code, 'rate.limited', 'what is kept for ever and costs nothing');
  assert.equal(limit.take('2001:db8:1:2::1', undefined), undefined);
  assert.equal(limit.take('2001:db8:1:2::2', undefined), undefined);
  assert.equal(
    limit.take('2001:db8:1:2:ffff::3', undefined)?.code,
    'rate.limited',
    'one subscriber has many addresses',
  );
  assert.equal(limit.take('2001:db8:1:3::1', undefined), undefined);
});

test('behind a proxy of the operator’s each of those who come through it is counted, and known to handlers, by itself', async () => {
  const remotes: string[] = [];
  const answers = memoryHealth(remotes);
  const limits = { ratePerSecond: 0.001, rateBurst: 1 };
  const behind = await startTestServer(answers, { proxies: ['127.0.0.1'], limits });
  const open = await startTestServer(answers, { limits });
  try {
    const ask = (url: string, client: string) => withHeaders(url, { 'x-forwarded-for': client });
    assert.deepEqual([await ask(behind.url, '192.0.2.1'), await ask(behind.url, '192.0.2.2')], [200, 200]);
    assert.equal(await ask(behind.url, '192.0.2.1'), 429);
    assert.deepEqual([await ask(open.url, '192.0.2.1'), await ask(open.url, '192.0.2.2')], [200, 429]);
    assert.deepEqual(remotes, ['192.0.2.1', '192.0.2.2', '127.0.0.1']);
  } finally {
    await Promise.all([behind.close(), open.close()]);
  }
});

test('a client that sends its headers too slowly is cut off', async () => {
  const server = await startTestServer({}, { limits: { headersMs: 100, requestMs: 200 } });
  try {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write('GET /v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\n');
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
    });
    assert.match(answer, /^HTTP\/1.1 408[\s\S]*"code":"http.timeout"/);
  } finally {
    await server.close();
  }
});

test('the page: its files, its policy, bookmarks, and nothing outside its folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'surety-web-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>page');
  await writeFile(join(folder, 'app-12345678.js'), 'export {}');
  await symlink('/etc/hostname', join(folder, 'leak.txt'));
  const server = await startTestServer({}, { web: webFolder(folder) });
  try {
    const page = await fetch(server.url, { headers: { accept: 'text/html' } });
    assert.match(page.headers.get('content-security-policy') ?? '', /script-src 'self'/);
    assert.equal(await page.text(), '<!doctype html>page');
    const bookmark = await fetch(`${server.url}/market/ab`, { headers: { accept: 'text/html' } });
    assert.equal(await bookmark.text(), '<!doctype html>page');
    const script = await fetch(`${server.url}/app-12345678.js`);
    assert.match(script.headers.get('cache-control') ?? '', /immutable/);
    for (const { headers } of [page, script]) {
      assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin');
      assert.equal(headers.get('cross-origin-embedder-policy'), 'require-corp', 'or proofs take one thread');
    }
    for (const path of ['/leak.txt', '/%2e%2e/%2e%2e/etc/hostname', '/..%2fetc/hostname', '/missing.js']) {
      assert.equal((await fetch(`${server.url}${path}`)).status, 404, path);
    }
    const api = await fetch(`${server.url}/v1/nothing`, { headers: { accept: 'text/html' } });
    assert.equal(api.status, 404);
  } finally {
    await server.close();
    await rm(folder, { recursive: true });
  }
});

test('what is not HTTP is refused with a code too', async () => {
  const server = await startTestServer();
  try {
    const { port } = new URL(server.url);
    const say = (bytes: string): Promise<string> =>
      new Promise((resolve) => {
        let text = '';
        const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
        socket.on('data', (chunk) => {
          text += chunk;
        });
        socket.on('close', () => resolve(text));
      });
    assert.match(await say('hello\r\n\r\n'), /^HTTP\/1.1 400[\s\S]*"code":"input.malformed"/);
    const long = `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`;
    assert.match(await say(long), /^HTTP\/1.1 413[\s\S]*"code":"input.too-large"/);
  } finally {
    await server.close();
  }
});
