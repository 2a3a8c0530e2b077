import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { SuretyError } from '@surety/core';
import { ROUTE_NAMES, type StreamEvent } from '@surety/protocol';
import { ID, SAMPLES, signedAction } from '../../node/src/http/testing/samples.ts';
import { startTestServer, type TestServer } from '../../node/src/http/testing/server.ts';
import { createClient } from './client.ts';

const STREAM = `market:${ID}`;
let server: TestServer;
before(async () => {
  server = await startTestServer({}, { limits: { heartbeatMs: 20 } });
});
after(() => server.close());

test('every method reaches its route and returns its output', async () => {
  const client = createClient({ url: server.url, operatorToken: 'people' });
  for (const name of ROUTE_NAMES) {
    const { params, query, body, output } = SAMPLES[name];
    const call = client.try[name] as (input: object) => Promise<{ ok: boolean; value: unknown }>;
    const result = await call({ ...params, ...query, ...body });
    assert.deepEqual(result, { ok: true, value: output }, name);
  }
});

test('a refusal is thrown with its code, or returned as data', async () => {
  const client = createClient({ url: server.url });
  await assert.rejects(
    client.market({ marketId: 'x' }),
    (error) => error instanceof SuretyError && error.code === 'input.malformed',
  );
  const result = await client.try.market({ marketId: 'x' });
  assert.ok(!result.ok && result.problem.field === 'marketId');
});

test('lost connections and retryable refusals are tried again with the same key; others are not', async () => {
  const keys: (string | null)[] = [];
  const answers = [503, 0, 200];
  const fetch = async (_: string, init: RequestInit): Promise<Response> => {
    keys.push(new Headers(init.headers).get('idempotency-key'));
    const status = answers[keys.length - 1];
    if (status === 0) throw new TypeError('connection lost');
    const error = { code: 'journal.overloaded', message: 'Busy.', next: 'Wait.', docs: '', requestId: '' };
    return Response.json(status === 200 ? { balanceMicroUsd: '1' } : { error }, { status: status! });
  };
  const client = createClient({ url: 'http://node', fetch, retryDelayMs: 1 });
  assert.deepEqual(await client.faucet({ address: 'x' }), { balanceMicroUsd: '1' });
  assert.equal(keys.length, 3);
  assert.equal(new Set(keys).size, 1);

  let calls = 0;
  const refusing = createClient({
    url: 'http://node',
    fetch: async () => {
      calls += 1;
      const error = { code: 'account.insufficient-funds', message: 'No.', next: 'Deposit.', docs: '', requestId: '' };
      return Response.json({ error }, { status: 402 });
    },
  });
  assert.ok(!(await refusing.try.act(signedAction)).ok);
  assert.equal(calls, 1);
});

test('an answer that is not of a node is said to be foreign', async () => {
  const fetch = async (): Promise<Response> => new Response('<h1>It works!</h1>', { status: 404 });
  const result = await createClient({ url: 'http://node', fetch }).try.health();
  assert.ok(!result.ok && result.problem.code === 'http.not-surety');
});

/** A TCP forwarder whose connections can be cut. */
const cuttable = async (port: number) => {
  const { connect } = await import('node:net');
  const open = new Set<{ destroy: () => void }>();
  const proxy = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
    upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
    client.pipe(upstream).pipe(client);
    open.add(client);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    cut: () => {
      for (const socket of open) socket.destroy();
      open.clear();
    },
    close: () => {
      proxy.close();
      for (const socket of open) socket.destroy();
    },
  };
};

const TOTAL = 600;

const feed = async (running: TestServer, cut: () => void): Promise<void> => {
  const start = (await running.streams.head(STREAM))!;
  for (let n = start + 1; n <= TOTAL; n += 1) {
    running.streams.append(STREAM, 'traded', { n });
    if (n % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    if (n % 150 === 0) cut();
  }
};

test('SSE: every event once and in order across cut connections, on two streams', async () => {
  const running = await startTestServer({}, { limits: { heartbeatMs: 20 } });
  const proxy = await cuttable(Number(new URL(running.url).port));
  const stop = new AbortController();
  try {
    const client = createClient({ url: proxy.url });
    const seen: StreamEvent[] = [];
    const after = { [STREAM]: 0, markets: 0 };
    const events = client.follow([STREAM, 'markets'], { after, signal: stop.signal, reconnectDelayMs: 1 });
    running.streams.append('markets', 'opened', { marketId: ID });
    const feeding = feed(running, proxy.cut);
    for await (const event of events) {
      seen.push(event);
      if (seen.length === TOTAL + 1) break;
    }
    await feeding;
    const trades = seen.filter((event) => event.stream === STREAM).map((event) => event.seq);
    assert.deepEqual(
      trades,
      Array.from({ length: TOTAL }, (_, n) => n + 1),
    );
  } finally {
    stop.abort();
    proxy.close();
    await running.close();
  }
});

test('WebSocket: subscriptions resume, unanswered actions are sent again', async () => {
  const running = await startTestServer();
  const proxy = await cuttable(Number(new URL(running.url).port));
  const socket = await createClient({ url: proxy.url }).socket({ reconnectDelayMs: 1 });
  try {
    const seqs: number[] = [];
    const done = new Promise<void>((resolve) => {
      socket.subscribe(STREAM, 0, (event) => {
        seqs.push(event.seq);
        if (seqs.length === TOTAL) resolve();
      });
    });
    const feeding = feed(running, proxy.cut);
    const acts = Promise.all(Array.from({ length: 50 }, () => socket.act(signedAction)));
    await Promise.all([done, feeding]);
    assert.deepEqual(
      seqs,
      Array.from({ length: TOTAL }, (_, n) => n + 1),
    );
    assert.ok((await acts).every((result) => result.ok));
  } finally {
    socket.close();
    proxy.close();
    await running.close();
  }
});

test('a stream that does not exist ends the loop with its refusal', async () => {
  const client = createClient({ url: server.url });
  const events = client.follow([`market:${'00'.repeat(32)}`]);
  await assert.rejects(events.next(), (error) => error instanceof SuretyError && error.code === 'stream.unknown');
});
