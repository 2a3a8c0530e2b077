import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createCourtBook } from '@surety/chain';
import { unwrap } from '@surety/core';
import { BOND_UNITS, DRAND, HOUR_SECONDS } from '../../../chain/test/court-world.ts';
import { FAMILIES, type JurorWorld, startJurorWorld } from '../../test/juror-world.ts';
import { drandRounds } from '../drand.ts';
import { builtInJuror } from './built-in.ts';
import { createClaimTexts } from './claim-text.ts';
import { createKeptVotes } from './kept-votes.ts';
import { createJurorService, type JurorOptions, type JurorService } from './service.ts';

let world: JurorWorld;
before(async () => {
  world = await startJurorWorld();
});
after(() => world?.stop());

const serviceOf = (i: number, moves: string[], more: Partial<JurorOptions> = {}): JurorService => {
  const chain = world.jurors[i]!;
  return createJurorService({
    ...{ chain, contracts: world.contracts, court: world.setting, me: chain.account!.address, keeps: 'own' },
    juror: unwrap(builtInJuror(FAMILIES[i]!)),
    texts: createClaimTexts({ chain, fromBlock: 0n, nodes: [] }),
    votes: createKeptVotes(world.folder(FAMILIES[i]!)),
    drand: drandRounds({ mode: 'on', url: world.drandUrl, onError: (cause) => assert.fail(String(cause)) }),
    book: createCourtBook(chain, world.setting, { fromBlock: 0n }),
    now: () => 0,
    terms: { coinUnits: 0n, floorUnits: 0n },
    ...{ publish: async () => null, onUnpublished: () => undefined },
    onVote: () => undefined,
    onMove: ({ kind }) => moves.push(kind),
    onTrouble: (move, problem) => assert.fail(JSON.stringify([move.kind, problem])),
    ...more,
  });
};

test('a juror that is started where no block has come for long is not late by that', async () => {
  const client = await world.member('client');
  await world.deposit(client, 20n * BOND_UNITS);
  const caseId = await world.ask(client, `0x${'77'.repeat(32)}`);
  await world.nextAt(DRAND.seconds - 1_000);
  await world.must(client, { kind: 'court-propose', caseId, outcome: 0, bondUnits: BOND_UNITS, payWei: 0n });
  await world.nextAt(DRAND.seconds - 60);
  const all = { rung: 1, amountUnits: 10n * BOND_UNITS, beforeUnits: 0n, payWei: 0n };
  await world.must(client, { kind: 'court-fund', caseId, outcome: 1, ...all });
  await world.mineAt(DRAND.seconds);
  const moves: string[] = [];
  unwrap(await serviceOf(0, moves).tick());
  // The rest of the draw's hour, and half of the commitments' quarter of an hour.
  await world.local.rpc('evm_increaseTime', [3_600 + 480]);
  unwrap(await serviceOf(0, moves).tick());
  assert.deepEqual(moves, ['draw', 'commit']);
});

test('cases of others, however many, keep nobody long from looking for an own vote', async () => {
  for (const digit of '3456') await world.ask(world.curator, `0x${digit.repeat(64)}`);
  await world.local.rpc('evm_increaseTime', [31 * 24 * HOUR_SECONDS]);
  await world.local.rpc('evm_mine');
  const moves: string[] = [];
  let own = 0;
  // Each step takes a while.
  const now = (): number => own;
  const onMove: JurorOptions['onMove'] = ({ kind, caseId }) => {
    own += 20;
    moves.push(`${kind} ${caseId}`);
  };
  const service = serviceOf(1, [], { keeps: 'all', now, onMove });
  const book = unwrap(await service.tick());
  assert.equal(book.moved, 2, `${moves}`);
  while (unwrap(await service.tick()).moved > 0);
  for (const id of [2, 3, 4, 5]) assert.ok(moves.includes(`finalise ${id}`), `${moves}`);
});
