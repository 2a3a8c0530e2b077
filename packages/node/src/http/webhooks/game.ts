/** A webhook as a game: what it is, how far its deliveries got, and whether it still works. Pure; holds no value. */
import type { Json, Problem } from '@surety/core';
import type { Effect, Game } from '../../journal/game.ts';

export type WebhookState = {
  readonly account: string;
  readonly url: string;
  /** Signs deliveries; never shown again. */
  readonly secret: string;
  /** Last sequence delivered, per stream. */
  readonly cursor: { readonly [stream: string]: number };
  readonly createdAt: number;
  /** Failed attempts since the last success. */
  readonly failures: number;
  readonly status: 'none' | 'active' | 'off' | 'deleted';
};

export type WebhookEvent =
  | {
      readonly kind: 'created';
      readonly account: string;
      readonly url: string;
      readonly secret: string;
      readonly cursor: { readonly [stream: string]: number };
      readonly at: number;
    }
  | { readonly kind: 'delivered'; readonly stream: string; readonly seq: number }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'deleted' };

/** Failed attempts in a row after which a webhook is switched off: with the backoff, about two days. */
export const MAX_FAILURES = 60;

const initial: WebhookState = {
  account: '',
  url: '',
  secret: '',
  cursor: {},
  createdAt: 0,
  failures: 0,
  status: 'none',
};

const refused = (message: string): { readonly kind: 'refused'; readonly problem: Problem } => ({
  kind: 'refused',
  problem: { code: 'webhook.unknown', message, next: 'List the webhooks of the account.', field: 'action.webhookId' },
});

const accepted = (state: WebhookState) => ({ kind: 'accepted', state, effects: [] }) as const;

type Pairs = readonly (readonly [string, number])[];
/** Journals from before 2026-11-30 hold the cursor as an object, which has no room for the name of a market's stream. */
type Stored = { readonly cursor: Pairs | WebhookState['cursor'] };

/** Names of streams are longer than the keys of canonical JSON may be, so the journal holds pairs. */
const stored = <T extends { readonly cursor: WebhookState['cursor'] }>(value: T): Json =>
  ({ ...value, cursor: Object.entries(value.cursor) }) as unknown as Json;
const restored = <T>(value: Stored): T => {
  const cursor = Array.isArray(value.cursor) ? Object.fromEntries(value.cursor as Pairs) : value.cursor;
  return { ...value, cursor } as T;
};

export const webhookGame: Game<WebhookState, WebhookEvent, Effect> = {
  name: 'webhook',
  initial: () => initial,
  step: (state, event) => {
    if (event.kind === 'created') {
      if (state.status !== 'none') return refused('There is such a webhook already.');
      const { account, url, secret, cursor, at } = event;
      return accepted({ account, url, secret, cursor, createdAt: at, failures: 0, status: 'active' });
    }
    if (state.status === 'none' || state.status === 'deleted') return refused('There is no such webhook.');
    if (event.kind === 'deleted') return accepted({ ...state, secret: '', status: 'deleted' });
    if (event.kind === 'delivered') {
      return accepted({ ...state, failures: 0, cursor: { ...state.cursor, [event.stream]: event.seq } });
    }
    const failures = state.failures + 1;
    return accepted({ ...state, failures, status: failures >= MAX_FAILURES ? 'off' : state.status });
  },
  encodeEvent: (event) => (event.kind === 'created' ? stored(event) : (event as unknown as Json)),
  decodeEvent: (json) => {
    const event = json as unknown as Stored | Exclude<WebhookEvent, { kind: 'created' }>;
    return 'cursor' in event ? restored(event) : event;
  },
  encodeState: (state) => stored(state),
  decodeState: (json) => restored(json as unknown as Stored),
};
