/** The WebSocket of a node: signed actions with acknowledgements, and streams that resume after a lost connection. */
import { ok, type Problem, type Result, refuse } from '@surety/core';
import type { ActionResult, ClientMessage, ServerMessage, SignedAction, StreamEvent } from '@surety/protocol';
import { sleep } from './transport.ts';

export type OpenSocketOptions = {
  /** The platform's class when absent. */
  readonly WebSocket?: typeof WebSocket;
  readonly signal?: AbortSignal;
  /** Milliseconds before the first reconnection; doubles up to 10 s; default 250. */
  readonly reconnectDelayMs?: number;
  readonly onConnection?: (state: 'open' | 'lost') => void;
  readonly onProblem?: (problem: Problem) => void;
};

export type Socket = {
  /** Does a signed action. After a lost connection it is sent again: its nonce makes that harmless. */
  readonly act: (signedAction: SignedAction) => Promise<Result<ActionResult>>;
  /** Events after `after`, in order, each once. Returns what ends the subscription. */
  readonly subscribe: (stream: string, after: number, onEvent: (event: StreamEvent) => void) => () => void;
  readonly close: () => void;
};

type Subscription = { after: number; readonly onEvent: (event: StreamEvent) => void };
type Pending = { readonly message: ClientMessage; readonly settle: (result: Result<ActionResult>) => void };

const closed: Problem = {
  code: 'http.unreachable',
  message: 'The socket was closed before the node answered.',
  next: 'Open a new one and send the same signed action again: it is done at most once.',
};

/** Opens the socket and keeps it open until `close` or `signal`. Resolves once connected. */
export const openSocket = (url: string, options: OpenSocketOptions = {}): Promise<Socket> => {
  const Implementation = options.WebSocket ?? globalThis.WebSocket;
  const address = `${url.replace(/^http/, 'ws')}/v1/ws`;
  const subscriptions = new Map<string, Subscription>();
  const pending = new Map<string, Pending>();
  let socket: WebSocket | undefined;
  let nextId = 1;
  let failures = 0;
  let finished = false;

  const send = (message: ClientMessage): void => {
    if (socket?.readyState === Implementation.OPEN) socket.send(JSON.stringify(message));
  };

  const onEvent = (event: StreamEvent): void => {
    const subscription = subscriptions.get(event.stream);
    if (!subscription || event.seq <= subscription.after) return;
    if (event.seq !== subscription.after + 1) {
      send({ op: 'subscribe', stream: event.stream, after: subscription.after });
      return;
    }
    subscription.after = event.seq;
    subscription.onEvent(event);
  };

  const onMessage = (message: ServerMessage): void => {
    if (message.op === 'event') onEvent(message.event);
    else if (message.op === 'error') options.onProblem?.(message.error);
    else if (message.op === 'ack') {
      const waiting = pending.get(message.id);
      pending.delete(message.id);
      if (message.result) waiting?.settle(ok(message.result));
      else if (message.error) waiting?.settle(refuse(message.error));
    }
  };

  const close = (): void => {
    finished = true;
    socket?.close(1000);
    for (const { settle } of pending.values()) settle(refuse(closed));
    pending.clear();
  };

  const api: Socket = {
    act: (signedAction) =>
      new Promise((settle) => {
        if (finished) return settle(refuse(closed));
        const id = `a${nextId++}`;
        const message = { op: 'act', id, signedAction } as const;
        pending.set(id, { message, settle });
        send(message);
      }),
    subscribe: (stream, after, listener) => {
      subscriptions.set(stream, { after, onEvent: listener });
      send({ op: 'subscribe', stream, after });
      return () => {
        if (subscriptions.delete(stream)) send({ op: 'unsubscribe', stream });
      };
    },
    close,
  };

  return new Promise((resolve) => {
    const open = (): void => {
      const current = new Implementation(address);
      socket = current;
      current.addEventListener('open', () => {
        failures = 0;
        options.onConnection?.('open');
        for (const [stream, { after }] of subscriptions) send({ op: 'subscribe', stream, after });
        for (const { message } of pending.values()) send(message);
        resolve(api);
      });
      current.addEventListener('message', ({ data }) => onMessage(JSON.parse(String(data)) as ServerMessage));
      current.addEventListener('error', () => undefined);
      current.addEventListener('close', async () => {
        if (finished) return resolve(api);
        options.onConnection?.('lost');
        await sleep(Math.min((options.reconnectDelayMs ?? 250) * 2 ** failures, 10_000) * (0.5 + Math.random()));
        failures += 1;
        if (!finished) open();
      });
    };
    options.signal?.addEventListener('abort', close, { once: true });
    if (options.signal?.aborted) finished = true;
    else open();
    if (finished) resolve(api);
  });
};
