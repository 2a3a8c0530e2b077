import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { networkAnalyst } from './analyst.ts';
import type { NetworkContext } from './context.ts';
import { DEFAULT_LIMITS, guardedFetch } from './http.ts';

const NOW = 1_790_000_000;
const fixture = (name: string): string => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');

const DRAINER = `<html><title>Uniswap | Claim</title><input placeholder="word 12"><p>Enter your recovery phrase</p>
<script>contract.setApprovalForAll(a, true)</script>`;
const SHOP = '<html><title>Toys and kites</title><a href="/p">Privacy policy</a></html>';

const handler: RequestListener = (request, response) => {
  const { host } = request.headers;
  const path = request.url ?? '/';
  if (path.startsWith('/rdap/')) {
    const old = path.endsWith('shop.test');
    response.end(
      JSON.stringify({
        events: [{ eventAction: 'registration', eventDate: old ? '2001-05-01T00:00:00Z' : '2026-09-20T00:00:00Z' }],
      }),
    );
  } else if (path.startsWith('/ct/')) {
    response.end(
      JSON.stringify([{ not_before: path.endsWith('shop.test') ? '2012-01-01T00:00:00' : '2026-09-21T00:00:00' }]),
    );
  } else if (path === '/to-metadata')
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
  else if (path === '/to-file') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
  else if (path === '/loop') response.writeHead(302, { location: '/loop' }).end();
  else if (path === '/huge') response.end('x'.repeat(4_000_000));
  else if (path === '/silent') response.writeHead(200);
  else response.end(host?.startsWith('shop.test') ? SHOP : DRAINER);
};

let plain: Server;
let secure: Server;
let context: NetworkContext;
let base = '';
const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));

before(async () => {
  plain = createServer(handler);
  secure = createSecureServer({ key: fixture('test-only.key'), cert: fixture('test-only.pem') }, handler);
  const ports = { http: await listen(plain), https: await listen(secure) };
  base = `http://127.0.0.1:${ports.http}`;
  context = {
    resolve: async (host) =>
      host === 'nowhere.test' ? [] : [{ address: host === 'inside.test' ? '10.0.0.7' : '127.0.0.1', family: 4 }],
    rdapUrl: `${base}/rdap/`,
    ctUrl: `${base}/ct/`,
    ports,
    ca: fixture('test-only.pem'),
    allowAddress: (address) => address === '127.0.0.1',
  };
});
after(() => {
  for (const server of [plain, secure]) {
    server.closeAllConnections();
    server.close();
  }
});

const why = async (url: string, limits = DEFAULT_LIMITS, under = context): Promise<string> => {
  const answer = await guardedFetch(under, url, limits);
  return answer.kind === 'not-fetched' ? answer.why : answer.kind;
};

test('without the test allowance nothing local is reached', async () => {
  const { allowAddress: _, ...strict } = context;
  for (const url of [
    base,
    'http://localhost/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://127.1/',
  ]) {
    assert.equal(await why(url, DEFAULT_LIMITS, strict), 'refused-address', url);
  }
});

test('refuses private names, redirects into private space, other schemes, credentials and loops', async () => {
  assert.equal(await why('http://inside.test/'), 'refused-address');
  assert.equal(await why('http://nowhere.test/'), 'no-address');
  assert.equal(await why(`${base}/to-metadata`), 'refused-address');
  assert.equal(await why(`${base}/to-file`), 'bad-url');
  assert.equal(await why('http://user:pass@shop.test/'), 'bad-url');
  assert.equal(await why(`${base}/loop`), 'too-many-redirects');
});

test('a name that does not exist is said in words', async () => {
  const gone = Object.assign(new TypeError('getaddrinfo ENOTFOUND gone.test'), { code: 'ENOTFOUND' });
  const answer = await guardedFetch({ ...context, resolve: () => Promise.reject(gone) }, 'http://gone.test/');
  assert.equal(answer.kind === 'not-fetched' ? answer.detail : '', 'No such name is known to DNS here.');
});

test('a name that resolves elsewhere a moment later is still connected where it was checked', async () => {
  let asked = 0;
  const rebinding: NetworkContext = {
    ...context,
    resolve: async () => [{ address: asked++ === 0 ? '127.0.0.1' : '10.0.0.7', family: 4 }],
  };
  assert.equal(await why('http://shop.test/', DEFAULT_LIMITS, rebinding), 'fetched');
  assert.equal(asked, 1);
});

test('only ports of the web on public hosts; a resolver that hangs is given up', async () => {
  const outside: NetworkContext = { ...context, resolve: async () => [{ address: '8.8.8.8', family: 4 }] };
  assert.equal(await why('http://public.test:22/', DEFAULT_LIMITS, outside), 'bad-url');
  const hanging: NetworkContext = { ...context, resolve: () => new Promise(() => {}) };
  assert.equal(await why('http://shop.test/', { ...DEFAULT_LIMITS, timeoutMs: 100 }, hanging), 'timed-out');
});

test('size and time are bounded', async () => {
  const huge = await guardedFetch(context, `${base}/huge`);
  assert.ok(huge.kind === 'fetched' && huge.cut && huge.body.length === DEFAULT_LIMITS.maxBytes);
  assert.equal(await why(`${base}/silent`, { ...DEFAULT_LIMITS, timeoutMs: 200 }), 'timed-out');
});

test('reads certificate, ages and page: a young drainer and an old shop', async () => {
  const read = (host: string) => networkAnalyst.read({ kind: 'site', host }, { nowSeconds: NOW, network: context });
  const drainer = await read('uniswap-claim.test');
  assert.ok((drainer.probabilityPpm ?? 0) > 900_000, JSON.stringify(drainer));
  assert.match(String(drainer.facts.signals), /seed-phrase word-inputs approve-all foreign-title/);
  assert.equal(drainer.facts.certificateError, 'ERR_TLS_CERT_ALTNAME_INVALID');
  const shop = await read('shop.test');
  assert.ok((shop.probabilityPpm ?? 1e6) < 150_000, JSON.stringify(shop));
  assert.equal(shop.facts.certificateError, null);
});

test('abstains with a reason where it cannot look', async () => {
  const off = await networkAnalyst.read({ kind: 'site', host: 'shop.test' }, { nowSeconds: NOW });
  assert.equal(off.probabilityPpm, null);
  const gone = await networkAnalyst.read(
    { kind: 'site', host: 'nowhere.test' },
    { nowSeconds: NOW, network: { ...context, rdapUrl: null, ctUrl: null } },
  );
  assert.equal(gone.probabilityPpm, null);
  assert.match(gone.didNotSee.join(' '), /no address/);
});
