/** Streams in memory, for tests of the edge. */
import type { Json } from '@surety/core';
import type { StreamEvent } from '@surety/protocol';
import type { StreamSource } from '../streams/source.ts';

export type MemoryStreams = StreamSource & {
  readonly append: (stream: string, kind: string, data: Json) => StreamEvent;
  readonly reads: () => number;
};

export const memoryStreams = (names: readonly string[]): MemoryStreams => {
  const events = new Map<string, StreamEvent[]>(names.map((name) => [name, []]));
  const listeners = new Map<string, Set<(event: StreamEvent) => void>>();
  let reads = 0;
  return {
    head: async (stream) => events.get(stream)?.length,
    read: async (stream, after, limit) => {
      reads += 1;
      return (events.get(stream) ?? []).slice(after, after + limit);
    },
    subscribe: (stream, after, onEvent) => {
      const set = listeners.get(stream) ?? new Set();
      listeners.set(stream, set);
      let cursor = after;
      const deliver = (): void => {
        for (const event of (events.get(stream) ?? []).slice(cursor)) {
          cursor = event.seq;
          onEvent(event);
        }
      };
      set.add(deliver);
      deliver();
      return () => set.delete(deliver);
    },
    append: (stream, kind, data) => {
      const list = events.get(stream) ?? [];
      events.set(stream, list);
      const event = { stream, seq: list.length + 1, kind, at: 1_700_000_000, data };
      list.push(event);
      for (const deliver of listeners.get(stream) ?? []) deliver(event);
      return event;
    },
    reads: () => reads,
  };
};
