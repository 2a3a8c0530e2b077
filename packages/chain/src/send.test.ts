import assert from 'node:assert/strict';
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
