import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { openProgram, openRun } from '@surety/proofs';
import { Random } from '../../../programs/test/random.ts';
import { randomInputs, randomProgram } from '../../../programs/test/random-program.ts';
import { tell, truth } from '../../../proofs/test/liar.ts';
import { LIES } from '../../../proofs/test/lies.ts';
import { keyOfStory, liarRoute } from '../../test/liar-party.ts';
import { startWatch } from '../../test/watch-process.ts';
import { createWorld, holdFiles, WATCHER_KEY } from '../../test/watch-world.ts';

const PROGRAM = randomProgram(3, 6);
const INPUTS = randomInputs(PROGRAM, 3);

test('a watcher that is killed after every single move wins all the same', async (t) => {
  const world = await createWorld();
  t.after(world.stop);
  holdFiles(world.folder, [PROGRAM]);
  const run = unwrap(await openRun(openProgram(PROGRAM), INPUTS));
  t.after(run.close);
  const view = tell(LIES['a bit of a value, and all that follows'](await truth(run), new Random(5)));
  const liar = await world.party(3, { route: () => liarRoute(new Map([[keyOfStory(view), view]])) });
  const { id } = await world.post(liar, view.run);
  const home = world.home([INPUTS]);
  const moves: unknown[] = [];
  for (let life = 0; moves.at(-1) !== 'refute'; life++) {
    assert.ok(life < 10, `${moves}`);
    const watch = startWatch({ rpcUrl: world.local.rpcUrl, key: WATCHER_KEY }, { home, programs: [world.folder] });
    for await (const message of watch.messages) {
      if (message.kind !== 'move') continue;
      assert.equal(message.outcome, 'mined', JSON.stringify(message));
      moves.push(message.move);
      break;
    }
    await watch.kill();
    await liar.settle();
  }
  assert.equal(moves[0], 'dispute');
  const look = await liar.settle();
  assert.equal(look?.known.find((each) => each.view.id === id)?.view.state, 'void');
});

test('it says what it cannot check, and stops when it is told to', async (t) => {
  const world = await createWorld();
  t.after(world.stop);
  const run = unwrap(await openRun(openProgram(PROGRAM), INPUTS));
  t.after(run.close);
  const provider = await world.party(0);
  const { id } = await world.post(provider, run.run);
  const watch = startWatch(
    { rpcUrl: world.local.rpcUrl, key: WATCHER_KEY },
    { home: world.home([]), metricsPort: 0, programs: [] },
  );
  let port: unknown = null;
  for await (const message of watch.messages) {
    if (message.kind === 'watching') port = message.metricsPort;
    if (message.kind !== 'checked') continue;
    assert.deepEqual([message.claimId, message.found, message.what], [id, 'unheld', 'program']);
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    assert.match(metrics, /\nsurety_watch_claims_seen_total 1\n/);
    break;
  }
  await watch.kill('SIGTERM');
});
