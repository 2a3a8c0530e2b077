/** Moves the events of one stream to one reader, in order, at the reader's pace. */
import { type Problem, SuretyError } from '@surety/core';
import type { StreamEvent } from '@surety/protocol';
import type { Tail } from './tail.ts';

const PAGE = 256;

/**
 * Writes every event after `after` until `signal` aborts; `write` resolves once the reader can take more.
 * @throws {SuretyError} `internal` when the source skips a sequence number
 */
export const pump = async (
  tail: Tail,
  after: number,
  write: (events: readonly StreamEvent[]) => Promise<void>,
  signal: AbortSignal,
): Promise<void> => {
  let cursor = after;
  while (!signal.aborted) {
    const events = await tail.next(cursor, PAGE, signal);
    for (const event of events) {
      if (event.seq !== cursor + 1) {
        throw new SuretyError({
          code: 'internal',
          message: `${event.stream} continues with ${event.seq} after ${cursor}.`,
          next: 'Report it: a stream must have no gaps.',
        });
      }
      cursor = event.seq;
    }
    if (events.length > 0) await write(events);
  }
};

/** Refusal of a place that the stream has not reached. */
export const beyondEnd = (stream: string, after: number, head: number): Problem => ({
  code: 'stream.stale',
  message: `${stream} ends at ${head}, so nothing can follow ${after}.`,
  next: 'Resume after the last sequence you saw; if the node was reset, start again from 0.',
  field: 'after',
  value: String(after),
  limit: `0 .. ${head}`,
});

export const unknownStream = (stream: string): Problem => ({
  code: 'stream.unknown',
  message: `There is no stream ${stream}.`,
  next: 'Follow `markets`, `runs`, or `market:<marketId>` of a market that exists.',
  field: 'stream',
  value: stream.slice(0, 120),
});

/** What a reader that cannot keep up is told. */
export const slowConsumer = (milliseconds: number): Problem => ({
  code: 'stream.slow-consumer',
  message: `Nothing was read for ${milliseconds / 1000} s.`,
  next: 'Reconnect and resume after the last sequence you saw.',
  limit: `${milliseconds} ms`,
});
