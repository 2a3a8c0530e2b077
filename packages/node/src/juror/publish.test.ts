import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { readingOf } from '@surety/court';
import { publishOwn, publishTo } from './publish.ts';

test('a text goes to each node under its digest, and what keeps it from being stored is said', async (t) => {
  const sent: string[] = [];
  let status = 200;
  const node = createServer((request, response) => {
    sent.push(`${request.method} ${request.url}`);
    response.writeHead(status).end();
  });
  t.after(() => node.close());
  await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(node.address() as AddressInfo).port}`;
  assert.equal(await publishTo([])('So.'), null);
  assert.equal(await publishTo([`${url}/`])('So.'), null);
  assert.deepEqual(sent, [`PUT /v1/court/chain/grounds/${readingOf('So.')}`]);
  assert.equal((await publishOwn([], 'So.'))?.code, 'http.unreachable');
  assert.equal(await publishOwn([url], 'Thus.'), null);
  assert.equal(sent.at(-1), `PUT /v1/court/chain/grounds/${readingOf('Thus.')}`);
  assert.equal((await publishTo(['http://127.0.0.1:1', url])('One is away.'))?.code, 'http.unreachable');
  assert.equal(sent.at(-1), `PUT /v1/court/chain/grounds/${readingOf('One is away.')}`, 'the other has it');
  status = 403;
  const refused = await publishTo([url])('So.');
  assert.deepEqual([refused?.code, /status 403/.test(refused?.message ?? '')], ['http.not-surety', true]);
  assert.equal((await publishTo(['http://127.0.0.1:1'])('So.'))?.code, 'http.unreachable');
});
