import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { deployCourt } from '@surety/chain';
import { type Result, unwrap } from '@surety/core';
import { zeroAddress } from 'viem';
import { type CourtWorld, FLOOR, startCourtWorld } from '../../../chain/test/court-world.ts';
import { CLAIM, QUESTION } from '../../test/juror-world.ts';
import { openChainCourt } from './open.ts';

let world: CourtWorld;
before(async () => {
  world = await startCourtWorld();
});
after(() => world?.local.kill());

const open = (court: string | null) =>
  openChainCourt({
    ...{ chain: world.curator, court, environment: 'development', believed: null, coinUnits: null, now: () => 0 },
    grounds: { find: async () => null },
    held: async (id) => (`0x${id}` === QUESTION ? CLAIM : null),
  });

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.problem.code);

test('a node lists the cases of its court, with the claims that it holds itself', async () => {
  await world.ask(world.curator, QUESTION);
  await world.ask(world.curator, `0x${'77'.repeat(32)}`);
  const reader = open(world.setting.court.toLowerCase());
  const { cases, chain } = unwrap(await reader.list());
  assert.equal(chain.court, world.setting.court);
  assert.deepEqual(
    cases.map(({ caseId, claimFrom, plainWords, labels, due }) => [caseId, claimFrom, plainWords, labels, due]),
    [
      [2, null, null, ['outcome 0', 'outcome 1'], null],
      [1, 'node', 'Is the site uniswap-claim-rewards.app a scam? Answers: scam or legitimate.', CLAIM.outcomes, null],
    ],
  );
  assert.equal(codeOf(await reader.find(3)), 'court.case-unknown');
});

test('without a court, with a wrong address, or with one in another currency, it says so', async () => {
  assert.equal(codeOf(await open(null).list()), 'chain.not-deployed');
  assert.equal(codeOf(await open(null).find(1)), 'chain.not-deployed');
  assert.equal(codeOf(await open(world.setting.currency).list()), 'chain.not-deployed');
  assert.notEqual(codeOf(await open('nowhere').list()), 'ok');
  const rest = { leastStakeUnits: 1n, fallbackBlocks: 9n, floor: FLOOR, persons: null };
  const plan = { currency: zeroAddress, curator: zeroAddress, ...rest };
  const native = unwrap(await deployCourt(world.curator, plan));
  assert.equal(codeOf(await open(native.court).list()), 'court.interface');
});
