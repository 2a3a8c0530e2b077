import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { unwrap } from '@surety/core';
import { keccak256, stringToHex } from 'viem';
import { BOND_UNITS, type CourtWorld, startCourtWorld } from '../../test/court-world.ts';
import type { Chain } from '../index.ts';
import { createCourtBook } from './book.ts';
import { stateAt } from './views.ts';

let world: CourtWorld;
before(async () => {
  world = await startCourtWorld();
});
after(() => world?.local.kill());

/** The chain, and which views were asked for through it. */
const watched = (chain: Chain): { readonly chain: Chain; readonly views: string[] } => {
  const views: string[] = [];
  const readContract = ((call: { readonly functionName: string }) => {
    views.push(call.functionName);
    return chain.reader.readContract(call as never);
  }) as Chain['reader']['readContract'];
  return { chain: { ...chain, reader: { ...chain.reader, readContract } }, views };
};

test('questions that anybody asks for nothing cost whoever follows the court no views, and are read as the contract has them', async () => {
  const { chain, views } = watched(await world.member('asker'));
  const book = createCourtBook(chain, world.setting, { fromBlock: 0n });
  for (const text of ['one', 'two', 'three']) await world.ask(world.curator, keccak256(stringToHex(text)));
  const { cases, block } = unwrap(await book.read());
  assert.deepEqual(views, ['policyOf']);
  for (const { id, state, standing, endsAt, latestEndAt, need } of cases) {
    const live = await stateAt(world.curator, world.setting, id, block);
    assert.deepEqual(
      [state, standing ?? 252, endsAt, latestEndAt ?? 0, need],
      [live.state, live.standing, live.deadline, live.latestEnd, live.need],
    );
  }
  const proposer = await world.member('proposer');
  await world.deposit(proposer, BOND_UNITS);
  await world.must(proposer, { kind: 'court-propose', caseId: 2n, outcome: 1, bondUnits: BOND_UNITS, payWei: 0n });
  const after = unwrap(await book.read()).cases.map(({ state, standing }) => [state, standing]);
  assert.deepEqual(after, [
    ['asked', null],
    ['proposed', 1],
    ['asked', null],
  ]);
});
