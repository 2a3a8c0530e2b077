/**
 * Webhooks: every event of the chosen streams, in order, at least once, signed. How far each got is in the journal, so
 * a restart goes on where the last run stopped; a receiver that is away is tried again with growing pauses.
 */
import { createHash } from 'node:crypto';
import { ok, type Result, refuse } from '@surety/core';
import type { Action, ActionResult, StreamEvent, Webhook } from '@surety/protocol';
import type { StreamId } from '../../journal/game.ts';
import type { Host } from '../../journal/host.ts';
import { pump, unknownStream } from '../streams/pump.ts';
import type { StreamSource } from '../streams/source.ts';
import { createTails } from '../streams/tail.ts';
import { type DeliverOptions, deliver } from './deliver.ts';
import { type WebhookEvent, type WebhookState, webhookGame } from './game.ts';
import { checkTarget } from './target.ts';

type Of<T extends Action['type']> = Extract<Action, { type: T }>;

export type Webhooks = {
  readonly create: (action: Of<'surety/action/webhook/v1'>) => Promise<Result<ActionResult>>;
  readonly remove: (action: Of<'surety/action/webhook-delete/v1'>) => Promise<Result<ActionResult>>;
  readonly list: (account: string) => Promise<readonly Webhook[]>;
  /** Takes up deliveries where the last run stopped. */
  readonly start: () => Promise<void>;
  readonly stop: () => void;
};

export type WebhookOptions = DeliverOptions & {
  readonly host: Pick<Host, 'transact' | 'state' | 'streams'>;
  readonly streams: StreamSource;
  readonly onError: (cause: unknown) => void;
  /** Milliseconds before the first repeated attempt; doubles up to an hour; default 5,000. */
  readonly backoffMs?: number;
};

const PER_ACCOUNT = 16;
const MAX_BACKOFF_MS = 3_600_000;

const streamOf = (webhookId: string): StreamId => `webhook:${webhookId}`;

/** Call before the host loads anything. */
export const registerWebhooks = (host: Pick<Host, 'register'>): void => host.register(webhookGame);

const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });

export const createWebhooks = (options: WebhookOptions): Webhooks => {
  const { host, streams, onError, backoffMs = 5_000 } = options;
  const tails = createTails(streams);
  const known = new Map<string, WebhookState>();
  const running = new Map<string, AbortController>();

  const record = async (webhookId: string, event: WebhookEvent): Promise<Result<WebhookState>> => {
    const done = await host.transact([{ stream: streamOf(webhookId), event }]);
    if (!done.ok) return done;
    const state = await host.state<WebhookState>(streamOf(webhookId));
    known.set(webhookId, state);
    return ok(state);
  };

  const end = (webhookId: string): void => {
    running.get(webhookId)?.abort();
    running.delete(webhookId);
  };

  /** Tries one event until it is delivered, the webhook is switched off, or everything stops. */
  const insist = async (webhookId: string, event: StreamEvent, signal: AbortSignal): Promise<void> => {
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      const { url, secret } = known.get(webhookId)!;
      const result = await deliver({ webhookId, url, secret, event }, options);
      if (signal.aborted) return;
      if (result.ok) {
        await record(webhookId, { kind: 'delivered', stream: event.stream, seq: event.seq });
        return;
      }
      const state = await record(webhookId, { kind: 'failed', why: result.problem.message });
      if (state.ok && state.value.status === 'off') return end(webhookId);
      await sleep(Math.min(backoffMs * 2 ** Math.min(attempt, 20), MAX_BACKOFF_MS), signal);
    }
  };

  const follow = async (webhookId: string, stream: string, after: number, signal: AbortSignal): Promise<void> => {
    const tail = await tails.open(stream);
    if (tail === undefined) return;
    try {
      await pump(
        tail,
        after,
        async (events) => {
          for (const event of events) await insist(webhookId, event, signal);
        },
        signal,
      );
    } finally {
      tail.release();
    }
  };

  const run = (webhookId: string, state: WebhookState): void => {
    const ended = new AbortController();
    running.set(webhookId, ended);
    for (const [stream, after] of Object.entries(state.cursor)) {
      follow(webhookId, stream, after, ended.signal).catch(onError);
    }
  };

  const ownedBy = (account: string): [string, WebhookState][] =>
    [...known].filter(([, state]) => state.account === account && state.status !== 'deleted');

  return {
    create: async ({ account, url, secret, streams: names, nonce }) => {
      if (ownedBy(account).length >= PER_ACCOUNT) {
        return refuse({
          code: 'input.too-large',
          message: `The account has ${PER_ACCOUNT} webhooks already.`,
          next: 'Delete one first; one webhook may follow many streams.',
          field: 'action.url',
          limit: `at most ${PER_ACCOUNT}`,
        });
      }
      const target = await checkTarget(url, options);
      if (!target.ok) return target;
      const cursor: Record<string, number> = {};
      for (const name of names) {
        const head = await streams.head(name);
        if (head === undefined) return refuse({ ...unknownStream(name), field: 'action.streams' });
        cursor[name] = head;
      }
      const webhookId = createHash('sha256').update(`webhook ${account} ${nonce}`).digest('hex');
      const created = await record(webhookId, { kind: 'created', account, url, secret, cursor, at: options.now() });
      if (!created.ok) return created;
      run(webhookId, created.value);
      return ok({ kind: 'webhook', webhookId });
    },
    remove: async ({ account, webhookId }) => {
      if (known.get(webhookId)?.account !== account) {
        const next = 'List the webhooks of the account.';
        return refuse({
          code: 'webhook.unknown',
          message: 'The account has no such webhook.',
          next,
          field: 'action.webhookId',
        });
      }
      const deleted = await record(webhookId, { kind: 'deleted' });
      if (!deleted.ok) return deleted;
      end(webhookId);
      return ok({ kind: 'webhook-delete', webhookId });
    },
    list: async (account) =>
      ownedBy(account).map(([webhookId, { url, cursor, createdAt, failures, status }]) => ({
        webhookId,
        // Often the path is the secret, and this list is read without a signature.
        url: `${new URL(url).origin}/`,
        streams: Object.keys(cursor),
        createdAt,
        failures,
        active: status === 'active',
      })),
    start: async () => {
      for (let after: string | undefined; ; ) {
        const page = await host.streams('webhook:', { limit: 500, ...(after !== undefined && { after }) });
        for (const stream of page) {
          const webhookId = stream.slice('webhook:'.length);
          const state = await host.state<WebhookState>(stream);
          known.set(webhookId, state);
          if (state.status === 'active' && !running.has(webhookId)) run(webhookId, state);
        }
        after = page.at(-1);
        if (page.length < 500) return;
      }
    },
    stop: () => {
      for (const webhookId of [...running.keys()]) end(webhookId);
    },
  };
};
