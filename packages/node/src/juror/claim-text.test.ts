import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { type Chain, connect } from '@surety/chain';
import { unwrap } from '@surety/core';
import { type LocalChain, startChain } from '../../../chain/test/local-chain.ts';
import { createClaimTexts } from './claim-text.ts';

type Hex = `0x${string}`;

const QUESTION: Hex = `0x${'12'.repeat(32)}`;

let local: LocalChain;
let chain: Chain;
before(async () => {
  local = await startChain();
  chain = unwrap(await connect(local.rpcUrl));
  await local.rpc('anvil_mine', ['0x180']);
});
after(() => local?.kill());

/** The chain, and the blocks whose logs were asked for through it. */
const watched = (): { readonly chain: Chain; readonly ranges: (readonly [from: number, to: number])[] } => {
  const ranges: (readonly [number, number])[] = [];
  const request = (async (call: { readonly method: string; readonly params: readonly unknown[] }) => {
    const [{ fromBlock, toBlock }] = call.params as [{ readonly fromBlock: Hex; readonly toBlock: Hex }];
    ranges.push([Number(fromBlock), Number(toBlock)]);
    return chain.reader.request(call as never);
  }) as Chain['reader']['request'];
  return { chain: { ...chain, reader: { ...chain.reader, request } }, ranges };
};

test('the blocks of months are searched once for what nobody publishes, and anew after the chain went back', async () => {
  const seen = watched();
  const texts = createClaimTexts({ chain: seen.chain, fromBlock: 0n, nodes: [] });
  for (const head of [300n, 300n, 310n, 200n, 201n]) await texts.find(QUESTION, 2, head);
  assert.deepEqual(seen.ranges, [
    [0, 300],
    [172, 310],
    [0, 200],
    [72, 201],
  ]);
});

test('a node that goes on talking is not listened to', async (t) => {
  let sent = 0;
  const piece = Buffer.alloc(1 << 16, '[');
  const node = createServer((_, response) => {
    const more = (): void => {
      if (response.destroyed || sent > 1 << 28) return void response.end();
      sent += piece.length;
      if (response.write(piece)) setImmediate(more);
      else response.once('drain', more);
    };
    more();
  });
  t.after(() => node.close());
  await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(node.address() as AddressInfo).port}`;
  const texts = createClaimTexts({ chain, fromBlock: 0n, nodes: [url] });
  assert.equal((await texts.find(QUESTION, 2, 0n)).kind, 'missing');
  assert.ok(sent < 1 << 25, `${sent} bytes`);
});
