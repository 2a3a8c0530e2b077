/** Streams over Server-Sent Events that resume by themselves: every event once, in order, without gaps. */
import { ERRORS, SuretyError } from '@surety/core';
import type { StreamEvent } from '@surety/protocol';
import { createSseParser } from './sse.ts';
import { problemOfBody, sleep, type Transport } from './transport.ts';

export type FollowOptions = {
  /** Last sequence already seen, for each stream; a stream without one starts with what happens from now on. */
  readonly after?: { readonly [stream: string]: number };
  readonly signal?: AbortSignal;
  /** Milliseconds before the first reconnection; doubles up to 10 s; default 250. */
  readonly reconnectDelayMs?: number;
  /** Milliseconds of silence (not even a heartbeat) after which the connection counts as lost; default 45,000. */
  readonly silenceMs?: number;
  /** Told when the connection is lost or back. */
  readonly onConnection?: (state: 'open' | 'lost') => void;
};

type Cursor = Map<string, number>;

const cursorText = (streams: readonly string[], cursor: Cursor): string =>
  streams.flatMap((stream) => (cursor.has(stream) ? [`${stream}@${cursor.get(stream)}`] : [])).join(',');

/** Takes the next event of a stream; `false` when events before it are missing. A repetition is dropped. */
const accept = (cursor: Cursor, event: StreamEvent): 'next' | 'seen' | 'gap' => {
  const last = cursor.get(event.stream);
  if (last !== undefined && event.seq <= last) return 'seen';
  if (last !== undefined && event.seq !== last + 1) return 'gap';
  cursor.set(event.stream, event.seq);
  return 'next';
};

const connect = async (
  transport: Transport,
  streams: readonly string[],
  cursor: Cursor,
  signal: AbortSignal,
): Promise<Response> => {
  const query = new URLSearchParams({ streams: streams.join(',') });
  const after = cursorText(streams, cursor);
  if (after !== '') query.set('after', after);
  const response = await transport.fetch(`${transport.base}/v1/stream?${query}`, {
    headers: { accept: 'text/event-stream' },
    signal,
  });
  if (!response.ok) throw new SuretyError(problemOfBody(response.status, await response.text()));
  return response;
};

/** Events of one connection, until it ends, goes silent or skips a sequence number. */
async function* oneConnection(
  body: ReadableStream<Uint8Array>,
  cursor: Cursor,
  silence: () => void,
): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  let ready: StreamEvent[] = [];
  let gap = false;
  const feed = createSseParser(({ event, id, data }) => {
    if (event === 'cursor') {
      for (const part of id.split(',')) {
        const at = part.lastIndexOf('@');
        const stream = part.slice(0, at);
        if (at > 0 && !cursor.has(stream)) cursor.set(stream, Number(part.slice(at + 1)));
      }
      return;
    }
    const parsed = JSON.parse(data) as StreamEvent;
    const verdict = gap ? 'gap' : accept(cursor, parsed);
    if (verdict === 'gap') gap = true;
    if (verdict === 'next') ready.push(parsed);
  });
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      silence();
      feed(decoder.decode(value, { stream: true }));
      const batch = ready;
      ready = [];
      yield* batch;
      if (gap) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * Follows streams for as long as the loop over it runs. Ends when `signal` aborts.
 * @throws {SuretyError} on a refusal that trying again cannot cure, e.g. `stream.unknown`
 */
export async function* follow(
  transport: Transport,
  streams: readonly string[],
  options: FollowOptions = {},
): AsyncGenerator<StreamEvent, void, undefined> {
  const { signal, reconnectDelayMs = 250, silenceMs = 45_000 } = options;
  const cursor: Cursor = new Map(Object.entries(options.after ?? {}));
  let failures = 0;
  while (!signal?.aborted) {
    const watch = new AbortController();
    const stop = (): void => watch.abort();
    let timer = setTimeout(stop, silenceMs);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const response = await connect(transport, streams, cursor, watch.signal);
      options.onConnection?.('open');
      const heard = (): void => {
        failures = 0;
        clearTimeout(timer);
        timer = setTimeout(stop, silenceMs);
      };
      if (response.body) yield* oneConnection(response.body, cursor, heard);
    } catch (cause) {
      if (cause instanceof SuretyError && !ERRORS[cause.code].retryable) throw cause;
    } finally {
      clearTimeout(timer);
      watch.abort();
      signal?.removeEventListener('abort', stop);
    }
    if (signal?.aborted) return;
    options.onConnection?.('lost');
    await sleep(Math.min(reconnectDelayMs * 2 ** failures, 10_000) * (0.5 + Math.random()), signal);
    failures += 1;
  }
}
