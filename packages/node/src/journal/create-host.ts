/** Puts the parts of the host together: slots, writer, followers, outbox, jobs, lease. */
import { randomBytes } from 'node:crypto';
import { type Problem, SuretyError, unwrap } from '@surety/core';
import { createPool, createWriterConnection } from './connection.ts';
import { type AnyGame, idOfStream, type StreamId } from './game.ts';
import type { Host, HostOptions } from './host.ts';
import { createIdempotency, createKeyLookup, pruneIdempotency } from './idempotency.ts';
import { createJobs } from './jobs.ts';
import { announce, type Identity, release, renew } from './lease.ts';
import { load } from './load.ts';
import { runMigrations } from './migrations.ts';
import { createNotifications } from './notifications.ts';
import { createOutbox, type EffectHandler, type EffectKey, reclaim } from './outbox.ts';
import { cannotOpen, closed, corrupt, superseded } from './problems.ts';
import { readEvents, readHead, readHeads, readStreams, toStored } from './read.ts';
import { createSlots, gameFor } from './slots.ts';
import { digestOf } from './snapshot.ts';
import { createSnapshotter } from './snapshotter.ts';
import { createSubscriptions } from './subscriptions.ts';
import { createTransactor } from './transact.ts';
import { createWriter } from './writer.ts';

const READ_CONNECTIONS = 6;
const JOB_CONNECTIONS = 3;

/**
 * Opens the journal of a database: migrates it, takes this node's lease and starts delivering effects and jobs.
 * @throws {SuretyError} `journal.newer-schema`, `journal.cannot-open` with what to do about it
 */
export const createHost = async (options: HostOptions): Promise<Host> => {
  const { databaseUrl, node, onError } = options;
  const now = options.now ?? ((): number => Math.floor(Date.now() / 1_000));
  const leaseSeconds = options.leaseSeconds ?? 15;
  const identity: Identity = { node, incarnation: `${node}/${randomBytes(8).toString('hex')}` };
  const pool = createPool(databaseUrl, READ_CONNECTIONS);
  const games = new Map<string, AnyGame>();
  let stopped: Problem | undefined;

  try {
    await runMigrations(pool);
    await announce(pool, identity, leaseSeconds);
    await reclaim(pool, node, identity.incarnation);
    await pruneIdempotency(pool);
  } catch (cause) {
    await pool.end();
    throw cannotOpen(cause, databaseUrl);
  }

  const slots = createSlots({ pool, identity, games, maxLoaded: options.maxLoaded ?? 50_000 });
  const snapshotter = createSnapshotter({ pool, every: options.snapshotEvery ?? 1_000, onError });
  const subscriptions = createSubscriptions({
    read: (stream, after, limit) => readEvents(pool, stream, after, limit),
    heads: (prefix) => readHeads(pool, prefix),
    toStored,
    onError,
  });
  const outbox = createOutbox({ pool, incarnation: identity.incarnation, onError, claimSeconds: 30 });
  const jobs = createJobs({
    pool: createPool(databaseUrl, JOB_CONNECTIONS),
    onError,
    pollSeconds: options.jobPollSeconds ?? 0.5,
  });
  const connection = createWriterConnection(databaseUrl);
  const writer = createWriter({
    connection,
    incarnation: identity.incarnation,
    maxBatchEvents: options.maxBatchEvents ?? 4_000,
    onLost: slots.forget,
    onCommitted: (transactions) => {
      if (transactions.some(({ effects }) => effects.length > 0)) outbox.wake();
      subscriptions.committed(transactions.flatMap(({ events }) => events));
      for (const slot of new Set(transactions.flatMap(({ after }) => [...after.keys()]))) snapshotter.offer(slot);
    },
  });
  const notifications = createNotifications({
    databaseUrl,
    incarnation: identity.incarnation,
    onForeign: subscriptions.poll,
  });

  let announceFence: (problem: Problem) => void = () => undefined;
  const fenced = new Promise<Problem>((resolve) => {
    announceFence = resolve;
  });
  const heartbeat = setInterval(
    () => {
      renew(pool, identity, leaseSeconds).then((ours) => {
        if (ours || stopped !== undefined) return;
        stopped = superseded(node);
        announceFence(stopped);
      }, onError);
    },
    (leaseSeconds * 1_000) / 3,
  );

  await jobs.start();
  outbox.start();
  notifications.start();

  const transact = createTransactor({
    games,
    slots,
    writer,
    lookup: createKeyLookup(pool),
    now,
    maxWaiting: options.maxWaiting ?? 50_000,
    stopped: () => stopped,
  });

  /** The durable state; of a stream that another node writes, read without taking it. */
  const state = async (stream: StreamId): Promise<unknown> => {
    const game = gameFor(games, stream);
    const slot = slots.peek(stream);
    if (slot !== undefined) return slot.durable.state;
    const head = await readHead(pool, stream);
    if (head === undefined || head.headSeq === 0) return game.initial(idOfStream(stream));
    const held = stopped === undefined ? await slots.hold(stream) : undefined;
    if (held?.ok) return held.value.durable.state;
    if (held !== undefined && held.problem.code !== 'journal.stream-held') unwrap(held);
    return (await load(pool, stream, game, head)).point.state;
  };

  /**
   * Waits until this process knows the event of an effect. The database shows a commit to the outbox before the writer
   * has heard of it, and a handler that looked at the state of before would find nothing to do. Memory that is still
   * behind then is behind another writer: it is forgotten.
   */
  const caughtUp = async ({ stream, seq }: EffectKey): Promise<void> => {
    const isBehind = (): boolean => (slots.peek(stream)?.durable.seq ?? seq) < seq;
    if (isBehind()) await writer.settled();
    if (isBehind()) slots.forget(new Set([slots.peek(stream)!]));
  };

  return {
    register: (game) => {
      if (games.has(game.name)) throw corruptGame(game.name);
      games.set(game.name, game as unknown as AnyGame);
    },
    transact,
    state: <S>(stream: StreamId) => state(stream) as Promise<S>,
    peek: <S>(stream: StreamId) => slots.peek(stream)?.durable.state as S | undefined,
    read: (stream, after, limit) => readEvents(pool, stream, after, limit),
    subscribe: subscriptions.subscribe,
    onEffect: (kind, handler) =>
      outbox.on(kind, async (effect, key) => {
        await caughtUp(key);
        await (handler as unknown as EffectHandler)(effect, key);
      }),
    schedule: jobs.schedule,
    onJob: jobs.on,
    streams: (prefix, page) => readStreams(pool, prefix, page),
    idempotency: createIdempotency(pool),
    digest: async (stream) => digestOf(gameFor(games, stream), await state(stream)),
    audit: async (stream) => {
      const game = gameFor(games, stream);
      const head = await readHead(pool, stream);
      if (head === undefined) throw corrupt(stream, 0, 'there is no such stream');
      const full = await load(pool, stream, game, head, { ignoreSnapshots: true });
      const short = await load(pool, stream, game, head);
      return {
        stream,
        events: head.headSeq,
        replayDigest: digestOf(game, full.point.state),
        snapshotDigest: digestOf(game, short.point.state),
        headHash: head.headHash,
      };
    },
    health: async () => {
      const shared = { node, loadedStreams: slots.all().length, waitingEvents: writer.waiting() };
      try {
        const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM surety.outbox');
        const status = stopped === undefined ? 'ok' : stopped.code === 'journal.closed' ? 'closed' : 'fenced';
        return { ...shared, status, outboxBacklog: rows[0]!.n };
      } catch {
        return { ...shared, status: 'unavailable', outboxBacklog: 0 };
      }
    },
    fenced,
    close: async () => {
      if (stopped?.code === 'journal.closed') return;
      stopped = closed();
      clearInterval(heartbeat);
      await jobs.stop().catch(onError);
      await outbox.stop();
      await writer.drained();
      subscriptions.close();
      await notifications.stop();
      await snapshotter.finish(slots.all());
      await release(pool, identity).catch(onError);
      await connection.close();
      await pool.end();
    },
  };
};

const corruptGame = (name: string): SuretyError =>
  new SuretyError({
    code: 'input.malformed',
    message: `The game ${name} is registered twice.`,
    next: 'Register each game once.',
    field: 'game',
    value: name,
  });
