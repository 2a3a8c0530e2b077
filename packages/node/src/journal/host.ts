/**
 * The host: runs games durably. A transaction steps one event on each of several streams in memory, all or nothing,
 * and is acknowledged once its rows are committed together with those of its neighbours. See `spec/10-journal.md`.
 */
import type { Problem, Result } from '@surety/core';
import type { Effect, Game, Stored, StreamId } from './game.ts';
import type { Idempotency } from './idempotency.ts';
import type { Job, JobHandler } from './jobs.ts';
import type { EffectKey } from './outbox.ts';

export { createHost } from './create-host.ts';
export type { AnyGame, Effect, Game, Step, Stored, StreamId } from './game.ts';
export type { Begun, Idempotency } from './idempotency.ts';
export type { Job, JobHandler } from './jobs.ts';
export type { EffectKey } from './outbox.ts';
export { FROM_NOW } from './subscriptions.ts';

/** An event for a stream; its type is that of the stream's game. */
export type Move = { readonly stream: StreamId; readonly event: unknown };

/** Where a transaction landed: one sequence number and one output per event, in order. */
export type Receipted = { readonly seqs: readonly number[]; readonly outputs: readonly unknown[] };

export type TransactOptions = {
  /**
   * Makes the transaction happen once: asking again with the same events returns the first result, even after a
   * crash; with other events it is refused as `idempotency.conflict`. 1 to 200 characters, unique over the journal.
   */
  readonly idempotencyKey?: string;
};

export type HostOptions = {
  readonly databaseUrl: string;
  /** Name of this node; the same after a restart, different from every other node on the database. */
  readonly node: string;
  /** Told about everything that went wrong outside a call: handlers that threw, lost leases, a database that is away. */
  readonly onError: (cause: unknown) => void;
  /** Unix seconds now. */
  readonly now?: () => number;
  /** How long other nodes wait for this one's streams after it died without saying so; 15 unless stated. */
  readonly leaseSeconds?: number;
  /** Events of a stream between snapshots; 1,000 unless stated. */
  readonly snapshotEvery?: number;
  /** Streams kept in memory; 50,000 unless stated. */
  readonly maxLoaded?: number;
  /** Events that may wait to become durable before `journal.overloaded`; 50,000 unless stated. */
  readonly maxWaiting?: number;
  /** Most events in one commit; 4,000 unless stated. */
  readonly maxBatchEvents?: number;
  /** How often due jobs are looked for, at least 0.5 (the default). */
  readonly jobPollSeconds?: number;
};

/** How the journal is doing. */
export type HostHealth = {
  readonly status: 'ok' | 'fenced' | 'unavailable' | 'closed';
  readonly node: string;
  readonly loadedStreams: number;
  readonly waitingEvents: number;
  readonly outboxBacklog: number;
};

/** What an audit of one stream found. */
export type StreamAudit = {
  readonly stream: StreamId;
  readonly events: number;
  /** Digest of the state replayed from the first event. */
  readonly replayDigest: string;
  /** Digest of the state by snapshot and tail; equal unless something is broken. */
  readonly snapshotDigest: string;
  readonly headHash: string;
};

export type Host = {
  /** Makes a game's streams usable. Before anything else touches them. */
  readonly register: <S, E, F extends Effect>(game: Game<S, E, F>) => void;
  /**
   * Steps every event, in order, on its stream (a stream may repeat), or none. Resolves only once durable. A game's
   * refusal comes back as it is; `journal.*` refusals are retryable and, apart from `journal.unavailable`, mean that
   * nothing was written.
   */
  readonly transact: (moves: readonly Move[], options?: TransactOptions) => Promise<Result<Receipted>>;
  /** The newest durable state, rebuilt if need be; the initial one for a stream without events. */
  readonly state: <S>(stream: StreamId) => Promise<S>;
  /** The newest durable state, if it is in memory here. */
  readonly peek: <S>(stream: StreamId) => S | undefined;
  /** Durable events with a sequence number above `after`, at most `limit` (1 to 10,000). */
  readonly read: (stream: StreamId, after: number, limit: number) => Promise<readonly Stored[]>;
  /**
   * Follows a stream, or every stream of a prefix ending in `*`: durable events above `after`, per stream in order
   * and without gaps. `FROM_NOW` skips what is there already. Returns the way to stop.
   */
  readonly subscribe: (target: string, after: number, listen: (event: Stored) => void) => () => void;
  /** Handles effects of a kind: at least once each, the same key each time, retried until the handler succeeds. */
  readonly onEffect: <F extends Effect>(kind: F['kind'], handler: (effect: F, key: EffectKey) => Promise<void>) => void;
  /** Has a job run at a time, at least once; scheduling the same name and key again changes nothing. */
  readonly schedule: (job: Job) => Promise<void>;
  readonly onJob: (name: string, handler: JobHandler) => void;
  /** Names of streams with events, in byte order, after a given one. */
  readonly streams: (
    prefix: string,
    page: { readonly after?: string; readonly limit: number },
  ) => Promise<readonly StreamId[]>;
  readonly idempotency: Idempotency;
  /** Digest of the newest durable state of a stream. */
  readonly digest: (stream: StreamId) => Promise<string>;
  /** Replays a stream from its first event and compares; throws `journal.corrupt` naming the event that does not fit. */
  readonly audit: (stream: StreamId) => Promise<StreamAudit>;
  readonly health: () => Promise<HostHealth>;
  /** Resolves with the reason when this process may no longer write, because a newer one runs as the same node. */
  readonly fenced: Promise<Problem>;
  /** Finishes what was accepted, takes snapshots, gives the lease back. */
  readonly close: () => Promise<void>;
};
