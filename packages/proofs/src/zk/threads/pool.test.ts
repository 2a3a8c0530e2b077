/** How many threads work, and what becomes of them: whatever happens, all have ended when the work has. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { SuretyError } from '@surety/core';
import type { StartThread } from '@surety/programs';
import { startNodeThread } from '../../../../programs/src/engine/node-threads.ts';
import { ProofMemory } from '../memory.ts';
import { COUNTERS, KERNEL } from './layout.ts';
import { MOST_THREADS, type ThreadPool, threadsFor, threadsProblem } from './pool.ts';
import { startTeam, type TeamPlace } from './team.ts';

/** A pool that knows how many threads of it live. */
const counted = (start: StartThread = startNodeThread): { readonly pool: ThreadPool; readonly alive: () => number } => {
  let alive = 0;
  const counting: StartThread = async (script, data) => {
    const stop = await start(script, data);
    alive++;
    return async () => {
      await stop();
      alive--;
    };
  };
  return { pool: { start: counting, cores: 4 }, alive: () => alive };
};

const isLost = (error: unknown): boolean => error instanceof SuretyError && error.code === 'proof.thread-lost';

/** What a memory is made of. */
const placeOf = (memory: ProofMemory): TeamPlace => {
  const { module, memory: own, alone: kernels } = memory as unknown as TeamPlace & { readonly alone: never };
  return { module, memory: own, kernels };
};

test('threads are as many as the pool has where there is work for them', () => {
  const { pool } = counted();
  assert.equal(threadsFor({}, 1e12), 1, 'no pool');
  assert.equal(threadsFor({ pool }, 1e6), 1, 'little work');
  assert.equal(threadsFor({ pool }, 1e9), 4);
  assert.equal(threadsFor({ pool: { ...pool, cores: 96 } }, 1e9), MOST_THREADS);
  assert.equal(threadsFor({ pool, threads: 2 }, 1), 2, 'as stated');
});

test('numbers of threads that cannot be had are refused', () => {
  const { pool } = counted();
  for (const threads of [0, -1, 1.5, MOST_THREADS + 1, Number.NaN]) {
    assert.equal(threadsProblem({ threads, pool })?.code, 'input.out-of-range', `${threads}`);
  }
  assert.equal(threadsProblem({ threads: 2 })?.field, 'threads', 'no pool');
  for (const threads of [1, 2, MOST_THREADS]) assert.equal(threadsProblem({ threads, pool }), null);
  assert.equal(threadsProblem({ threads: 1 }), null);
});

test('where a thread may not wait for others it proves alone', (t) => {
  const { pool } = counted();
  t.mock.method(Atomics, 'wait', () => {
    throw new TypeError('Atomics.wait cannot be called in this context');
  });
  assert.equal(threadsFor({ pool }, 1e12), 1);
  assert.equal(threadsProblem({ pool, threads: 2 })?.limit, '1 here');
  assert.equal(threadsProblem({ pool, threads: 1 }), null);
});

test('threads have ended when the work is done, and when it fails', async () => {
  const memory = await ProofMemory.create();
  const { pool, alive } = counted();
  const done = await memory.together(3, pool, async (joined) => {
    await joined();
    assert.equal(alive(), 2);
    return 'done';
  });
  assert.deepEqual([done, alive(), memory.threads], ['done', 0, 1]);
  const reason = new Error('stopped');
  const failing = [
    async () => {
      throw reason;
    },
    async (joined: () => Promise<void>) => {
      await joined();
      throw reason;
    },
  ];
  for (const work of failing) {
    await assert.rejects(memory.together(3, pool, work), reason);
    assert.deepEqual([alive(), memory.threads], [0, 1]);
  }
});

test('threads that do not start', async () => {
  const memory = await ProofMemory.create();
  let started = 0;
  const { pool, alive } = counted((script, data) =>
    ++started === 2 ? Promise.reject(new Error('no more threads')) : startNodeThread(script, data),
  );
  const work = memory.together(4, pool, (joined) => joined());
  await assert.rejects(work, (error: SuretyError) => isLost(error) && /no more threads/.test(`${error.cause}`));
  assert.deepEqual([started, alive()], [3, 0]);
  assert.equal(await memory.together(4, counted().pool, async () => 'alone'), 'alone');
});

test('a thread that ends before it works', async () => {
  const memory = await ProofMemory.create();
  const { pool, alive } = counted((script, data) =>
    startNodeThread(data.thread === 2 ? 'process.exit(3);' : script, data),
  );
  const work = memory.together(3, pool, (joined) => joined());
  await assert.rejects(work, (error: SuretyError) => isLost(error) && /ended with 3/.test(`${error.cause}`));
  assert.equal(alive(), 0);
});

test('a thread that dies at its work', async () => {
  const memory = await ProofMemory.create();
  const place = placeOf(memory);
  const { pool, alive } = counted();
  const team = await startTeam(place, 2, pool.start);
  const { words } = team.slot();
  // An address beyond the memory.
  words.set([KERNEL.foldRange, 2 ** 31, 64, 64, 16, 0]);
  team.handOut();
  const counters = new Int32Array(place.memory.buffer);
  while (Atomics.load(counters, COUNTERS.lost) === 0) await sleep(1);
  assert.throws(team.finish, isLost);
  await team.close();
  assert.equal(alive(), 0);
});

test('a thread that takes a part and is not seen again', async () => {
  const memory = await ProofMemory.create();
  const place = placeOf(memory);
  const vanishing: StartThread = (_, data) =>
    startNodeThread(
      `ready();
       const words = new Int32Array(data.memory.buffer);
       while (Atomics.load(words, ${COUNTERS.written}) === 0) Atomics.wait(words, ${COUNTERS.epoch}, 0, 1);
       Atomics.add(words, ${COUNTERS.taken}, 1);`,
      data,
    );
  const team = await startTeam(place, 2, vanishing, 20e6);
  const { words } = team.slot();
  words.set([KERNEL.eqTable, 2 ** 15, 64, 2 ** 15, 2 ** 15, 0]);
  team.handOut();
  const counters = new Int32Array(place.memory.buffer);
  while (Atomics.load(counters, COUNTERS.taken) === 0) await sleep(1);
  assert.throws(team.finish, isLost);
  await team.close();
});
