import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';

import { unwrap } from '@surety/core';

import { KEYS, startChain } from '../test/local-chain.ts';
import { attempt, connect, readSettlement } from './index.ts';

const listen = (handler: RequestListener): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer(handler).listen(0, '127.0.0.1', () => resolve(server));
  });

const codeAt = async (handler: RequestListener): Promise<string> => {
  const server = await listen(handler);
  try {
    const { port } = server.address() as AddressInfo;
    const found = await connect(`http://127.0.0.1:${port}`, { timeoutSeconds: 1 });
    return found.ok ? `chain ${found.value.chainId}` : found.problem.code;
  } finally {
    server.closeAllConnections();
    server.close();
  }
};

const json =
  (body: unknown): RequestListener =>
  (_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  };

test('whatever answers at the RPC address, the outcome is a connection or a listed code', async () => {
  const ok = json({ jsonrpc: '2.0', id: 1, result: '0x7a69' });
  assert.equal(await codeAt(ok), 'chain 31337');
  const odd: readonly (readonly [string, RequestListener])[] = [
    ['a web page', (_, response) => response.setHeader('content-type', 'text/html').end('<html>hello</html>')],
    ['not found', (_, response) => response.writeHead(404).end('no')],
    ['an error page', (_, response) => response.writeHead(500).end('broken')],
    ['nothing', (_, response) => response.end()],
    ['silence', () => undefined],
    ['a hang-up', (request) => request.socket.destroy()],
    ['half of JSON', (_, response) => response.setHeader('content-type', 'application/json').end('{"jsonrpc":')],
    ['no result', json({ jsonrpc: '2.0', id: 1 })],
    ['null', json(null)],
    ['a result of another type', json({ jsonrpc: '2.0', id: 1, result: { chain: 1 } })],
    ['a chain id that is no number', json({ jsonrpc: '2.0', id: 1, result: 'mainnet' })],
    ['an RPC error', json({ jsonrpc: '2.0', id: 1, error: { code: -32601, message: 'method not found' } })],
  ];
  for (const [name, handler] of odd) {
    const code = await codeAt(handler);
    assert.match(code, /^chain\.(unreachable|bad-response|reverted)$/, `${name}: ${code}`);
  }
});

test('an address that is none is unreachable', async () => {
  for (const rpcUrl of ['', 'nonsense', 'http://', 'ftp://127.0.0.1/', 'http://127.0.0.1:99999/']) {
    const found = await connect(rpcUrl, { timeoutSeconds: 1 });
    assert.equal(found.ok ? 'ok' : found.problem.code, 'chain.unreachable', rpcUrl);
  }
});

test('reads of contracts that are not there say so; bugs are not hidden', async () => {
  const local = await startChain();
  try {
    const chain = unwrap(await connect(local.rpcUrl, { key: KEYS[0] }));
    const nowhere = `0x${'11'.repeat(20)}` as const;
    const contracts = {
      dollar: nowhere,
      settlement: nowhere,
      anchor: nowhere,
      receiptVerifier: nowhere,
      coverBond: nowhere,
      arbiter: nowhere,
      tensorVerifier: nowhere,
      proofVerifier: nowhere,
      proofStepVerifier: nowhere,
    };
    const found = await readSettlement(chain, contracts);
    assert.equal(found.ok ? 'ok' : found.problem.code, 'chain.not-deployed');
    await assert.rejects(
      attempt(chain, () => Promise.reject(new TypeError('a bug'))),
      TypeError,
    );
  } finally {
    await local.kill();
  }
});
