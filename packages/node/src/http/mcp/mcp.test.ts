import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { NO_TRUST, type Receipt, verifyReceipt } from '@surety/core';
import type { Handlers, Market } from '@surety/protocol';
import { ID, market, SAMPLES } from '../testing/samples.ts';
import { sampleHandlers, startTestServer } from '../testing/server.ts';
import { memoryStreams } from '../testing/streams.ts';
import { createAgent } from './agent.ts';
import { decide } from './ask-tool.ts';
import { mcpExtension } from './extension.ts';
import { createMcpServer } from './server.ts';

type Reply = { isError?: boolean; structuredContent?: Record<string, unknown>; content: { text: string }[] };

const withClient = async (
  overrides: Partial<Handlers>,
  work: (client: Client, streams: ReturnType<typeof memoryStreams>, calls: { name: string }[]) => Promise<void>,
  paying = true,
): Promise<void> => {
  const calls: Parameters<typeof sampleHandlers>[0] = [];
  const handlers = { ...sampleHandlers(calls), ...overrides };
  const streams = memoryStreams(['markets', `market:${ID}`]);
  streams.append(`market:${ID}`, 'opened', {});
  const verify = async (receipt: Receipt) => verifyReceipt(receipt, { trust: NO_TRUST, now: 1_700_000_000 });
  const agent = createAgent({
    handlers,
    secretKey: '07'.repeat(32),
    limitMicroUsd: 120_000n,
    now: () => 1_700_000_000_000,
  });
  const createServer = (remote: string) =>
    createMcpServer({ remote, handlers, streams, verify, version: '0.0.0', ...(paying && { agent }) });
  const server = await startTestServer({}, { extensions: [mcpExtension({ createServer })] });
  const client = new Client({ name: 'test', version: '0' });
  try {
    await client.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`)));
    await work(client, streams, calls);
  } finally {
    await client.close();
    await server.close();
  }
};

const question = 'Is example.com a scam?';

test('ask streams progress and returns unknown while the market is unsure', () =>
  withClient({}, async (client) => {
    const seen: string[] = [];
    const reply = (await client.callTool({ name: 'ask', arguments: { question, maxWait: 0 } }, undefined, {
      onprogress: (progress) => seen.push(progress.message ?? ''),
    })) as Reply;
    assert.equal(reply.structuredContent?.decision, 'unknown');
    assert.match(seen[0] ?? '', /name only, page not visited/);
    assert.deepEqual(reply.structuredContent?.receipt, SAMPLES.receipt.output);
  }));

test('what a session does comes from the address that opened it', () => {
  const remotes: string[] = [];
  const markets: Handlers['markets'] = async (_, { remote }) => {
    remotes.push(remote);
    return { ok: true, value: { markets: [], next: null } };
  };
  return withClient({ markets }, async (client) => {
    await client.callTool({ name: 'markets', arguments: {} });
    assert.deepEqual(remotes, ['127.0.0.1']);
  });
});

test('ask waits for confidence and then says proceed', () => {
  let current: Market = market;
  return withClient({ market: async () => ({ ok: true, value: current }) }, async (client, streams) => {
    const asked = client.callTool({ name: 'ask', arguments: { question, maxWait: 20, minConfidence: 0.9 } });
    current = {
      ...market,
      probabilitiesPpm: [40_000, 960_000],
      answer: { ...market.answer, outcome: 'not scam', probabilityPpm: 960_000 },
    };
    setTimeout(() => streams.append(`market:${ID}`, 'traded', {}), 50);
    const reply = (await asked) as Reply;
    assert.equal(reply.structuredContent?.decision, 'proceed');
    assert.equal(reply.structuredContent?.status, 'provisional');
  });
});

test('ask spends no more than the limit, and nothing without an account', async () => {
  await withClient({}, async (client, _, calls) => {
    const ask = async () => (await client.callTool({ name: 'ask', arguments: { question, maxWait: 0 } })) as Reply;
    assert.ok(!(await ask()).isError);
    assert.ok(!(await ask()).isError);
    const third = await ask();
    assert.ok(third.isError && third.content[0]?.text.startsWith('session.limit-exceeded'));
    assert.equal(calls.filter(({ name }) => name === 'ask').length, 2);
    const bad = (await client.callTool({ name: 'ask', arguments: { question, maxCost: '-1' } })) as Reply;
    assert.ok(bad.isError && bad.content[0]?.text.startsWith('amount.negative'));
  });
  await withClient(
    {},
    async (client) => {
      const reply = (await client.callTool({ name: 'ask', arguments: { question } })) as Reply;
      assert.ok(reply.isError && reply.content[0]?.text.includes('Nobody pays'));
    },
    false,
  );
});

test('verify, markets and trade', () =>
  withClient({}, async (client, _, calls) => {
    const verified = (await client.callTool({ name: 'verify', arguments: { receiptId: ID } })) as Reply;
    assert.equal(verified.structuredContent?.trusted, false);
    const listed = (await client.callTool({ name: 'markets', arguments: {} })) as Reply;
    assert.equal((listed.structuredContent?.markets as unknown[] | undefined)?.length, 1);
    const traded = (await client.callTool({
      name: 'trade',
      arguments: { marketId: ID, outcome: 0, spend: '0.01' },
    })) as Reply;
    assert.ok(!traded.isError, JSON.stringify(traded.content));
    assert.equal(calls.filter(({ name }) => name === 'act').length, 2);
    const missing = (await client.callTool({ name: 'trade', arguments: { marketId: ID } })) as Reply;
    assert.ok(missing.isError && missing.content[0]?.text.startsWith('input.missing-field'));
  }));

test('decide: rulings stand whatever the price; undecided and unknown predicates are unknown', () => {
  const answer = {
    outcome: 'scam',
    probabilityPpm: 300_000,
    status: 'final',
    decidedBy: { kind: 'people', note: '' },
  } as const;
  assert.equal(decide({ claim: market.claim, answer }, 900_000).decision, 'stop');
  assert.equal(decide({ claim: market.claim, answer: { ...answer, outcome: null } }, 500_000).decision, 'unknown');
  const odd = { ...market.claim, predicate: 'pretty' };
  assert.equal(decide({ claim: odd, answer }, 500_000).decision, 'unknown');
  const genuine = { ...market.claim, predicate: 'genuine', outcomes: ['genuine', 'fake'] };
  assert.equal(decide({ claim: genuine, answer: { ...answer, outcome: 'genuine' } }, 1).decision, 'proceed');
});

test('sessions are bounded, end on DELETE, and unknown ones are refused', async () => {
  const handlers = sampleHandlers([]);
  const streams = memoryStreams(['markets']);
  const verify = async (): Promise<never> => Promise.reject(new TypeError('not called'));
  let now = 0;
  const createServer = (remote: string) => createMcpServer({ remote, handlers, streams, verify, version: '0' });
  const mcp = mcpExtension({ createServer, maxSessions: 1, idleMs: 10, now: () => now });
  const initialize = (): Promise<Response> =>
    mcp.handle(
      new Request('http://node/mcp', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'initialize',
          params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '0' } },
        }),
      }),
      '192.0.2.1',
    );
  const first = await initialize();
  assert.equal(first.status, 200);
  assert.equal((await initialize()).status, 503);
  now = 100;
  const second = await initialize();
  assert.equal(second.status, 200);
  const id = second.headers.get('mcp-session-id')!;
  const ended = await mcp.handle(
    new Request('http://node/mcp', { method: 'DELETE', headers: { 'mcp-session-id': id } }),
    '192.0.2.1',
  );
  assert.equal(ended.status, 200);
  const gone = await mcp.handle(
    new Request('http://node/mcp', { method: 'GET', headers: { 'mcp-session-id': id } }),
    '192.0.2.1',
  );
  assert.equal(gone.status, 404);
  await mcp.close();
});
