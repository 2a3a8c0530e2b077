/**
 * Effects leave through the outbox, written in the same transaction as the event that caused them: at least once, in no
 * promised order, each under the identity `(stream, seq, n)` which a handler uses to do its work only once.
 */
import type { Pool } from 'pg';
import type { Effect, StreamId } from './game.ts';
import { readPlain } from './plain.ts';

/** The identity of an effect; the same at every delivery. */
export type EffectKey = { readonly stream: StreamId; readonly seq: number; readonly n: number };

export type EffectHandler = (effect: Effect, key: EffectKey) => Promise<void>;

export type OutboxOptions = {
  readonly pool: Pool;
  readonly incarnation: string;
  readonly onError: (cause: unknown) => void;
  /** A claimed effect that was neither finished nor failed by then is given to someone else. */
  readonly claimSeconds: number;
};

export type Outbox = {
  readonly on: (kind: string, handler: EffectHandler) => void;
  /** New effects were committed. */
  readonly wake: () => void;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

const CLAIM_LIMIT = 64;
const IDLE_POLL_MS = 1_000;

/** Oldest due effects of the kinds we handle, hidden from others for a while. */
const CLAIM = `
  UPDATE surety.outbox o SET attempts = attempts + 1, claimed_by = $1, due = now() + make_interval(secs => $2)
  FROM (SELECT stream, seq, n FROM surety.outbox WHERE due <= now() AND kind = ANY ($3)
        ORDER BY due LIMIT ${CLAIM_LIMIT} FOR UPDATE SKIP LOCKED) AS d
  WHERE (o.stream, o.seq, o.n) = (d.stream, d.seq, d.n)
  RETURNING o.stream, o.seq, o.n, o.kind, o.body`;

const DONE = `
  DELETE FROM surety.outbox o USING unnest($1::text[], $2::bigint[], $3::int[]) AS d(stream, seq, n)
  WHERE (o.stream, o.seq, o.n) = (d.stream, d.seq, d.n)`;

/** Next attempt after 0.2 s, 0.4 s, … at most a minute. */
const FAILED = `
  UPDATE surety.outbox SET last_error = $4, due = now() + make_interval(secs => least(60, 0.1 * 2 ^ least(attempts, 12)))
  WHERE stream = $1 AND seq = $2 AND n = $3`;

type Claimed = { readonly key: EffectKey; readonly kind: string; readonly body: string };

export const createOutbox = (options: OutboxOptions): Outbox => {
  const { pool } = options;
  const handlers = new Map<string, EffectHandler>();
  let stopping = false;
  let awake = false;
  let interrupt: (() => void) | undefined;
  let loop: Promise<void> | undefined;

  const claim = async (): Promise<readonly Claimed[]> => {
    if (handlers.size === 0) return [];
    const { rows } = await pool.query<{ stream: StreamId; seq: string; n: number; kind: string; body: string }>({
      name: 'claim',
      text: CLAIM,
      values: [options.incarnation, options.claimSeconds, [...handlers.keys()]],
    });
    return rows.map(({ stream, seq, n, kind, body }) => ({ key: { stream, seq: Number(seq), n }, kind, body }));
  };

  /** True when the effect is done. */
  const deliver = async ({ key, kind, body }: Claimed): Promise<boolean> => {
    try {
      await handlers.get(kind)!(readPlain(body) as Effect, key);
      return true;
    } catch (cause) {
      options.onError(cause);
      await pool.query(FAILED, [key.stream, key.seq, key.n, String(cause).slice(0, 500)]);
      return false;
    }
  };

  const round = async (): Promise<number> => {
    const claimed = await claim();
    const done = await Promise.all(claimed.map(deliver));
    const keys = claimed.filter((_, i) => done[i]).map(({ key }) => key);
    if (keys.length > 0) {
      await pool.query(DONE, [keys.map((k) => k.stream), keys.map((k) => k.seq), keys.map((k) => k.n)]);
    }
    return claimed.length;
  };

  const nap = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, IDLE_POLL_MS);
      interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const work = async (): Promise<void> => {
    while (!stopping) {
      awake = false;
      let handled = 0;
      try {
        handled = await round();
      } catch (cause) {
        options.onError(cause);
        await nap();
      }
      if (handled === 0 && !awake && !stopping) await nap();
    }
  };

  const wake = (): void => {
    awake = true;
    interrupt?.();
  };

  return {
    on: (kind, handler) => {
      handlers.set(kind, handler);
      wake();
    },
    wake,
    start: () => {
      loop ??= work();
    },
    stop: async () => {
      stopping = true;
      interrupt?.();
      await loop;
    },
  };
};

/** Gives back what earlier processes of this node had claimed when they died, so that it is delivered at once. */
export const reclaim = async (pool: Pool, node: string, incarnation: string): Promise<void> => {
  await pool.query(
    `UPDATE surety.outbox SET due = now() WHERE claimed_by LIKE $1 AND claimed_by <> $2 AND due > now()`,
    [`${node.replaceAll(/[\\%_]/g, '\\$&')}/%`, incarnation],
  );
};
