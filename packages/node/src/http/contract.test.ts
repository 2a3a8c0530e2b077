import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ERRORS, SuretyError } from '@surety/core';
import { errorEnvelope, LIMITS, ROUTE_NAMES, type Route, routes } from '@surety/protocol';
import { SAMPLES } from './testing/samples.ts';
import { sampleRequest, startTestServer, type TestServer } from './testing/server.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.close());

/** The refusal in a response; fails unless it has the stated form, status and code. */
const refused = async (response: Response, code: string): Promise<Record<string, string>> => {
  const body = errorEnvelope.parse(await response.json());
  assert.equal(body.error.code, code, JSON.stringify(body));
  assert.equal(response.status, ERRORS[body.error.code].http);
  assert.equal(response.headers.get('x-request-id'), body.error.requestId);
  const docs = await fetch(`${server.url}${body.error.docs.split('#')[0]}`);
  assert.ok((await docs.text()).includes(`id="${body.error.docs.split('#')[1]}"`));
  return body.error as unknown as Record<string, string>;
};

for (const name of ROUTE_NAMES) {
  const route: Route = routes[name];

  test(`${name}: good input reaches the handler, its answer fits the schema`, async () => {
    const [url, init] = sampleRequest(server.url, name);
    const response = await fetch(url, init);
    const text = await response.text();
    assert.equal(response.status, route.response.status, text);
    assert.ok(response.headers.get('content-type')?.startsWith(route.response.contentType));
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    const value = route.response.contentType === 'text/html' ? text : JSON.parse(text);
    assert.deepEqual(route.response.schema.safeParse(value).error, undefined);
    const { input } = server.calls.findLast((call) => call.name === name)!;
    if (route.body) assert.deepEqual((input as { body: unknown }).body, SAMPLES[name].body);
  });

  if (route.params) {
    test(`${name}: a bad path parameter is refused`, async () => {
      const [url, init] = sampleRequest(server.url, name);
      const bad = url.replace(Object.values(SAMPLES[name].params!)[0]!, 'nope');
      await refused(await fetch(bad, init), 'input.malformed');
    });
  }

  if (route.query) {
    test(`${name}: bad queries are refused`, async () => {
      const [url, init] = sampleRequest(server.url, name);
      await refused(await fetch(`${url}&surprise=1`, init), 'input.unknown-field');
      const [first] = Object.entries(SAMPLES[name].query!);
      await refused(await fetch(`${url}&${first![0]}=${first![1]}`, init), 'input.malformed');
    });
  }

  if (route.body) {
    const body = SAMPLES[name].body!;
    const send = (text: BodyInit, headers: Record<string, string> = {}): Promise<Response> => {
      const [url, init] = sampleRequest(server.url, name);
      return fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), ...headers }, body: text });
    };

    test(`${name}: bad bodies are refused`, async () => {
      const before = server.calls.length;
      await refused(await send(''), 'input.empty');
      const cut = await refused(await send(JSON.stringify(body).slice(0, -1)), 'input.malformed');
      assert.match(cut.message!, /offset \d+/);
      await refused(await send('[]'), 'input.malformed');
      await refused(await send(JSON.stringify({ ...body, surprise: 1 })), 'input.unknown-field');
      for (const field of Object.keys(body)) {
        const { [field]: _, ...rest } = body;
        const answer = await send(JSON.stringify(rest));
        if (answer.status !== route.response.status) await refused(answer, 'input.missing-field');
        const wrong = await refused(
          await send(JSON.stringify({ ...body, [field]: { odd: true } })),
          await wrongCode(field),
        );
        assert.ok(wrong.field?.startsWith(field), wrong.field);
      }
      await refused(await send(new Uint8Array([0x7b, 0xff, 0x7d])), 'input.malformed');
      await refused(await send('{}', { 'content-type': 'text/plain' }), 'http.unsupported-type');
      await refused(await send('{}', { 'content-type': 'application/json; charset=utf-16' }), 'http.unsupported-type');
      await refused(await send('{}', { 'content-encoding': 'gzip' }), 'http.unsupported-type');
      await refused(await send(`{"x":"${'y'.repeat(LIMITS.bodyBytes)}"}`), 'input.too-large');
      assert.equal(server.calls.length, before, 'no handler ran');
    });
  }

  if (route.write) {
    test(`${name}: the idempotency key is required, replays, and conflicts`, async () => {
      const [url, init] = sampleRequest(server.url, name, `key-for-${name}`);
      const { 'idempotency-key': _, ...without } = init.headers as Record<string, string>;
      await refused(await fetch(url, { ...init, headers: without }), 'input.missing-field');
      await refused(
        await fetch(url, { ...init, headers: { ...without, 'idempotency-key': 'short' } }),
        'input.malformed',
      );
      const first = await fetch(url, init);
      const calls = server.calls.length;
      const again = await fetch(url, init);
      assert.equal(again.headers.get('idempotent-replay'), 'true');
      assert.equal(await again.text(), await first.text());
      assert.equal(server.calls.length, calls, 'the handler ran once');
      const other = `${String(init.body).slice(0, -1)} }`;
      await refused(await fetch(url, { ...init, body: other }), 'idempotency.conflict');
    });
  }

  test(`${name}: another method is refused with Allow`, async () => {
    const [url] = sampleRequest(server.url, name);
    const response = await fetch(url.split('?')[0]!, { method: 'PATCH' });
    assert.ok(response.headers.get('allow')?.includes(route.method));
    await refused(response, 'http.method-not-allowed');
  });
}

/** `{odd: true}` is no union member, no string, no number: only unions of objects say what is missing. */
const wrongCode = async (field: string): Promise<string> =>
  ['claim', 'action', 'order', 'cover'].includes(field) ? 'input.missing-field' : 'input.malformed';

test('what is thrown inside a handler is `internal` with an id that is in the log, and no detail', async () => {
  const failing = await startTestServer({
    health: async () => {
      throw new TypeError('secret detail');
    },
    network: async () => {
      throw new SuretyError({ code: 'journal.unavailable', message: 'The journal is away.', next: 'Wait.' });
    },
  });
  try {
    const response = await fetch(`${failing.url}/v1/health`);
    const text = await response.text();
    assert.equal(response.status, 500);
    assert.ok(!text.includes('secret'));
    const { requestId } = JSON.parse(text).error;
    assert.equal((failing.logged[0] as { requestId: string }).requestId, requestId);
    const network = await fetch(`${failing.url}/v1/network`);
    assert.equal((await network.json()).error.code, 'journal.unavailable');
    assert.equal(network.headers.get('retry-after'), '1');
  } finally {
    await failing.close();
  }
});

test('a handler that takes too long is refused and told to stop', async () => {
  let stopped = false;
  const slow = await startTestServer(
    {
      health: (_, { signal }) =>
        new Promise(() => {
          signal.addEventListener('abort', () => {
            stopped = true;
          });
        }),
    },
    { limits: { handlerMs: 50 } },
  );
  try {
    const response = await fetch(`${slow.url}/v1/health`);
    assert.equal((await response.json()).error.code, 'service.unavailable');
    assert.ok(stopped);
  } finally {
    await slow.close();
  }
});

test('the same key at the same time is in flight; a retryable refusal is not kept', async () => {
  let release = (): void => undefined;
  let runs = 0;
  const held = await startTestServer({
    faucet: async () => {
      runs += 1;
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return { ok: false, problem: { code: 'journal.overloaded', message: 'Busy.', next: 'Wait.' } };
    },
  });
  try {
    const request = sampleRequest(held.url, 'faucet', 'same-key-twice');
    const first = fetch(...request);
    while (runs === 0) await new Promise((resolve) => setImmediate(resolve));
    const second = await fetch(...request);
    assert.equal((await second.json()).error.code, 'idempotency.in-flight');
    release();
    await first;
    const third = fetch(...request);
    while (runs === 1) await new Promise((resolve) => setImmediate(resolve));
    release();
    assert.equal((await (await third).json()).error.code, 'journal.overloaded');
    assert.equal(runs, 2);
  } finally {
    await held.close();
  }
});

test('operator routes need the token', async () => {
  const [url, init] = sampleRequest(server.url, 'rule');
  const { authorization: _, ...headers } = init.headers as Record<string, string>;
  await refused(await fetch(url, { ...init, headers }), 'auth.operator-only');
  await refused(
    await fetch(url, { ...init, headers: { ...headers, authorization: 'Bearer x' } }),
    'auth.operator-only',
  );
});

test('documents: OpenAPI names every route, llms.txt and unknown paths', async () => {
  const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as { paths: Record<string, object> };
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path) as { operationId: string }[]);
  assert.deepEqual(operations.map(({ operationId }) => operationId).sort(), [...ROUTE_NAMES].sort());
  assert.match(await (await fetch(`${server.url}/llms.txt`)).text(), /^# Surety\n/);
  await refused(await fetch(`${server.url}/v1/nothing`), 'http.not-found');
  await refused(await fetch(`${server.url}/log/../keys`), 'http.not-found');
  await refused(await fetch(`${server.url}/log/tile/0/000`), 'http.not-found');
});
