/**
 * Followers of streams. Each sees durable events only, in order and without gaps per stream: straight from a commit of
 * this process when nothing is missing in between, otherwise read back from the database.
 */
import type { EventRow } from './append.ts';
import type { Stored, StreamId } from './game.ts';

/** As `after`: only events that become durable from now on. */
export const FROM_NOW = Number.POSITIVE_INFINITY;

export type SubscriptionsOptions = {
  readonly read: (stream: StreamId, after: number, limit: number) => Promise<readonly Stored[]>;
  /** Durable heads of the streams whose names start with the prefix. */
  readonly heads: (prefix: string) => Promise<ReadonlyMap<StreamId, number>>;
  readonly toStored: (row: EventRow) => Stored;
  readonly onError: (cause: unknown) => void;
};

type Listener = (event: Stored) => void;

/** One follower: a cursor per stream, and the streams known to have more than it has seen. */
type Follower = {
  readonly matches: (stream: string) => boolean;
  readonly poke: (stream: StreamId, rows: readonly EventRow[]) => void;
  readonly poll: () => void;
  readonly stop: () => void;
};

const PAGE = 500;
const RETRY_MS = 500;

const createFollower = (target: string, after: number, listen: Listener, options: SubscriptionsOptions): Follower => {
  const prefix = target.endsWith('*') ? target.slice(0, -1) : undefined;
  const cursors = new Map<StreamId, number>();
  const behind = new Set<StreamId>();
  let seeded = after !== FROM_NOW;
  let pollWanted = false;
  let running = false;
  let stopped = false;

  const cursorOf = (stream: StreamId): number => cursors.get(stream) ?? (after === FROM_NOW ? 0 : after);

  const deliver = (event: Stored): void => {
    if (stopped) return;
    cursors.set(event.stream, event.seq);
    try {
      listen(event);
    } catch (cause) {
      options.onError(cause);
    }
  };

  const heads = async (): Promise<ReadonlyMap<StreamId, number>> => {
    const found = await options.heads(prefix ?? target);
    return prefix === undefined ? new Map([...found].filter(([stream]) => stream === target)) : found;
  };

  const refresh = async (): Promise<void> => {
    pollWanted = false;
    for (const [stream, head] of await heads()) {
      // A stream met while seeding keeps the cursor of its first commit.
      if (!seeded && !cursors.has(stream)) cursors.set(stream, head);
      if (head > cursorOf(stream)) behind.add(stream);
    }
    seeded = true;
  };

  const catchUp = async (stream: StreamId): Promise<void> => {
    // Taken off first: a commit that lands while we read puts it back, or is delivered directly.
    behind.delete(stream);
    const events = await options.read(stream, cursorOf(stream), PAGE).catch((cause: unknown) => {
      behind.add(stream);
      throw cause;
    });
    for (const event of events) if (event.seq === cursorOf(stream) + 1) deliver(event);
    if (events.length === PAGE) behind.add(stream);
  };

  const work = async (): Promise<void> => {
    while (!stopped && (pollWanted || behind.size > 0)) {
      try {
        if (pollWanted) await refresh();
        for (const stream of [...behind]) await catchUp(stream);
      } catch (cause) {
        options.onError(cause);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
        pollWanted = true;
      }
    }
    running = false;
  };

  const wake = (): void => {
    if (running || stopped) return;
    running = true;
    void work();
  };

  return {
    matches: (stream) => (prefix === undefined ? stream === target : stream.startsWith(prefix)),
    poke: (stream, rows) => {
      const first = rows[0]!.seq;
      if (!seeded && !cursors.has(stream)) cursors.set(stream, first - 1);
      if (seeded && !behind.has(stream) && cursorOf(stream) === first - 1) {
        for (const row of rows) deliver(options.toStored(row));
        return;
      }
      if (rows.at(-1)!.seq <= cursorOf(stream)) return;
      behind.add(stream);
      wake();
    },
    poll: () => {
      pollWanted = true;
      wake();
    },
    stop: () => {
      stopped = true;
    },
  };
};

export type Subscriptions = {
  readonly subscribe: (target: string, after: number, listen: Listener) => () => void;
  /** Rows just committed by this process, in order. */
  readonly committed: (rows: readonly EventRow[]) => void;
  /** Another process committed something, or notifications may have been missed. */
  readonly poll: () => void;
  readonly close: () => void;
};

export const createSubscriptions = (options: SubscriptionsOptions): Subscriptions => {
  const followers = new Set<Follower>();
  return {
    subscribe: (target, after, listen) => {
      const follower = createFollower(target, after, listen, options);
      followers.add(follower);
      follower.poll();
      return () => {
        follower.stop();
        followers.delete(follower);
      };
    },
    committed: (rows) => {
      if (followers.size === 0) return;
      for (const [stream, own] of Map.groupBy(rows, (row) => row.stream)) {
        for (const follower of followers) if (follower.matches(stream)) follower.poke(stream, own);
      }
    },
    poll: () => {
      for (const follower of followers) follower.poll();
    },
    close: () => {
      for (const follower of followers) follower.stop();
      followers.clear();
    },
  };
};
