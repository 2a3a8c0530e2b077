import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Chain, ContractCase } from '@surety/chain';
import { groundsText } from '@surety/court';
import { type CourtWorld, enrol, startCourtWorld } from '../../../chain/test/court-world.ts';
import { createSaid } from './said.ts';

let world: CourtWorld;
let juror: Chain;
before(async () => {
  world = await startCourtWorld();
  juror = await world.member('juror');
  await enrol(world, juror, 'juror-model:grams', 1);
});
after(() => world?.local.kill());

/** What is shown of a seat whose vote rests on a text. */
const said = async (round: number, text: string | null) => {
  const seat = { juror: juror.account!.address, reading: `0x${'11'.repeat(32)}` };
  const of = { rounds: [{ number: round, seats: [seat] }] } as unknown as ContractCase;
  const { curator: chain, setting } = world;
  const read = createSaid({ chain, setting, grounds: { find: async () => text } });
  return (await read(of))(of.rounds[0]!.seats[0]!);
};

const of = (family: string): string =>
  groundsText({ type: 'surety/juror-grounds/v1', family, program: 'p', reading: 'ab'.repeat(32), reason: 'So.' });

test('a family is named only where it is the registered one', async () => {
  assert.deepEqual(await said(1, of('juror-model:grams')), { family: 'juror-model:grams', reason: 'So.' });
  assert.deepEqual(await said(2, of('juror-model:trees')), { family: null, reason: 'So.' });
});

test('of an AI seat a record is read, of a person the reason itself, and nothing of what is not there', async () => {
  assert.equal(await said(1, 'Just words.'), null);
  assert.deepEqual(await said(3, 'Just words.'), { family: null, reason: 'Just words.' });
  assert.equal(await said(3, 'x'.repeat(1_025)), null);
  assert.equal(await said(3, null), null);
});
