/** Commitments, proofs of runs and proofs of range on several threads: the same bytes, the memory that was stated, and an end. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { SuretyError, toHex, unwrap } from '@surety/core';
import { type CheckedProgram, commitProgram } from '@surety/programs';
import { startNodeThread } from '../../../../programs/src/engine/node-threads.ts';
import { anyInput, mlpProgram, randomLayers } from '../../../../programs/test/networks.ts';
import { Random } from '../../../../programs/test/random.ts';
import { commit } from './commit.ts';
import { estimate } from './estimate.ts';
import { prove } from './prove.ts';
import { proveRange } from './range.ts';
import { renew, verifyRenewal } from './renew.ts';
import { verify } from './verify.ts';

const WIDTHS = [784, 256, 64];
const PROOFS = 2;

let program: CheckedProgram;
let started = 0;
let alive = 0;
const pool = {
  cores: 2,
  start: async (...of: Parameters<typeof startNodeThread>) => {
    const stop = await startNodeThread(...of);
    started++;
    alive++;
    return async () => {
      await stop();
      alive--;
    };
  },
};
before(() => {
  program = mlpProgram(WIDTHS, randomLayers(WIDTHS, 1));
});

const open = () => ({ kind: 'public', program, id: commitProgram(program).id }) as const;

/** Makes the platform's generator give the same words each time. */
const fixed = <T>(work: () => Promise<T>): Promise<T> => {
  const random = new Random(1);
  const fill = <A extends ArrayBufferView>(array: A): A => {
    const words = array as unknown as Uint8Array;
    for (let i = 0; i < words.length; i++) words[i] = random.bits();
    return array;
  };
  const own = crypto.getRandomValues;
  Object.defineProperty(crypto, 'getRandomValues', { value: fill, configurable: true, writable: true });
  return work().finally(() =>
    Object.defineProperty(crypto, 'getRandomValues', { value: own, configurable: true, writable: true }),
  );
};

test('the same bytes on any number of threads, in the memory that was stated', async () => {
  const inputs = anyInput(program, 3);
  const all = async (threads: number): Promise<readonly string[]> => {
    const before = started;
    const several = { threads, pool };
    const stated = unwrap(await estimate(program, { hideWeights: true, hideInput: true, proofs: PROOFS, ...several }));
    assert.equal(stated.threads, threads);
    const { memoryBytes } = stated;
    const secret = { seed: new Uint8Array(32).fill(7), used: 0 };
    const subject = unwrap(await commit(program, { secret, proofs: PROOFS, memoryBytes, ...several }));
    const hidden = await fixed(() => prove(subject, inputs, { hideInput: true, memoryBytes, ...several }));
    const shown = unwrap(await prove(open(), inputs, several));
    const roomy = unwrap(await commit(program, { secret, proofs: PROOFS, memoryBytes: stated.range!.memoryBytes }));
    const renewing = unwrap(await commit(program, { secret, proofs: PROOFS }));
    const ranged = unwrap(await proveRange(roomy, several));
    unwrap(await verify(unwrap(hidden).file, ranged));
    unwrap(await verifyRenewal(unwrap(await renew(renewing, several)).file, ranged));
    assert.equal(started - before, 5 * (threads - 1));
    return [subject.architecture.weights, unwrap(hidden).file, shown.file, ranged.range!].map(toHex);
  };
  const one = await all(1);
  for (const threads of [2, 3]) assert.deepEqual(await all(threads), one, `${threads} threads`);
  assert.equal(alive, 0);
});

test('memory that is enough for one thread is refused for more', async () => {
  const { memoryBytes } = unwrap(await estimate(program));
  const inputs = anyInput(program, 3);
  assert.ok((await prove(open(), inputs, { memoryBytes })).ok);
  const refused = await prove(open(), inputs, { memoryBytes, threads: 2, pool });
  assert.equal(refused.ok ? 'proved' : refused.problem.code, 'proof.too-large');
});

test('little work is done on one thread unless more are asked for', async () => {
  const before = started;
  unwrap(await prove(open(), anyInput(program, 3), { pool }));
  assert.equal(started, before);
});

test('numbers of threads that cannot be had are refused everywhere', async () => {
  const subject = unwrap(await commit(program, { proofs: PROOFS }));
  const inputs = anyInput(program, 3);
  const made = await Promise.all([
    prove(open(), inputs, { threads: 2 }),
    commit(program, { threads: 0, pool }),
    proveRange(subject, { threads: 2.5, pool }),
    estimate(program, { threads: 17, pool }),
    renew(subject, { threads: 99, pool }),
  ]);
  for (const result of made) assert.equal(result.ok ? '' : result.problem.code, 'input.out-of-range');
  assert.equal(subject.secret.used, 0);
});

test('a stopped proof leaves no thread behind', async () => {
  const stop = new AbortController();
  const before = started;
  const proving = prove(open(), anyInput(program, 3), {
    threads: 3,
    pool,
    signal: stop.signal,
    progress: ({ step }) => {
      if (step === 'lookups') stop.abort(new Error('enough'));
    },
  });
  await assert.rejects(proving, /enough/);
  assert.deepEqual([started - before, alive], [2, 0]);
});

test('threads that do not start are an error, and the next proof is none the worse', async () => {
  const none = { cores: 2, start: () => Promise.reject(new Error('none left')) };
  const inputs = anyInput(program, 3);
  await assert.rejects(
    prove(open(), inputs, { threads: 2, pool: none }),
    (error: unknown) => error instanceof SuretyError && error.code === 'proof.thread-lost',
  );
  const made = unwrap(await prove(open(), inputs));
  unwrap(await verify(made.file, open()));
  const subject = unwrap(await commit(program, { proofs: PROOFS }));
  await assert.rejects(prove(subject, inputs, { threads: 2, pool: none }), /thread/);
  await assert.rejects(renew(subject, { threads: 2, pool: none }), /thread/);
  assert.equal(subject.secret.used, 0);
});
