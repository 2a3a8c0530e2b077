import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { ok } from '@surety/core';
import { ADDRESS, ID } from '../testing/samples.ts';
import { memoryStreams } from '../testing/streams.ts';
import { type WebhookState, webhookGame } from './game.ts';
import { signDelivery } from './sign.ts';
import { checkTarget } from './target.ts';
import { createWebhooks } from './webhooks.ts';

const STREAM = `market:${ID}`;
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** The journal's transact over the one game, without its database. */
const memoryHost = () => {
  const states = new Map<string, WebhookState>();
  const host = {
    transact: async ([move]: readonly { stream: string; event: unknown }[]) => {
      const state = states.get(move!.stream) ?? webhookGame.initial('');
      const step = webhookGame.step(state, webhookGame.decodeEvent(webhookGame.encodeEvent(move!.event as never)));
      if (step.kind === 'refused') return { ok: false, problem: step.problem } as const;
      states.set(move!.stream, step.state);
      return ok({ seqs: [1], outputs: [] });
    },
    state: async (stream: string) => (states.get(stream) ?? webhookGame.initial('')) as never,
    streams: async () => [...states.keys()] as `${string}:${string}`[],
  };
  return host as unknown as Parameters<typeof createWebhooks>[0]['host'];
};

const action = (url: string, streams: readonly string[] = [STREAM]) => ({
  type: 'surety/action/webhook/v1' as const,
  account: ADDRESS,
  chainId: 1,
  operator: ADDRESS,
  nonce: '01'.repeat(16),
  expiresAt: 1,
  url,
  secret: SECRET,
  streams,
});

type Got = { readonly headers: IncomingHttpHeaders; readonly body: string };

/** A receiver that answers with the given statuses in turn, then 204. */
const receiver = async (statuses: number[], onDelivery: (got: Got) => void) => {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      response.statusCode = statuses.shift() ?? 204;
      response.end();
      if (response.statusCode === 204) onDelivery({ headers: request.headers, body });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, close: () => server.close() };
};

test('events arrive in order, signed, each once, across failures and a restart', async () => {
  const got: Got[] = [];
  let arrived = (): void => undefined;
  const hook = await receiver([500, 302], (delivery) => {
    got.push(delivery);
    arrived();
  });
  const host = memoryHost();
  const streams = memoryStreams(['markets', STREAM]);
  streams.append(STREAM, 'opened', { before: true });
  const options = {
    host,
    streams,
    environment: 'development',
    now: () => 1_700_000_000,
    onError: (cause: unknown) => assert.fail(String(cause)),
    backoffMs: 1,
  } as const;
  const delivered = (): number[] => got.map(({ body }) => JSON.parse(body).data.seq);
  const until = async (seq: number): Promise<void> => {
    while (!delivered().includes(seq)) await new Promise<void>((resolve) => (arrived = resolve));
  };
  const first = createWebhooks(options);
  const created = await first.create(action(hook.url));
  assert.ok(created.ok && created.value.kind === 'webhook');
  const { webhookId } = created.value;
  for (const n of [2, 3]) streams.append(STREAM, 'traded', { n });
  await until(3);
  while ((await first.list(ADDRESS))[0]?.failures !== 0) await new Promise((resolve) => setImmediate(resolve));
  first.stop();
  streams.append(STREAM, 'traded', { n: 4 });

  const second = createWebhooks(options);
  await second.start();
  await until(4);
  assert.deepEqual([...new Set(delivered())], [2, 3, 4]);
  for (const { headers, body } of got) {
    const id = String(headers['webhook-id']);
    assert.equal(headers['webhook-signature'], signDelivery(SECRET, id, 1_700_000_000, body));
  }
  const [listed] = await second.list(ADDRESS);
  assert.ok(listed && !('secret' in listed) && listed.active);
  const other = await second.remove({
    ...action(''),
    type: 'surety/action/webhook-delete/v1',
    account: 'x',
    webhookId,
  } as never);
  assert.ok(!other.ok && other.problem.code === 'webhook.unknown');
  assert.ok((await second.remove({ ...action(''), type: 'surety/action/webhook-delete/v1', webhookId } as never)).ok);
  assert.deepEqual(await second.list(ADDRESS), []);
  second.stop();
  hook.close();
});

test('the signature is that of the published Standard Webhooks example', () => {
  // The example of the specification's README: secret, id, timestamp and payload.
  const signature = signDelivery(
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    1_614_265_330,
    '{"test": 2432232314}',
  );
  assert.equal(signature, 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('a webhook may not point inside', async () => {
  const resolve = async (name: string) =>
    name === 'mixed.example'
      ? [
          { address: '93.184.216.34', family: 4 as const },
          { address: '10.0.0.1', family: 4 as const },
        ]
      : [{ address: name === 'public.example' ? '93.184.216.34' : '127.0.0.1', family: 4 as const }];
  const code = async (url: string, environment: 'development' | 'production' = 'production') => {
    const result = await checkTarget(url, { environment, resolve });
    return result.ok ? 'ok' : result.problem.code;
  };
  assert.equal(await code('https://public.example/hook'), 'ok');
  const inside = [
    'http://public.example/',
    'https://mixed.example/',
    'https://rebound.example/',
    'https://user:pass@public.example/',
    'ftp://public.example/',
    'file:///etc/passwd',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://10.1.2.3/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'https://[2002:7f00:1::]/',
    'https://0.0.0.0/',
    'nonsense',
  ];
  for (const url of inside) assert.equal(await code(url), 'webhook.forbidden-target', url);
  assert.equal(await code('http://127.0.0.1:9/', 'development'), 'ok');
  assert.equal(await code('http://10.0.0.1/', 'development'), 'webhook.forbidden-target');
});
