import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { LIMITS } from '@surety/protocol';
import { WebSocket } from 'ws';
import { ID, signedAction } from '../testing/samples.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

const STREAM = `market:${ID}`;

const withServer = async (
  work: (server: TestServer) => Promise<void>,
  limits: Parameters<typeof startTestServer>[1] = {},
): Promise<void> => {
  const server = await startTestServer({}, limits);
  try {
    await work(server);
  } finally {
    await server.close();
  }
};

const codeOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { error: { code: string } }).error.code;

test('SSE: bad requests are typed refusals', () =>
  withServer(async ({ url, streams }) => {
    streams.append('markets', 'opened', {});
    const ask = (query: string, headers = {}) => fetch(`${url}/v1/stream${query}`, { headers }).then(codeOf);
    assert.equal(await ask(''), 'input.missing-field');
    assert.equal(await ask('?streams=markets&from=1'), 'input.unknown-field');
    assert.equal(await ask('?streams=weather'), 'input.malformed');
    assert.equal(await ask(`?streams=market:${'00'.repeat(32)}`), 'stream.unknown');
    assert.equal(await ask('?streams=markets&after=2'), 'stream.stale');
    assert.equal(await ask('?streams=markets&after=-1'), 'input.malformed');
    assert.equal(await ask('?streams=markets&after=1e3'), 'input.malformed');
    assert.equal(await ask('?streams=markets', { 'last-event-id': 'markets@7' }), 'stream.stale');
    const many = Array.from({ length: LIMITS.streams + 1 }, (_, n) => `market:${n}`).join(',');
    assert.equal(await ask(`?streams=${many}`), 'input.too-large');
  }));

test('SSE: ids carry the place in every stream, and Last-Event-ID resumes there', () =>
  withServer(async ({ url, streams }) => {
    for (const n of [1, 2, 3]) streams.append(STREAM, 'traded', { n });
    streams.append('markets', 'opened', {});
    const read = async (headers: Record<string, string>, until: string): Promise<string> => {
      const stop = new AbortController();
      const response = await fetch(`${url}/v1/stream?streams=markets,${STREAM}&after=0`, {
        headers,
        signal: stop.signal,
      });
      assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
      let text = '';
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        if (text.includes(until) && text.endsWith('\n\n')) break;
      }
      stop.abort();
      return text;
    };
    const all = await read({}, '"n":3');
    assert.ok(all.startsWith(`retry: 1000\nid: markets@0,${STREAM}@0\nevent: cursor\n`));
    const rest = await read({ 'last-event-id': `markets@1,${STREAM}@2` }, '"n":3');
    assert.ok(rest.includes(`id: markets@1,${STREAM}@3\nevent: traded`));
    assert.ok(!rest.includes('"n":2'));
  }));

test('SSE: a reader that stops reading is dropped and frees its place', () =>
  withServer(
    async ({ url, streams }) => {
      const { port } = new URL(url);
      const stalled = connect(Number(port), '127.0.0.1');
      stalled.write(`GET /v1/stream?streams=${STREAM}&after=0 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
      // It is a reader once its first bytes are there; from then on it reads nothing.
      await new Promise((resolve) => stalled.once('data', resolve));
      stalled.pause();
      const filler = 'x'.repeat(10_000);
      for (let n = 0; n < 4_000; n += 1) streams.append(STREAM, 'traded', { filler });
      // The only place is taken until the server gives up on it; then another reader gets in and sees the end.
      const follow = () => fetch(`${url}/v1/stream?streams=${STREAM}&after=3999`);
      let response = await follow();
      assert.equal(response.status, 503);
      while (response.status === 503) {
        await response.body!.cancel();
        response = await follow();
      }
      const reader = response.body!.getReader();
      assert.ok((await reader.read()).value);
      await reader.cancel();
      stalled.destroy();
    },
    { limits: { slowConsumerMs: 100, maxStreams: 1 } },
  ));

const open = (url: string, headers = {}): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/ws`, { headers });
    socket.once('open', () => resolve(socket)).once('error', reject);
  });

const exchange = (socket: WebSocket, message: unknown): Promise<Record<string, unknown>> =>
  new Promise((resolve) => {
    socket.once('message', (data) => resolve(JSON.parse(String(data))));
    socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  });

test('WebSocket: acknowledgements, refusals, and the end of a client that talks nonsense', () =>
  withServer(async ({ url }) => {
    const socket = await open(url);
    assert.deepEqual(await exchange(socket, { op: 'ping', id: 'p1' }), { op: 'pong', id: 'p1' });
    const ack = await exchange(socket, { op: 'act', id: 'a1', signedAction });
    assert.equal(ack.op, 'ack');
    assert.equal((ack.result as { kind: string }).kind, 'order');
    const unknown = await exchange(socket, { op: 'subscribe', stream: `market:${'00'.repeat(32)}`, after: 0 });
    assert.equal((unknown.error as { code: string }).code, 'stream.unknown');
    const stale = await exchange(socket, { op: 'subscribe', stream: STREAM, after: 9 });
    assert.equal((stale.error as { code: string }).code, 'stream.stale');
    const bad = await exchange(socket, '{"op":');
    assert.equal((bad.error as { code: string }).code, 'input.malformed');
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.send('nonsense');
    assert.equal(await closed, 4000);
  }));

test('WebSocket: too large a message ends the connection; foreign pages and hosts are refused', () =>
  withServer(async ({ url }) => {
    const socket = await open(url);
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.send('x'.repeat(LIMITS.socketMessageBytes + 1));
    assert.equal(await closed, 1009);
    await assert.rejects(open(url, { origin: 'https://evil.example' }), /403/);
    await assert.rejects(open(url, { host: 'evil.example' }), /403/);
    const own = await open(url, { origin: url });
    own.close();
  }));

test('streams beyond the limit are refused', () =>
  withServer(
    async ({ url }) => {
      const first = await open(url);
      assert.equal(await fetch(`${url}/v1/stream?streams=markets`).then(codeOf), 'service.unavailable');
      await assert.rejects(open(url), /503/);
      const closed = new Promise((resolve) => first.once('close', resolve));
      first.close();
      await closed;
      let retry = await fetch(`${url}/v1/stream?streams=markets`);
      while (retry.status === 503) retry = await fetch(`${url}/v1/stream?streams=markets`);
      await retry.body!.cancel();
    },
    { limits: { maxStreams: 1 } },
  ));
