/** One group commit: the rows of many transactions in one call of the database's append function. */
import type { Client } from 'pg';
import type { StreamId } from './game.ts';
import type { Hashed } from './hash-chain.ts';

/** An event ready to be stored. */
export type EventRow = Hashed & { readonly stream: StreamId; readonly hash: string };

/** Most transactions in one commit: what the database's sequence of transaction numbers leaves room for. */
export const MAX_BATCH_TRANSACTIONS = 10_000;

/** An effect ready to be stored; `(stream, seq, n)` is its identity for ever. */
export type EffectRow = {
  readonly stream: StreamId;
  readonly seq: number;
  readonly n: number;
  readonly kind: string;
  readonly body: string;
};

export type KeyRow = { readonly key: string; readonly digest: string; readonly response: string };

/** A writer's belief about a stream, checked in the append: its fencing epoch and its durable head. */
export type Fence = { readonly epoch: number; readonly headSeq: number };

export type Batch = {
  readonly events: readonly EventRow[];
  /** For each event, which of the batch's transactions it belongs to: 0, 1, 2, … */
  readonly transactions: readonly number[];
  readonly effects: readonly EffectRow[];
  readonly keys: readonly KeyRow[];
  readonly fences: ReadonlyMap<StreamId, Fence>;
};

const APPEND = 'SELECT surety.append($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21)';

/** The last event of each stream in the batch. */
const headsOf = (events: readonly EventRow[]): ReadonlyMap<StreamId, EventRow> =>
  new Map(events.map((event) => [event.stream, event]));

/**
 * Writes the batch durably, or throws and writes nothing.
 * @throws the driver's error; {@link FENCED_STATE} when an epoch or head does not fit
 */
export const append = async (client: Client, batch: Batch, writer: string): Promise<void> => {
  const { events, effects, keys, fences } = batch;
  const heads = [...headsOf(events).values()];
  await client.query({
    name: 'append',
    text: APPEND,
    values: [
      heads.map((row) => row.stream),
      heads.map((row) => fences.get(row.stream)!.epoch),
      heads.map((row) => fences.get(row.stream)!.headSeq),
      heads.map((row) => row.seq),
      heads.map((row) => row.hash),
      events.map((row) => row.stream),
      events.map((row) => row.seq),
      events.map((row) => row.kind),
      events.map((row) => row.at),
      events.map((row) => row.body),
      events.map((row) => row.hash),
      batch.transactions,
      effects.map((row) => row.stream),
      effects.map((row) => row.seq),
      effects.map((row) => row.n),
      effects.map((row) => row.kind),
      effects.map((row) => row.body),
      keys.map((row) => row.key),
      keys.map((row) => row.digest),
      keys.map((row) => row.response),
      writer,
    ],
  });
};
