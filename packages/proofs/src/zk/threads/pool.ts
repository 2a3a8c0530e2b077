/** Where other threads come from: the host's part of proving on several. */
import { type Problem, SuretyError } from '@surety/core';
import type { StartThread } from '@surety/programs';

/**
 * Node: `nodeThreads` of `@surety/programs/node-threads`. In a browser a worker of a page that is cross-origin isolated has
 * them; a page's own thread must not wait for others, so it proves alone.
 */
export type ThreadPool = {
  readonly start: StartThread;
  /** Threads that the machine runs at once. */
  readonly cores: number;
};

/** Threads beyond these have nothing to do for most of a proof. */
export const MOST_THREADS = 16;

export type ThreadOptions = {
  /** Threads that work, the caller's included, 1 to 16: one for little work, else as many as the pool has, unless stated. */
  readonly threads?: number;
  /** Without it the caller's thread works alone. */
  readonly pool?: ThreadPool;
};

/** Nanoseconds of work on one thread below which others are not worth starting, which takes some tens of milliseconds. */
const LEAST_WORK = 100_000_000;

/** Whether this thread may share memory with others and sleep until they are done: a page's own thread may not. */
const mayWait = (): boolean => {
  try {
    return Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, 0) === 'not-equal';
  } catch {
    return false;
  }
};

/**
 * How many threads work.
 * @param nanoseconds that the work takes one of them, roughly
 */
export const threadsFor = ({ threads, pool }: ThreadOptions, nanoseconds: number): number => {
  if (threads !== undefined) return threads;
  if (pool === undefined || nanoseconds < LEAST_WORK || !mayWait()) return 1;
  return Math.min(Math.max(pool.cores, 1), MOST_THREADS);
};

/** Why so many threads cannot be had; null if they can. */
export const threadsProblem = ({ threads = 1, pool }: ThreadOptions): Problem | null => {
  const refusal = (message: string, next: string, limit: string): Problem => ({
    code: 'input.out-of-range',
    message,
    next,
    field: 'threads',
    value: `${threads}`,
    limit,
  });
  const whole = Number.isSafeInteger(threads) && threads >= 1 && threads <= MOST_THREADS;
  const range = `1 to ${MOST_THREADS}`;
  if (!whole) return refusal(`Nothing is proved on ${threads} threads.`, `Give a whole number from ${range}.`, range);
  if (threads === 1) return null;
  if (pool === undefined) {
    const message = `There is no pool to take ${threads} threads from.`;
    return refusal(message, 'Give a pool, or leave the number of threads out.', '1 without a pool');
  }
  if (mayWait()) return null;
  const message =
    'This thread cannot wait for others: it is a page’s own, or of a page that is not cross-origin isolated.';
  return refusal(message, 'Prove in a worker of an isolated page, or on one thread.', '1 here');
};

/** That a thread which took part ended before its work did. */
export const threadLost = (cause?: unknown): SuretyError =>
  new SuretyError(
    {
      code: 'proof.thread-lost',
      message: 'A thread that takes part in proving did not start, ended, or did nothing for 30 seconds.',
      next: 'Prove again; on one thread if it happens again.',
      field: 'threads',
    },
    { cause },
  );
