import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERRORS, type ErrorCode } from '@surety/core';
import { ROUTE_NAMES, type Route, routes } from '@surety/protocol';
import fc from 'fast-check';
import { SAMPLES } from './testing/samples.ts';
import { sampleRequest, startTestServer } from './testing/server.ts';

const withBody = ROUTE_NAMES.filter((name) => (routes[name] as Route).body !== undefined);

/** A sample's body with one field replaced by any JSON, or any JSON, or any bytes. */
const spoiled = fc.constantFrom(...withBody).chain((name) => {
  const body = SAMPLES[name].body ?? {};
  const field = fc.constantFrom(...Object.keys(body));
  const replaced = fc.tuple(field, fc.jsonValue()).map(([key, value]) => JSON.stringify({ ...body, [key]: value }));
  const text = fc.oneof(replaced, fc.json(), fc.string({ unit: 'binary' }));
  return fc.tuple(fc.constant(name), fc.oneof(text, fc.uint8Array({ maxLength: 200 })));
});

test('whatever the body, the answer is a success or a listed code with its status, and never 500', async () => {
  const server = await startTestServer();
  try {
    await fc.assert(
      fc.asyncProperty(spoiled, async ([name, body]) => {
        const [url, init] = sampleRequest(server.url, name);
        const response = await fetch(url, { ...init, body: typeof body === 'string' ? body : new Uint8Array(body) });
        const text = await response.text();
        if (response.ok) return;
        const { code } = JSON.parse(text).error as { code: ErrorCode };
        assert.ok(Object.hasOwn(ERRORS, code) && code !== 'internal', text);
        assert.equal(response.status, ERRORS[code].http);
      }),
      { numRuns: 400 },
    );
    assert.deepEqual(server.logged, []);
  } finally {
    await server.close();
  }
});
