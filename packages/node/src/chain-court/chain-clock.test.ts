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

test('a chain without blocks for an hour is an hour on, also for whoever looks for the first time', async () => {
  await local.rpc('evm_mine');
  const block = await chain.reader.getBlock();
  const newest = { hash: block.hash, timestamp: Number(block.timestamp) };
  await local.rpc('evm_increaseTime', [3_600]);
  let own = 0;
  const clock = createChainClock(chain, () => own);
  const at = await clock(newest);
  assert.ok(at >= newest.timestamp + 3_600 && at < newest.timestamp + 3_700, String(at - newest.timestamp));
  own = 90;
  assert.equal(await clock(newest), at + 90, 'then it goes on as the own clock does');
  own = 0;
  assert.equal(await clock(newest), at, 'and never before what the chain has said');
});

test('where the chain does not say, its newest block does', async () => {
  const other = await startChain();
  const away = unwrap(await connect(other.rpcUrl));
  await other.kill();
  assert.equal(await createChainClock(away, () => 0)({ hash: '0x12', timestamp: 7 }), 7);
});
