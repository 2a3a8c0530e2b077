/**
 * The recent end of each followed stream, kept once for all its readers. Readers pull at their own pace: from here
 * while they keep up, from the journal when they are behind. So a slow reader costs no memory, and none sees a gap.
 */
import type { StreamEvent } from '@surety/protocol';
import type { StreamSource } from './source.ts';

export type Tail = {
  /** Events after `after`: at least one, or none when `signal` aborts first. At most `limit`. */
  readonly next: (after: number, limit: number, signal: AbortSignal) => Promise<readonly StreamEvent[]>;
  readonly head: () => number;
  readonly release: () => void;
};

export type Tails = {
  /** `undefined` for a stream that does not exist. */
  readonly open: (stream: string) => Promise<Tail | undefined>;
};

type Shared = {
  readonly ring: StreamEvent[];
  readonly waiting: Set<() => void>;
  readonly ready: Promise<boolean>;
  head: number;
  readers: number;
  stop: () => void;
};

export const createTails = (source: StreamSource, options: { readonly keep?: number } = {}): Tails => {
  const { keep = 1_024 } = options;
  const streams = new Map<string, Shared>();

  const start = (stream: string): Shared => {
    const onEvent = (event: StreamEvent): void => {
      shared.head = event.seq;
      shared.ring.push(event);
      if (shared.ring.length > 2 * keep) shared.ring.splice(0, keep);
      const woken = [...shared.waiting];
      shared.waiting.clear();
      for (const wake of woken) wake();
    };
    const begin = async (): Promise<boolean> => {
      const head = await source.head(stream);
      if (head === undefined) return false;
      shared.head = Math.max(shared.head, head);
      shared.stop = source.subscribe(stream, head, onEvent);
      if (shared.readers === 0) shared.stop();
      return true;
    };
    const shared: Shared = {
      ring: [],
      waiting: new Set(),
      ready: Promise.resolve().then(begin),
      head: 0,
      readers: 0,
      stop: () => undefined,
    };
    return shared;
  };

  const release = (stream: string, shared: Shared): void => {
    shared.readers -= 1;
    if (shared.readers > 0) return;
    shared.stop();
    if (streams.get(stream) === shared) streams.delete(stream);
  };

  const wake = (shared: Shared, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done);
        shared.waiting.delete(done);
        resolve();
      };
      shared.waiting.add(done);
      signal.addEventListener('abort', done, { once: true });
      if (signal.aborted) done();
    });

  const recent = (shared: Shared, after: number, limit: number): readonly StreamEvent[] | undefined => {
    const first = shared.ring[0];
    if (first === undefined || after < first.seq - 1) return undefined;
    return shared.ring.slice(after + 1 - first.seq, after + 1 - first.seq + limit);
  };

  return {
    open: async (stream) => {
      const shared = streams.get(stream) ?? start(stream);
      streams.set(stream, shared);
      shared.readers += 1;
      const exists = await shared.ready.catch((cause: unknown) => {
        release(stream, shared);
        throw cause;
      });
      if (!exists) {
        release(stream, shared);
        return undefined;
      }
      let released = false;
      return {
        head: () => shared.head,
        next: async (after, limit, signal) => {
          while (!signal.aborted) {
            const events = recent(shared, after, limit) ?? (await source.read(stream, after, limit));
            if (events.length > 0) return events;
            if (after >= shared.head) await wake(shared, signal);
          }
          return [];
        },
        release: () => {
          if (!released) release(stream, shared);
          released = true;
        },
      };
    },
  };
};
