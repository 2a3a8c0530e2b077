import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { KEYS, startChain } from '../test/local-chain.ts';
import { connect } from './client.ts';
import { send } from './send.ts';

type Pool = { readonly pending: Readonly<Record<string, Readonly<Record<string, { readonly hash: string }>>>> };

test('a transaction that the chain has dropped is sent again, one that is too cheap is outbid, and one of them is mined', async () => {
  const local = await startChain();
  try {
    const chain = unwrap(await connect(local.rpcUrl, { key: KEYS[0] }));
    const waiting = async (): Promise<readonly string[]> => {
      const { pending } = (await local.rpc('txpool_content')) as Pool;
      return Object.values(pending).flatMap((byNonce) => Object.values(byNonce).map(({ hash }) => hash));
    };
    const other = async (not: readonly string[]): Promise<string> => {
      for (;;) {
        const [hash] = await waiting();
        if (hash !== undefined && !not.includes(hash)) return hash;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    await local.rpc('evm_setAutomine', [false]);
    const sending = send(chain, { to: `0x${'11'.repeat(20)}`, data: '0x' }, { outbidSeconds: 0.2 });
    const first = await other([]);
    await local.rpc('anvil_dropTransaction', [first]);
    const second = await other([first]);
    const third = await other([first, second]);
    await local.rpc('evm_mine');
    const sent = await sending;
    assert.equal(sent.kind, 'mined');
    assert.equal(sent.hash, third);
    assert.ok(sent.feeWei > 0n);
    assert.deepEqual(await waiting(), []);
  } finally {
    await local.kill();
  }
});

/** The local chain behind a node that has mined a transaction before it can show the receipt. */
const laggingNode = async (rpcUrl: string, hidden: number) => {
  let asked = 0;
  const server = createServer(async (request, response) => {
    const body = await new Response(request as unknown as ReadableStream).text();
    const answer = await (
      await fetch(rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    ).json();
    const hides = body.includes('eth_getTransactionReceipt') && asked++ < hidden;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(hides ? { ...answer, result: null } : answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
    asked: () => asked,
  };
};

test('a nonce that is taken before the receipt shows is no lost transaction', async () => {
  const local = await startChain();
  const node = await laggingNode(local.rpcUrl, 4);
  try {
    const chain = unwrap(await connect(node.url, { key: KEYS[0] }));
    const sent = await send(chain, { to: `0x${'11'.repeat(20)}`, data: '0x' });
    assert.equal(sent.kind, 'mined');
    assert.ok(node.asked() > 4);
  } finally {
    node.close();
    await local.kill();
  }
});
