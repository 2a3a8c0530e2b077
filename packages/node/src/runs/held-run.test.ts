/** What own runs of held programs say of disputed claims, on a real chain. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { unwrap } from '@surety/core';
import { openProgram, openRun, type RunBook } from '@surety/proofs';
import { Random } from '../../../programs/test/random.ts';
import { randomInputs, randomProgram } from '../../../programs/test/random-program.ts';
import { tell, truth } from '../../../proofs/test/liar.ts';
import { LIES } from '../../../proofs/test/lies.ts';
import { keyOfStory, liarRoute } from '../../test/liar-party.ts';
import { createWorld, holdFiles, type Party, type World } from '../../test/watch-world.ts';
import { createHeldRuns } from './held-run.ts';
import { KnownProgram } from './known-program.ts';

const PROGRAM = randomProgram(3, 6);
const INPUTS = randomInputs(PROGRAM, 3);
const NONE = new KnownProgram(null);

let world: World;
let watcher: Party;
let own: RunBook;

before(async () => {
  world = await createWorld();
  holdFiles(world.folder, [PROGRAM]);
  watcher = await world.party(1);
  watcher.holdings.keepInput(INPUTS);
  own = unwrap(await openRun(openProgram(PROGRAM), INPUTS));
});
after(async () => {
  await own?.close();
  await world?.stop();
});

test('an own run is made once a claim is disputed, says where it differs, and gives way to what a contract was shown', async () => {
  const story = tell(LIES['a bit of a value, and all that follows'](await truth(own), new Random(5)));
  const liar = await world.party(3, { route: () => liarRoute(new Map([[keyOfStory(story), story]])) });
  const { id } = await world.post(liar, story.run);
  const held = createHeldRuns(watcher.holdings, () => []);
  const nothing = createHeldRuns({ ...watcher.holdings, program: () => null }, () => []);
  const view = async () => (await liar.settle())!.known.find((each) => each.view.id === id)!.view;
  assert.equal(await held.agrees(await view()), null);
  let differed = false;
  for (let round = 0; round < 40; round++) {
    await watcher.settle();
    const now = await view();
    if (now.state !== 'open') break;
    assert.deepEqual([await held.agrees(now), await nothing.agrees(now)], ['other', null]);
    const differing = await held.differing(now, now.disputes[0]!, null, NONE);
    if (differing === null) continue;
    differed = true;
    assert.notEqual(differing.claimed, differing.own);
    assert.equal(await nothing.differing(now, now.disputes[0]!, null, NONE), null);
  }
  const done = await view();
  assert.deepEqual([done.state, differed, await held.agrees(done)], ['void', true, null]);
  await held.close();
  await nothing.close();
});

test('a claim that nobody could refute agrees with the own run, whatever became of it', async () => {
  const silent = await world.party(0, { route: () => liarRoute(new Map()) });
  const asker = await world.party(2, {
    route: () => ({
      check: async () => ({
        kind: 'wrong',
        answer: async () => null,
        next: async () => ({ kind: 'ask', question: `0x0100000000000000000000${'00000000'}01` }),
        close: async () => undefined,
      }),
    }),
  });
  const { id } = await world.post(silent, own.run);
  await asker.settle();
  await world.pass(601);
  const view = (await asker.settle())!.known.find((each) => each.view.id === id)!.view;
  assert.ok(view.ended?.kind === 'void' && view.ended.byClock);
  const held = createHeldRuns(watcher.holdings, () => []);
  assert.equal(await held.agrees(view), 'same');
  await held.close();
});
