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

/** Effects worked on at once; a slow one holds up nobody else until so many are slow. */
const MAX_UNDER_WAY = 64;
const IDLE_POLL_MS = 1_000;
/** How long a stop waits for handlers; what they leave undone is delivered again. */
const STOP_MS = 5_000;

/** Oldest due effects of the kinds we handle, hidden from others for a while. */
const CLAIM = `
  UPDATE surety.outbox o SET attempts = attempts + 1, claimed_by = $1, due = now() + make_interval(secs => $2)
  FROM (SELECT stream, seq, n FROM surety.outbox WHERE due <= now() AND kind = ANY ($3)
        ORDER BY due LIMIT $4 FOR UPDATE SKIP LOCKED) AS d
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

const nameOf = ({ stream, seq, n }: EffectKey): string => `${stream}@${seq}.${n}`;

export const createOutbox = (options: OutboxOptions): Outbox => {
  const { pool } = options;
  const handlers = new Map<string, EffectHandler>();
  const underWay = new Map<string, Promise<void>>();
  let done: EffectKey[] = [];
  let flushing: Promise<void> | undefined;
  let stopping = false;
  let awake = false;
  let interrupt: (() => void) | undefined;
  let loop: Promise<void> | undefined;

  const wake = (): void => {
    awake = true;
    interrupt?.();
  };

  const claim = async (limit: number): Promise<readonly Claimed[]> => {
    if (handlers.size === 0 || limit <= 0) return [];
    const { rows } = await pool.query<{ stream: StreamId; seq: string; n: number; kind: string; body: string }>({
      name: 'claim',
      text: CLAIM,
      values: [options.incarnation, options.claimSeconds, [...handlers.keys()], limit],
    });
    return rows.map(({ stream, seq, n, kind, body }) => ({ key: { stream, seq: Number(seq), n }, kind, body }));
  };

  /** Forgets finished effects, all those of a moment in one statement. */
  const flush = async (): Promise<void> => {
    await new Promise(setImmediate);
    const keys = done;
    done = [];
    flushing = undefined;
    await pool.query(DONE, [keys.map((k) => k.stream), keys.map((k) => k.seq), keys.map((k) => k.n)]);
  };

  const finished = (key: EffectKey): Promise<void> => {
    done.push(key);
    flushing ??= flush();
    return flushing;
  };

  const deliver = async ({ key, kind, body }: Claimed): Promise<void> => {
    try {
      await handlers.get(kind)!(readPlain(body) as Effect, key);
    } catch (cause) {
      options.onError(cause);
      await pool.query(FAILED, [key.stream, key.seq, key.n, String(cause).slice(0, 500)]);
      return;
    }
    await finished(key);
  };

  /** Starts a delivery, unless one that outlived its claim is still under way here. */
  const begin = (claimed: Claimed): void => {
    const name = nameOf(claimed.key);
    if (underWay.has(name)) return;
    const delivery = deliver(claimed)
      .catch(options.onError)
      .finally(() => {
        underWay.delete(name);
        wake();
      });
    underWay.set(name, delivery);
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
      let claimed: readonly Claimed[] = [];
      try {
        claimed = await claim(MAX_UNDER_WAY - underWay.size);
      } catch (cause) {
        options.onError(cause);
        await nap();
      }
      for (const each of claimed) begin(each);
      if (claimed.length === 0 && !awake && !stopping) await nap();
    }
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
      const patience = new Promise((resolve) => setTimeout(resolve, STOP_MS).unref());
      await Promise.race([Promise.all(underWay.values()), patience]);
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
