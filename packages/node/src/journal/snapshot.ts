/** Snapshots: derived states that shorten replay. They are never the truth: a bad one is skipped, not believed. */
import { hash } from 'node:crypto';
import type { Json } from '@surety/core';
import type { Pool } from 'pg';
import type { AnyGame, StreamId } from './game.ts';
import { canonicalText } from './plain.ts';
import type { Point } from './slot.ts';

/** SHA-256 over the canonical JSON of a state, lower-case hex: equal digests mean bit-identical states. */
export const digestOf = (game: Pick<AnyGame, 'encodeState'>, state: unknown): string =>
  hash('sha256', canonicalText(game.encodeState(state)));

/** Stores a snapshot of a durable point, and forgets all but the two newest. */
export const writeSnapshot = async (pool: Pool, stream: StreamId, game: AnyGame, point: Point): Promise<void> => {
  const body = canonicalText(game.encodeState(point.state));
  await pool.query(
    `WITH kept AS (SELECT seq FROM surety.snapshot WHERE stream = $1 ORDER BY seq DESC LIMIT 1),
          gone AS (DELETE FROM surety.snapshot WHERE stream = $1 AND seq < (SELECT seq FROM kept))
     INSERT INTO surety.snapshot (stream, seq, hash, at, body, digest) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (stream, seq) DO NOTHING`,
    [stream, point.seq, point.hash, point.at, body, hash('sha256', body)],
  );
};

type Row = {
  readonly seq: string;
  readonly hash: string;
  readonly at: string;
  readonly body: string;
  readonly digest: string;
};

const pointOf = (game: AnyGame, row: Row): Point | undefined => {
  if (hash('sha256', row.body) !== row.digest) return undefined;
  const state = game.decodeState(JSON.parse(row.body) as Json);
  if (digestOf(game, state) !== row.digest) return undefined;
  return { state, seq: Number(row.seq), hash: row.hash, at: Number(row.at) };
};

/** The newest snapshot at or before `seq` whose digest holds, both as stored and as read back. */
export const readSnapshot = async (
  pool: Pool,
  stream: StreamId,
  game: AnyGame,
  seq: number,
): Promise<Point | undefined> => {
  const { rows } = await pool.query<Row>(
    'SELECT seq, hash, at, body, digest FROM surety.snapshot WHERE stream = $1 AND seq <= $2 ORDER BY seq DESC',
    [stream, seq],
  );
  for (const row of rows) {
    const point = pointOf(game, row);
    if (point !== undefined) return point;
  }
  return undefined;
};
