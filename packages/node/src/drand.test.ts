import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { QUICKNET } from '@surety/court/drand';
import { PUBLISHED } from '../../court/test/drand-rounds.ts';
import { drandFrom } from './drand.ts';

const [ROUND] = PUBLISHED;
const AT = QUICKNET.genesisSeconds + (ROUND.round - 1) * QUICKNET.periodSeconds;
const PATH = `/${QUICKNET.chainHash}/public/${ROUND.round}`;

let answer = { status: 200, body: '' };
const asked: string[] = [];
const relay = createServer((request, response) => {
  asked.push(request.url ?? '');
  response.writeHead(answer.status, answer.status === 302 ? { location: PATH } : {}).end(answer.body);
});
before(() => new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve)));
after(() => relay.close());

const take = async (given: typeof answer, mode: 'on' | 'off' = 'on') => {
  answer = given;
  const errors: unknown[] = [];
  const url = `http://127.0.0.1:${(relay.address() as AddressInfo).port}`;
  const value = await drandFrom({ mode, url, onError: (cause) => errors.push(cause) })(AT);
  return { value, errors: errors.length };
};

const good = JSON.stringify({ round: ROUND.round, signature: ROUND.signature });

test('the round of a moment is taken from a relay if the network signed it', async () => {
  assert.deepEqual(await take({ status: 200, body: good }), { value: ROUND.randomness, errors: 0 });
  assert.deepEqual(asked, [PATH]);
});

test('what the network did not sign is no beacon, and is told; what is not there yet is not', async () => {
  const forged = JSON.stringify({ round: ROUND.round, signature: PUBLISHED[1].signature });
  assert.deepEqual(await take({ status: 200, body: forged }), { value: null, errors: 1 });
  assert.deepEqual(await take({ status: 200, body: '{}' }), { value: null, errors: 1 });
  assert.deepEqual(await take({ status: 404, body: '{}' }), { value: null, errors: 0 });
  assert.deepEqual(await take({ status: 200, body: 'no JSON' }), { value: null, errors: 0 });
  assert.deepEqual(await take({ status: 200, body: `${' '.repeat(5_000)}${good}` }), { value: null, errors: 0 });
  asked.length = 0;
  assert.deepEqual(await take({ status: 302, body: '' }), { value: null, errors: 0 });
  assert.equal(asked.length, 1);
  assert.deepEqual(await take({ status: 200, body: good }, 'off'), { value: null, errors: 0 });
  assert.equal(asked.length, 1);
});
