/** Where public streams come from: durable events, in order, numbered 1, 2, 3, … per stream. */
import type { StreamEvent } from '@surety/protocol';

export type StreamSource = {
  /** Sequence of the last durable event; 0 before the first; `undefined` for a stream that does not exist. */
  readonly head: (stream: string) => Promise<number | undefined>;
  /** At most `limit` events after `after`, in order and without gaps. */
  readonly read: (stream: string, after: number, limit: number) => Promise<readonly StreamEvent[]>;
  /** Calls back for each event after `after`, in order, as it becomes durable. Returns what ends it. */
  readonly subscribe: (stream: string, after: number, onEvent: (event: StreamEvent) => void) => () => void;
};
