import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Chain, connect } from '@surety/chain';
import { unwrap } from '@surety/core';
import { type LocalChain, startChain } from '../../../chain/test/local-chain.ts';
import { createChainClock } from './chain-clock.ts';

let local: LocalChain;
let chain: Chain;
before(async () => {
  local = await startChain();
  chain = unwrap(await connect(local.rpcUrl));
});
after(() => local?.kill());

const headOf = async () => {
  const { hash, timestamp } = await chain.reader.getBlock();
  return { hash, timestamp: Number(timestamp) };
};

test('an idle chain’s time goes on: before its newest block was seen, and since', async () => {
  const head = await headOf();
  await local.rpc('evm_increaseTime', [500]);
  let own = 1_000;
  const clock = createChainClock(chain, () => own);
  const first = await clock(head);
  assert.ok(first >= head.timestamp + 500, 'whoever comes late sees how late it is');
  own += 30;
  assert.equal(await clock(head), first + 30);
  own -= 100;
  assert.equal(await clock(head), first, 'a clock that went back takes nothing back');
});

test('where the chain says nothing of its next block, its newest one is taken', async () => {
  await local.kill();
  assert.equal(await createChainClock(chain, () => 5)({ hash: '0x1', timestamp: 77 }), 77);
});
