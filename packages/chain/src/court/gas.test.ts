import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { unwrap } from '@surety/core';
import { encodeFunctionData, keccak256, stringToHex, zeroHash } from 'viem';
import { BOND_UNITS, type CourtWorld, HOUR_SECONDS, startCourtWorld } from '../../test/court-world.ts';
import { Court } from '../generated/index.ts';
import { send } from '../send.ts';
import { submit } from '../submit.ts';
import { createCourtBook } from './book.ts';

let world: CourtWorld;
before(async () => {
  world = await startCourtWorld();
});
after(() => world?.local.kill());

/** `JUMPDEST; PUSH1 0; JUMP`: takes all the gas that it is given. */
const GREEDY = '0x5b600056';

test('the count of the last round ends a case, and an asker that burns all of its callback keeps nobody from it', async () => {
  const { setting, local, must, curator } = world;
  const { court, panels, jurors } = setting;
  const at = { court, panels, jurors };
  const asker = await world.member('asker');
  const payer = await world.member('payer');
  const terms = {
    ...{ question: keccak256(stringToHex('?')), outcomes: 2, policy: world.policyId, exclusions: zeroHash },
    ...{ reward: 0n, opensAt: 0, callback: true },
    answerBy: Number((await asker.reader.getBlock()).timestamp) + 24 * HOUR_SECONDS,
  };
  await send(asker, { to: court, data: encodeFunctionData({ abi: Court.abi, functionName: 'ask', args: [terms] }) });
  await local.rpc('anvil_setCode', [asker.account!.address, GREEDY]);
  await world.deposit(payer, 50n * BOND_UNITS);
  const inCase = { caseId: 1n, payWei: 0n } as const;
  await must(payer, { kind: 'court-propose', ...inCase, outcome: 0, bondUnits: BOND_UNITS });
  const book = createCourtBook(payer, setting, { fromBlock: 0n });
  const look = async () => unwrap(await book.read()).cases[0]!;
  // Nobody is drawn, so that no round has a ruling: people are paid for twice, and never come.
  for (const rung of [1, 2, 3]) {
    const amountUnits = 40n * BOND_UNITS;
    await must(payer, { kind: 'court-fund', ...inCase, rung, outcome: 1, amountUnits, beforeUnits: 0n });
    for (let of = await look(); of.rounds.at(-1)?.result === null; of = await look()) {
      const { number, panel } = of.rounds.at(-1)!;
      await world.mineAt(panel.revealEndsAt);
      const sent = await submit(curator, world.contracts, { kind: 'court-tally', at, caseId: 1n, round: number });
      assert.equal(sent.kind, 'mined', JSON.stringify('problem' in sent ? sent.problem : sent.kind));
    }
  }
  const { state, rounds, calledBack } = await look();
  assert.deepEqual([state, rounds.length, calledBack], ['undecided', 4, false]);
});
