import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from './config.ts';
import { outside } from './outside.ts';

const now = (): number => 1_700_000_000;

test('without the network readers get none; a chain that is not the node’s is not served', async () => {
  const context = outside({ mode: 'off', rpcUrl: 'http://127.0.0.1:9', chainId: 31_337, now })();
  assert.equal(context.network, undefined);
  assert.equal(context.nowSeconds, now());
  assert.equal(await context.rpc?.(1, 'eth_getCode', []), null);
});

test('with the network they get a resolver', () => {
  const context = outside({ mode: 'on', rpcUrl: 'http://127.0.0.1:9', chainId: 31_337, now })();
  assert.equal(typeof context.network?.resolve, 'function');
});

test('a key without an endpoint, or an unknown protocol, is refused by name', () => {
  const incomplete = readConfig({ SURETY_LLM_KEY: 'k' }, '/');
  assert.equal(incomplete.ok ? '' : incomplete.problem.field, 'SURETY_LLM_URL');
  const unknown = readConfig({ SURETY_LLM_KEY: 'k', SURETY_LLM_PROTOCOL: 'telepathy' }, '/');
  assert.equal(unknown.ok ? '' : unknown.problem.field, 'SURETY_LLM_PROTOCOL');
  assert.equal(unknown.ok ? '' : unknown.problem.code, 'config.invalid');
});
