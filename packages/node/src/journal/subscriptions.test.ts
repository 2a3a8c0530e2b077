import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { EventRow } from './append.ts';
import type { Stored, StreamId } from './game.ts';
import { toStored } from './read.ts';
import { createSubscriptions, FROM_NOW } from './subscriptions.ts';

const STREAMS: readonly StreamId[] = ['m:a', 'm:ab', 'n:a'];

/** A database in memory whose reads take a moment, fail now and then, and see only what was committed by then. */
const memory = (slow: () => number, fails: () => boolean) => {
  const rows = new Map<StreamId, EventRow[]>(STREAMS.map((stream) => [stream, []]));
  const moment = async (): Promise<void> => {
    for (let i = slow(); i > 0; i--) await new Promise(setImmediate);
    if (fails()) throw new TypeError('the database is away');
  };
  return {
    commit: (stream: StreamId, count: number): readonly EventRow[] => {
      const own = rows.get(stream)!;
      const fresh = Array.from({ length: count }, (_, i) => {
        return { stream, seq: own.length + i + 1, kind: 'e', at: 0, body: '{}', hash: '' };
      });
      own.push(...fresh);
      return fresh;
    },
    read: async (stream: StreamId, after: number, limit: number): Promise<readonly Stored[]> => {
      const seen = rows.get(stream)!.slice(after, after + limit);
      await moment();
      return seen.map(toStored);
    },
    heads: async (prefix: string): Promise<ReadonlyMap<StreamId, number>> => {
      const seen = [...rows].filter(([stream, own]) => stream.startsWith(prefix) && own.length > 0);
      const heads = new Map(seen.map(([stream, own]) => [stream, own.length] as const));
      await moment();
      return heads;
    },
    length: (stream: StreamId): number => rows.get(stream)!.length,
  };
};

const act = fc.record({
  kind: fc.constantFrom('ours', 'theirs', 'wait', 'poll'),
  stream: fc.constantFrom(...STREAMS),
  count: fc.integer({ min: 1, max: 3 }),
});

it('a follower sees every event once, in order, whoever wrote it and however slowly the database answers', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { maxLength: 40 }),
      fc.array(fc.nat(3), { minLength: 1 }),
      fc.constantFrom('m:*', 'm:a', '*'),
      fc.nat(3),
      async (acts, delays, target, after) => {
        let turn = 0;
        const database = memory(
          () => delays[turn++ % delays.length]!,
          () => false,
        );
        const subscriptions = createSubscriptions({
          ...database,
          toStored,
          onError: (cause) => assert.fail(String(cause)),
        });
        const seen = new Map<string, number[]>();
        subscriptions.subscribe(target, after, ({ stream, seq }) =>
          seen.set(stream, [...(seen.get(stream) ?? []), seq]),
        );
        const later: Stored[] = [];
        subscriptions.subscribe(target, FROM_NOW, (event) => later.push(event));
        for (const { kind, stream, count } of acts) {
          if (kind === 'wait') await new Promise(setImmediate);
          else if (kind === 'poll') subscriptions.poll();
          else {
            const rows = database.commit(stream, count);
            // What another node commits, we hear of only by the next poll.
            if (kind === 'ours') subscriptions.committed(rows);
          }
        }
        subscriptions.poll();
        for (let i = 0; i < 200; i++) await new Promise(setImmediate);
        for (const stream of STREAMS) {
          const wanted = target === '*' || stream === target || (target === 'm:*' && stream.startsWith('m:'));
          const length = wanted ? Math.max(0, database.length(stream) - after) : 0;
          assert.deepEqual(
            seen.get(stream) ?? [],
            Array.from({ length }, (_, i) => after + i + 1),
            stream,
          );
          const tail = later.filter((event) => event.stream === stream).map(({ seq }) => seq);
          assert.deepEqual(
            tail,
            Array.from({ length: tail.length }, (_, i) => database.length(stream) - tail.length + i + 1),
          );
        }
        subscriptions.close();
      },
    ),
    { numRuns: 200 },
  );
});

it('a listener that throws and a database that fails are reported, and nothing is skipped', async () => {
  let failures = 2;
  const database = memory(
    () => 1,
    () => failures-- > 0,
  );
  const errors: unknown[] = [];
  const subscriptions = createSubscriptions({ ...database, toStored, onError: (cause) => errors.push(cause) });
  const seen: number[] = [];
  database.commit('m:a', 3);
  const done = new Promise<void>((resolve) => {
    subscriptions.subscribe('m:a', 0, ({ seq }) => {
      seen.push(seq);
      if (seq === 3) resolve();
      throw new RangeError('a bug in a listener');
    });
  });
  // Retries do not keep a process alive; this does while the test waits.
  const alive = setInterval(() => undefined, 1_000);
  await done;
  clearInterval(alive);
  assert.deepEqual(seen, [1, 2, 3]);
  assert.equal(errors.length, 5, 'two failed reads, three throws');
  subscriptions.close();
});
