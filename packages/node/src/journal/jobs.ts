/**
 * Deadlines: jobs in a queue inside the same database (pg-boss), each run at least once, not before its time, on
 * whichever node is free. A job is identified by its name and key: scheduling it again changes nothing.
 */
import { createHash } from 'node:crypto';
import { type Json, SuretyError } from '@surety/core';
import type { Pool } from 'pg';
import { type JobResult, PgBoss } from 'pg-boss';

export type Job = {
  /** Kind of the job, names its handler; letters, digits, `-`, `_`, `.`, `/`. */
  readonly name: string;
  /** Identity of the job within its name. */
  readonly key: string;
  /** Unix seconds before which it must not run. */
  readonly runAt: number;
  readonly data: Json;
};

export type JobHandler = (data: Json, key: string) => Promise<void>;

export type Jobs = {
  readonly schedule: (job: Job) => Promise<void>;
  readonly on: (name: string, handler: JobHandler) => void;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type JobsOptions = {
  /** Of its own, so that a busy journal does not hold deadlines up. */
  readonly pool: Pool;
  readonly onError: (cause: unknown) => void;
  /** How often the queue is asked for due jobs; at least 0.5. */
  readonly pollSeconds: number;
};

const SCHEMA = 'surety_jobs';

/** Jobs of one name that one node works on at once. */
const BATCH = 20;

/** A job whose process died is given to another after this long without a sign of life. */
const HEARTBEAT_SECONDS = 10;

/** Retries with growing pauses for about a month; a deadline is never dropped quietly. */
const QUEUE = {
  retryLimit: 10_000,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 300,
  heartbeatSeconds: HEARTBEAT_SECONDS,
};

/** A UUID that is a function of name and key (RFC 9562 version 8), under which the queue keeps the job once. */
export const jobId = (name: string, key: string): string => {
  const bytes = createHash('sha256').update(`${name}\n${key}`).digest();
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
};

type Payload = { readonly key: string; readonly data: Json };

export const createJobs = (options: JobsOptions): Jobs => {
  const handlers = new Map<string, JobHandler>();
  const queues = new Map<string, Promise<void>>();
  let boss: PgBoss | undefined;

  const runOne = async (handler: JobHandler, id: string, { data, key }: Payload): Promise<JobResult> => {
    try {
      await handler(data, key);
      return { id, status: 'completed' };
    } catch (cause) {
      options.onError(cause);
      return { id, status: 'failed', output: { error: String(cause).slice(0, 500) } };
    }
  };

  const started = (): PgBoss => {
    if (boss !== undefined) return boss;
    throw new SuretyError({
      code: 'journal.closed',
      message: 'The queue of jobs is not running.',
      next: 'Schedule jobs between start and close of the host.',
    });
  };

  const queue = (name: string): Promise<void> => {
    const made = queues.get(name) ?? started().createQueue(name, QUEUE);
    queues.set(name, made);
    made.catch(() => queues.delete(name));
    return made;
  };

  const work = async (name: string, handler: JobHandler): Promise<void> => {
    await queue(name);
    const polling = { pollingIntervalSeconds: options.pollSeconds, batchSize: BATCH, burstWhenBatchFull: true };
    await started().work<Payload, unknown, typeof polling & { perJobResults: true }>(
      name,
      { ...polling, perJobResults: true },
      (jobs) => Promise.all(jobs.map(({ id, data }) => runOne(handler, id, data))),
    );
  };

  return {
    schedule: async (job) => {
      await queue(job.name);
      const payload: Payload = { key: job.key, data: job.data };
      await started().send(job.name, payload, {
        id: jobId(job.name, job.key),
        startAfter: new Date(job.runAt * 1_000),
        // Kept while it waits, and as a tombstone after it ran, so that a repeated schedule stays without effect.
        retentionSeconds: 20 * 365 * 86_400,
      });
    },
    on: (name, handler) => {
      handlers.set(name, handler);
      if (boss !== undefined) work(name, handler).catch(options.onError);
    },
    start: async () => {
      const fresh = new PgBoss({
        db: { executeSql: (text, values) => options.pool.query(text, values) },
        schema: SCHEMA,
        schedule: false,
        superviseIntervalSeconds: HEARTBEAT_SECONDS,
        monitorIntervalSeconds: HEARTBEAT_SECONDS,
      });
      fresh.on('error', options.onError);
      await fresh.start();
      boss = fresh;
      for (const [name, handler] of handlers) await work(name, handler);
    },
    stop: async () => {
      await boss?.stop({ graceful: true, timeout: 5_000 });
      boss = undefined;
      await options.pool.end();
    },
  };
};
