/**
 * Server-Sent Events at `/v1/stream`. Each event's id names the place in every followed stream, so that the browser's
 * own `Last-Event-ID` resumes all of them without gap or repetition.
 */
import type { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { ok, type Problem, type Result, refuse } from '@surety/core';
import type { StreamEvent } from '@surety/protocol';
import type { HttpContext } from '../env.ts';
import type { HttpLimits } from '../options.ts';
import { refusal } from '../refusal.ts';
import { DATA_POLICY, SECURITY_HEADERS } from '../security-headers.ts';
import { type Cursor, checkParameters, cursorText, parseCursor, parseStreams } from './cursor.ts';
import { createGate } from './gate.ts';
import { beyondEnd, pump, slowConsumer, unknownStream } from './pump.ts';
import type { Tail, Tails } from './tail.ts';

export type StreamOptions = { readonly tails: Tails; readonly limits: HttpLimits };

const gates = new WeakMap<Tails, ReturnType<typeof createGate>>();

/** One count of open streams for each server. */
export const gateOf = (options: StreamOptions): ReturnType<typeof createGate> => {
  const gate = gates.get(options.tails) ?? createGate(options.limits.maxStreams);
  gates.set(options.tails, gate);
  return gate;
};

type Opened = { readonly tails: readonly Tail[]; readonly cursor: Cursor };

/** Opens every stream at its place, in the order of `streams`, or none. A stream without a place starts at its end. */
const openTails = async (tails: Tails, places: Cursor, streams: readonly string[]): Promise<Result<Opened>> => {
  const opened: Tail[] = [];
  const cursor: Cursor = new Map();
  const fail = (problem: Problem): Result<never> => {
    for (const tail of opened) tail.release();
    return refuse(problem);
  };
  for (const stream of streams) {
    const tail = await tails.open(stream);
    if (tail === undefined) return fail(unknownStream(stream));
    opened.push(tail);
    const after = places.get(stream) ?? tail.head();
    if (after > tail.head()) return fail(beyondEnd(stream, after, tail.head()));
    cursor.set(stream, after);
  }
  return ok({ tails: opened, cursor });
};

/** Resolves once the response takes more; rejects when that takes too long. */
const drained = (outgoing: ServerResponse, milliseconds: number): Promise<boolean> =>
  new Promise((resolve) => {
    const finish = (inTime: boolean): void => {
      clearTimeout(timer);
      outgoing.off('drain', onDrain).off('close', onDrain);
      resolve(inTime);
    };
    const onDrain = (): void => finish(true);
    const timer = setTimeout(() => finish(false), milliseconds);
    outgoing.on('drain', onDrain).on('close', onDrain);
  });

const frame = (event: StreamEvent, cursor: Cursor): string => {
  cursor.set(event.stream, event.seq);
  return `id: ${cursorText(cursor)}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`;
};

const run = async (context: HttpContext, tails: readonly Tail[], cursor: Cursor, limits: HttpLimits): Promise<void> => {
  const { outgoing } = context.env;
  const gone = new AbortController();
  outgoing.on('close', () => gone.abort()).on('error', () => gone.abort());
  const origin = context.req.header('origin');
  outgoing.writeHead(200, {
    ...SECURITY_HEADERS,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    connection: 'close',
    'content-security-policy': DATA_POLICY,
    'x-request-id': context.get('requestId'),
    ...(origin && { 'access-control-allow-origin': origin, vary: 'Origin' }),
  });

  const send = async (text: string): Promise<void> => {
    if (gone.signal.aborted || outgoing.writableEnded || outgoing.write(text)) return;
    if (await drained(outgoing, limits.slowConsumerMs)) return;
    const problem = slowConsumer(limits.slowConsumerMs);
    outgoing.end(`event: closed\ndata: ${JSON.stringify(problem)}\n\n`);
    gone.abort();
    setTimeout(() => outgoing.destroy(), 1_000).unref();
  };
  const place = (): string => `id: ${cursorText(cursor)}\nevent: cursor\ndata: {}\n\n`;
  await send(`retry: 1000\n${place()}`);
  const heartbeat = setInterval(() => {
    if (!outgoing.writableNeedDrain && !outgoing.writableEnded) outgoing.write(': still here\n\n');
  }, limits.heartbeatMs);

  const streams = [...cursor.keys()];
  try {
    await Promise.all(
      tails.map((tail, index) =>
        pump(
          tail,
          cursor.get(streams[index]!)!,
          (events) => send(events.map((event) => frame(event, cursor)).join('')),
          gone.signal,
        ),
      ),
    );
  } finally {
    clearInterval(heartbeat);
    gone.abort();
    outgoing.end();
  }
};

/** Answers `GET /v1/stream?streams=…&after=…`. */
export const serveStream = async (context: HttpContext, options: StreamOptions): Promise<Response> => {
  const known = checkParameters(Object.keys(context.req.query()));
  if (!known.ok) return refusal(context, known.problem);
  const names = parseStreams(context.req.query('streams'));
  if (!names.ok) return refusal(context, names.problem);
  const after = parseCursor(context.req.header('last-event-id') || context.req.query('after'), names.value);
  if (!after.ok) return refusal(context, after.problem);
  const gate = gateOf(options);
  const full = gate.enter();
  if (full) return refusal(context, full);
  const opened = await openTails(options.tails, after.value, names.value).catch((cause: unknown) => {
    gate.leave();
    throw cause;
  });
  if (!opened.ok) {
    gate.leave();
    return refusal(context, opened.problem);
  }
  const { tails, cursor } = opened.value;
  void run(context, tails, cursor, options.limits)
    .catch(() => context.env.outgoing.destroy())
    .finally(() => {
      gate.leave();
      for (const tail of tails) tail.release();
    });
  return RESPONSE_ALREADY_SENT;
};
