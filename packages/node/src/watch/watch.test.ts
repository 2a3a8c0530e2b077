import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { unwrap } from '@surety/core';
import { iterate } from '@surety/programs';
import { openProgram, openRun, type RunBook } from '@surety/proofs';
import { Random } from '../../../programs/test/random.ts';
import {
  randomInputs,
  randomProgram,
  randomStepProgram,
  randomStreams,
} from '../../../programs/test/random-program.ts';
import { elementsOf } from '../../../proofs/src/optimistic/view.ts';
import { tell, truth } from '../../../proofs/test/liar.ts';
import { LIES, OF_STEPS, UNANSWERABLE } from '../../../proofs/test/lies.ts';
import { keyOfStory, liarRoute } from '../../test/liar-party.ts';
import { createWorld, holdFiles, type Party, type World } from '../../test/watch-world.ts';
import { differingOf } from '../runs/differing.ts';

const PROGRAM = randomProgram(3, 6);
const INPUTS = randomInputs(PROGRAM, 3);
const STEPS = 3;

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

const found = (look: Awaited<ReturnType<Party['settle']>>, id: string) =>
  look?.known.find(({ view }) => view.id === id);

const mined = (parties: readonly Party[]): number =>
  parties.flatMap(({ moves }) => moves).filter(({ sent }) => sent.kind === 'mined').length;

/** Both sides move, and stall until the clock of whoever has nothing to say has run out, until a claim is decided. */
const playOut = async (id: string, ...parties: readonly Party[]) => {
  for (let round = 0; round < 60; round++) {
    const before = mined(parties);
    for (const party of parties) {
      const view = found(await party.settle(), id)?.view;
      if (view !== undefined && view.state !== 'open') return view;
    }
    if (mined(parties) === before) await world.pass(601);
  }
  return assert.fail('it does not end');
};

test('an honest claim goes final after its window, and nobody disputes it', async () => {
  const provider = await world.party(0);
  const { id } = await world.post(provider, own.run);
  assert.equal(found(await watcher.settle(), id)?.knowledge.kind, 'right');
  assert.equal(found(await provider.settle(), id)?.view.state, 'open');
  await world.pass(601);
  const done = found(await provider.settle(), id);
  assert.deepEqual([done?.view.state, done?.view.disputes, watcher.moves], ['final', [], []]);
});

test('the own claim is defended against a challenger that asks on and on, whose stake is won', async () => {
  const provider = await world.party(0);
  const asker = await world.party(2, {
    // It knows nothing, and asks about one value after the other.
    route: () => ({
      check: async () => ({
        kind: 'wrong',
        answer: async () => null,
        next: async ({ length }) => ({
          kind: 'ask',
          question: `0x0100000000000000000000${'00000000'}${`0${length + 1}`}`,
        }),
        close: async () => undefined,
      }),
    }),
  });
  const { id } = await world.post(provider, own.run);
  for (let round = 0; round < 12; round++)
    for (const party of [asker, provider]) await party.watcher.tick().then(party.checks.idle);
  await world.pass(601);
  const view = await playOut(id, provider);
  assert.equal(view.state, 'final');
  const [dispute] = view.disputes;
  assert.ok(dispute !== undefined && dispute.exchanges.length > 1);
  assert.equal(dispute.stakeTo?.toLowerCase(), provider.me.toLowerCase());
});

for (const [name, tellLie] of Object.entries(LIES)) {
  test(`a wrong claim is void: ${name}`, async () => {
    const program = randomStepProgram(11, 5);
    const iteration = unwrap(iterate(program, STEPS));
    holdFiles(world.folder, [program]);
    const streams = randomStreams(iteration, 11);
    const ofSteps = OF_STEPS.has(name);
    const right = ofSteps ? unwrap(await openRun(openProgram(program), streams, { steps: STEPS })) : own;
    watcher.holdings.keepInput(streams);
    const view = tell(tellLie(await truth(right), new Random(5)));
    const liar = await world.party(3, { route: () => liarRoute(new Map([[keyOfStory(view), view]])) });
    const { id } = await world.post(liar, view.run);
    const done = await playOut(id, watcher, liar);
    assert.equal(done.ended?.kind === 'void' && done.ended.byClock, UNANSWERABLE.has(name));
    // Where data was shown, people are told which element it is about, and what both sides say.
    const told = await Promise.all(done.disputes.map((dispute) => differingOf(done, dispute, right)));
    for (const each of told.filter((differing) => differing !== null)) {
      const { node, step, element, claimed, own: mine } = each;
      const type = (await right.step(step))!.node(node)!;
      assert.deepEqual([elementsOf(type, element, 1), claimed === mine], [[mine], false]);
    }
    if (name === 'a bit of a value') assert.ok(told.some((differing) => differing !== null));
    if (ofSteps) await right.close();
  });
}
