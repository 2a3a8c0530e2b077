/**
 * Group commit. Accepted transactions queue in memory; one append at a time carries as many as are waiting, so the
 * cost of a durable write is shared. Acknowledgements follow the commit, in the order of acceptance.
 */
import { ok, type Problem, type Result, refuse } from '@surety/core';
import {
  append,
  type Batch,
  type EffectRow,
  type EventRow,
  type Fence,
  type KeyRow,
  MAX_BATCH_TRANSACTIONS,
} from './append.ts';
import type { WriterConnection } from './connection.ts';
import type { StreamId } from './game.ts';
import { fenced, isFenced, problemOf } from './problems.ts';
import type { Point, Slot } from './slot.ts';

/** An accepted transaction that waits to become durable. */
export type Pending = {
  readonly events: readonly EventRow[];
  readonly effects: readonly EffectRow[];
  readonly key: KeyRow | undefined;
  /** The touched streams and the point each reaches once this is durable. */
  readonly after: ReadonlyMap<Slot, Point>;
  readonly settle: (result: Result<void>) => void;
};

export type WriterOptions = {
  readonly connection: WriterConnection;
  readonly incarnation: string;
  readonly onCommitted: (transactions: readonly Pending[]) => void;
  /** Streams whose memory is ahead of the database for good: forget them. */
  readonly onLost: (slots: ReadonlySet<Slot>) => void;
  /** Largest number of events in one commit. */
  readonly maxBatchEvents: number;
};

export type Writer = {
  readonly push: (transaction: Pending) => void;
  /** Events accepted and not yet durable. */
  readonly waiting: () => number;
  /** Resolves once what is being committed now is acknowledged or lost. */
  readonly settled: () => Promise<void>;
  /** Resolves once nothing waits. */
  readonly drained: () => Promise<void>;
};

const batchOf = (transactions: readonly Pending[]): Batch => {
  const fences = new Map<StreamId, Fence>();
  for (const transaction of transactions) {
    for (const slot of transaction.after.keys()) {
      fences.set(slot.stream, { epoch: slot.hold.epoch, headSeq: slot.durable.seq });
    }
  }
  return {
    events: transactions.flatMap((transaction) => transaction.events),
    transactions: transactions.flatMap(({ events }, index) => events.map(() => index)),
    effects: transactions.flatMap((transaction) => transaction.effects),
    keys: transactions.flatMap((transaction) => transaction.key ?? []),
    fences,
  };
};

/** The streams that the database says have another writer; none when the error is of another kind. */
const fencedStreams = (cause: unknown): readonly string[] => {
  const detail = typeof cause === 'object' && cause !== null && 'detail' in cause ? cause.detail : undefined;
  return isFenced(cause) && typeof detail === 'string' ? (JSON.parse(detail) as string[]) : [];
};

/**
 * Splits a queue after some streams were lost: whatever touches one of them was computed on a state that will never
 * be, and so was whatever touches a stream that such a transaction touched.
 */
export const splitByLoss = (
  queue: readonly Pending[],
  lost: Set<Slot>,
): { readonly failed: readonly Pending[]; readonly kept: readonly Pending[] } => {
  const failed: Pending[] = [];
  const kept: Pending[] = [];
  for (const transaction of queue) {
    const slots = [...transaction.after.keys()];
    if (!slots.some((slot) => lost.has(slot))) {
      kept.push(transaction);
      continue;
    }
    for (const slot of slots) lost.add(slot);
    failed.push(transaction);
  }
  return { failed, kept };
};

export const createWriter = (options: WriterOptions): Writer => {
  let queue: Pending[] = [];
  let committing: Promise<void> = Promise.resolve();
  let waitingEvents = 0;
  let running: Promise<void> | undefined;

  const takeBatch = (): readonly Pending[] => {
    let events = 0;
    let count = 0;
    for (const transaction of queue) {
      if (count === MAX_BATCH_TRANSACTIONS) break;
      if (count > 0 && events + transaction.events.length > options.maxBatchEvents) break;
      events += transaction.events.length;
      count += 1;
    }
    const batch = queue.slice(0, count);
    queue = queue.slice(count);
    return batch;
  };

  const settle = (transactions: readonly Pending[], result: Result<void>): void => {
    for (const transaction of transactions) {
      waitingEvents -= transaction.events.length;
      transaction.settle(result);
    }
  };

  const committed = (transactions: readonly Pending[]): void => {
    for (const transaction of transactions) {
      for (const [slot, point] of transaction.after) slot.durable = point;
    }
    options.onCommitted(transactions);
    settle(transactions, ok(undefined));
  };

  /** Drops what was lost and leaves the rest, still valid, at the front of the queue. */
  const failed = (batch: readonly Pending[], cause: unknown): void => {
    const streams = new Set(fencedStreams(cause));
    if (!isFenced(cause)) options.connection.discard();
    const all = [...batch, ...queue];
    const slots = all.flatMap((transaction) => [...transaction.after.keys()]);
    const lost = new Set(streams.size === 0 ? slots : slots.filter((slot) => streams.has(slot.stream)));
    const split = splitByLoss(all, lost);
    queue = [...split.kept];
    options.onLost(lost);
    const problem: Problem = streams.size === 0 ? problemOf(cause) : fenced([...streams].join(', '));
    settle(split.failed, refuse(problem));
  };

  const commit = async (batch: readonly Pending[]): Promise<void> => {
    try {
      await append(await options.connection.client(), batchOf(batch), options.incarnation);
      committed(batch);
    } catch (cause) {
      failed(batch, cause);
    }
  };

  const run = async (): Promise<void> => {
    // Lets every transaction of this turn of the event loop join the first batch.
    await new Promise(setImmediate);
    while (queue.length > 0) {
      committing = commit(takeBatch());
      await committing;
    }
    running = undefined;
  };

  return {
    push: (transaction) => {
      queue.push(transaction);
      waitingEvents += transaction.events.length;
      running ??= run();
    },
    waiting: () => waitingEvents,
    settled: () => committing,
    drained: async () => {
      while (running !== undefined) await running;
    },
  };
};
