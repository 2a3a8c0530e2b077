/** Disputes about proofs, made by watchers that are killed after every single move. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { stepClaim } from '@surety/proofs/zk';
import { pretended } from '../../../../proofs/test/step-lies.ts';
import { provedRun, startPublisher, storyRoute } from '../../../test/step-party.ts';
import { startWatch } from '../../../test/watch-process.ts';
import { createWorld, PROVIDER_KEY, WATCHER_KEY } from '../../../test/watch-world.ts';
import { keepArchitecture, keepStepData } from './held.ts';

test('a challenger that is killed after every move ends at the wrong step, also when the data are published no more', async (t) => {
  const world = await createWorld();
  t.after(world.stop);
  const publisher = await startPublisher();
  t.after(publisher.stop);
  const { architecture, file } = await provedRun([20, 12, 10]);
  const honest = unwrap(await stepClaim(architecture, file));
  const at = honest.program.steps.findIndex(({ writes }, i) => i > 300 && writes.length > 0);
  const story = pretended(honest, honest.data, (index) => index === at);
  publisher.publish(story);
  const liar = await world.party(3, { folder: world.home([]), steps: storyRoute(story) });
  const { id } = await world.post(liar, story.run, { verifier: world.contracts.proofStepVerifier });
  const home = world.home([]);
  keepArchitecture(home, honest.program.id, architecture);
  const moves: unknown[] = [];
  for (let life = 0; moves.at(-1) !== 'expire'; life++) {
    assert.ok(life < 10, `${moves}`);
    const watch = startWatch(
      { rpcUrl: world.local.rpcUrl, key: WATCHER_KEY },
      { home, nodeUrls: life === 0 ? [publisher.url] : [] },
    );
    for await (const message of watch.messages) {
      if (message.kind !== 'move') continue;
      assert.equal(message.outcome, 'mined', JSON.stringify(message));
      moves.push(message.move);
      break;
    }
    await watch.kill();
    const before = liar.moves.filter(({ sent }) => sent.kind === 'mined').length;
    await liar.settle();
    // To the last question there is no answer.
    if (liar.moves.filter(({ sent }) => sent.kind === 'mined').length === before) await world.pass(601);
  }
  assert.deepEqual([moves[0], moves.at(-1)], ['dispute', 'expire']);
  const look = await liar.settle();
  assert.equal(look?.known.find((each) => each.view.id === id)?.view.state, 'void');
});

test('a provider that is killed after every answer defends what is right', async (t) => {
  const world = await createWorld();
  t.after(world.stop);
  const { architecture, file } = await provedRun([20, 12, 10]);
  const honest = unwrap(await stepClaim(architecture, file));
  const home = world.home([]);
  keepArchitecture(home, honest.program.id, architecture);
  keepStepData(home, honest);
  // Nothing was published: the other one asks for all of it.
  const asker = await world.party(1, { folder: world.home([]) });
  keepArchitecture(asker.folder, honest.program.id, architecture);
  const provider = await world.party(0, { folder: home });
  const { id } = await world.post(provider, honest.run, { verifier: world.contracts.proofStepVerifier });
  await world.pass(151);
  await asker.settle();
  for (let life = 0; life < 3; life++) {
    const watch = startWatch({ rpcUrl: world.local.rpcUrl, key: PROVIDER_KEY }, { home });
    for await (const message of watch.messages) {
      if (message.kind !== 'move') continue;
      assert.deepEqual([message.move, message.outcome], ['answer', 'mined'], JSON.stringify(message));
      break;
    }
    await watch.kill();
    await asker.settle();
  }
  for (let round = 0; round < 40; round++) {
    await provider.settle();
    const look = await asker.settle();
    const view = look?.known.find((each) => each.view.id === id)?.view;
    if (view?.disputes[0]?.turn === 'closed') {
      assert.equal(view.disputes[0].stakeTo?.toLowerCase(), provider.me.toLowerCase());
      return;
    }
  }
  assert.fail('it does not end');
});
