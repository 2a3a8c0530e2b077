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

/**
 * How many threads work.
 * @param nanoseconds that the work takes one of them, roughly
 */
export const threadsFor = ({ threads, pool }: ThreadOptions, nanoseconds: number): number =>
  threads ?? (pool === undefined || nanoseconds < LEAST_WORK ? 1 : Math.min(Math.max(pool.cores, 1), MOST_THREADS));

/** Why so many threads cannot be had; null if they can. */
export const threadsProblem = ({ threads = 1, pool }: ThreadOptions): Problem | null => {
  const whole = Number.isSafeInteger(threads) && threads >= 1 && threads <= MOST_THREADS;
  if (whole && (threads === 1 || pool !== undefined)) return null;
  return {
    code: 'input.out-of-range',
    message: whole ? `There is no pool to take ${threads} threads from.` : `Nothing is proved on ${threads} threads.`,
    next: whole ? 'Give a pool, or leave the number of threads out.' : `Give a whole number from 1 to ${MOST_THREADS}.`,
    field: 'threads',
    value: `${threads}`,
    limit: whole ? '1 without a pool' : `1 to ${MOST_THREADS}`,
  };
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
