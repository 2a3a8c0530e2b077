/**
 * The WebSocket at `/v1/ws`: streams with resume, and signed actions with acknowledgements. A reader that does not
 * keep up is closed with 4008 and resumes; a socket with too many unanswered actions is not read until some are.
 */

import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Problem } from '@surety/core';
import {
  CLOSE_CODES,
  type ClientMessage,
  clientMessage,
  type Handlers,
  LIMITS,
  problemOf,
  type ServerMessage,
} from '@surety/protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import { parseJson } from '../body.ts';
import type { HttpLimits, HttpLog } from '../options.ts';
import { problemOfThrown } from '../refusal.ts';
import type { createRemote } from '../remote.ts';
import type { createGate } from './gate.ts';
import { beyondEnd, pump, unknownStream } from './pump.ts';
import type { Tails } from './tail.ts';

export type SocketOptions = {
  readonly handlers: Handlers;
  readonly tails: Tails;
  readonly limits: HttpLimits;
  readonly log: HttpLog;
  readonly gate: ReturnType<typeof createGate>;
  readonly remoteOf: ReturnType<typeof createRemote>;
};

/** Actions of one socket that may be unanswered at a time. */
const MAX_IN_FLIGHT = 256;
/** Bytes waiting for a slow reader above which writers wait. */
const HIGH_WATER = 1_048_576;

type Reply = (message: ServerMessage) => Promise<void>;

const createReply =
  (socket: WebSocket, slowConsumerMs: number): Reply =>
  (message) =>
    new Promise((resolve) => {
      if (socket.readyState !== socket.OPEN) return resolve();
      const text = JSON.stringify(message);
      if (socket.bufferedAmount < HIGH_WATER) {
        socket.send(text, () => undefined);
        return resolve();
      }
      const timer = setTimeout(() => {
        socket.close(CLOSE_CODES.slowConsumer, 'stream.slow-consumer: reconnect and resume');
        setTimeout(() => socket.terminate(), 1_000).unref();
        resolve();
      }, slowConsumerMs);
      socket.send(text, () => {
        clearTimeout(timer);
        resolve();
      });
    });

const createSubscriptions = (options: SocketOptions, reply: Reply) => {
  const open = new Map<string, AbortController>();

  const stop = (stream: string): void => {
    open.get(stream)?.abort();
    open.delete(stream);
  };

  const subscribe = async (stream: string, after: number): Promise<Problem | undefined> => {
    stop(stream);
    if (open.size >= LIMITS.streams) {
      return {
        code: 'input.too-large',
        message: `${LIMITS.streams} streams are subscribed already.`,
        next: 'Unsubscribe from some, or open a second socket.',
        field: 'stream',
        limit: `at most ${LIMITS.streams}`,
      };
    }
    const ended = new AbortController();
    open.set(stream, ended);
    const tail = await options.tails.open(stream);
    if (tail === undefined || after > tail.head()) {
      tail?.release();
      if (open.get(stream) === ended) open.delete(stream);
      return tail === undefined ? unknownStream(stream) : beyondEnd(stream, after, tail.head());
    }
    const head = tail.head();
    await reply({ op: 'caught-up', stream, head: Math.min(head, after) });
    void pump(
      tail,
      after,
      async (events) => {
        for (const event of events) if (!ended.signal.aborted) await reply({ op: 'event', event });
      },
      ended.signal,
    )
      .catch((error: unknown) => options.log({ requestId: randomUUID(), route: `ws ${stream}`, error }))
      .finally(() => tail.release());
    return undefined;
  };

  const stopAll = (): void => {
    for (const stream of [...open.keys()]) stop(stream);
  };
  return { subscribe, stop, stopAll };
};

const serve = (socket: WebSocket, remote: string, options: SocketOptions): void => {
  const reply = createReply(socket, options.limits.slowConsumerMs);
  const subscriptions = createSubscriptions(options, reply);
  const gone = new AbortController();
  let inFlight = 0;
  let badInARow = 0;
  let alive = true;

  const act = async (message: ClientMessage & { op: 'act' }): Promise<void> => {
    inFlight += 1;
    if (inFlight >= MAX_IN_FLIGHT) socket.pause();
    const { id } = message;
    const context = { remote, signal: gone.signal };
    try {
      const result = await options.handlers.act(
        { params: undefined, query: undefined, body: message.signedAction },
        context,
      );
      await reply(
        result.ok ? { op: 'ack', id, result: result.value.result } : { op: 'ack', id, error: result.problem },
      );
    } catch (error) {
      const where = { requestId: randomUUID(), route: 'ws act', log: options.log };
      await reply({ op: 'ack', id, error: problemOfThrown(error, where) });
    } finally {
      inFlight -= 1;
      if (inFlight < MAX_IN_FLIGHT / 2) socket.resume();
    }
  };

  const handle = async (message: ClientMessage): Promise<void> => {
    switch (message.op) {
      case 'act':
        return act(message);
      case 'subscribe': {
        const refused = await subscriptions.subscribe(message.stream, message.after);
        return refused ? reply({ op: 'error', error: refused }) : undefined;
      }
      case 'unsubscribe':
        return subscriptions.stop(message.stream);
      case 'ping':
        return reply({ op: 'pong', ...(message.id !== undefined && { id: message.id }) });
    }
  };

  const bad = (error: Problem): void => {
    badInARow += 1;
    void reply({ op: 'error', error });
    if (badInARow > 1) socket.close(CLOSE_CODES.badMessage, `${error.code} twice in a row`);
  };

  socket.on('message', (data: Buffer, isBinary: boolean) => {
    const json = isBinary ? parseJson(Buffer.of(0xff)) : parseJson(data);
    if (!json.ok) return bad(json.problem);
    const parsed = clientMessage.safeParse(json.value);
    if (!parsed.success) return bad(problemOf(parsed.error, json.value, 'message'));
    badInARow = 0;
    handle(parsed.data).catch((error: unknown) => {
      const where = { requestId: randomUUID(), route: `ws ${parsed.data.op}`, log: options.log };
      void reply({ op: 'error', error: problemOfThrown(error, where) });
    });
  });
  socket.on('pong', () => {
    alive = true;
  });
  socket.on('error', () => socket.terminate());
  const heartbeat = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, options.limits.heartbeatMs);
  socket.on('close', () => {
    clearInterval(heartbeat);
    gone.abort();
    subscriptions.stopAll();
    options.gate.leave();
  });
};

export type SocketServer = {
  /** Takes over an upgraded connection that has passed the same checks as any request. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly close: () => void;
};

export const createSocketServer = (options: SocketOptions): SocketServer => {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: LIMITS.socketMessageBytes,
    perMessageDeflate: false,
    clientTracking: true,
  });
  return {
    upgrade: (request, socket, head) => {
      const full = options.gate.enter();
      if (full) {
        socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 1\r\n\r\n');
        return;
      }
      const remote = options.remoteOf(request);
      const failed = (): void => options.gate.leave();
      socket.once('close', failed);
      server.handleUpgrade(request, socket, head, (client) => {
        socket.off('close', failed);
        serve(client, remote, options);
      });
    },
    close: () => {
      for (const client of server.clients) client.close(CLOSE_CODES.goingAway, 'the node is stopping');
      setTimeout(() => {
        for (const client of server.clients) client.terminate();
      }, 500).unref();
      server.close();
    },
  };
};
