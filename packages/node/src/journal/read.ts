/** Reading events, heads and names of streams. */
import type { Json } from '@surety/core';
import type { Pool } from 'pg';
import type { EventRow } from './append.ts';
import type { Stored, StreamId } from './game.ts';

type Row = { readonly seq: string; readonly kind: string; readonly at: string; readonly body: string };

/** A committed row as followers see it. */
export const toStored = (row: Pick<EventRow, 'stream' | 'seq' | 'kind' | 'at' | 'body'>): Stored => ({
  stream: row.stream,
  seq: row.seq,
  kind: row.kind,
  at: row.at,
  data: JSON.parse(row.body) as Json,
});

const MAX_PAGE = 10_000;

export const readEvents = async (
  pool: Pool,
  stream: StreamId,
  after: number,
  limit: number,
): Promise<readonly Stored[]> => {
  const { rows } = await pool.query<Row>({
    name: 'read',
    text: 'SELECT seq, kind, at, body FROM surety.event WHERE stream = $1 AND seq > $2 ORDER BY seq LIMIT $3',
    values: [stream, after, Math.min(Math.max(1, limit), MAX_PAGE)],
  });
  return rows.map((row) => toStored({ ...row, stream, seq: Number(row.seq), at: Number(row.at) }));
};

/** Just above every name with the prefix, in byte order; names are printable ASCII. */
const above = (prefix: string): string => `${prefix}\x7f`;

export const readHeads = async (pool: Pool, prefix: string): Promise<ReadonlyMap<StreamId, number>> => {
  const { rows } = await pool.query<{ stream: StreamId; head_seq: string }>(
    'SELECT stream, head_seq FROM surety.stream WHERE stream >= $1 AND stream < $2 AND head_seq > 0',
    [prefix, above(prefix)],
  );
  return new Map(rows.map((row) => [row.stream, Number(row.head_seq)]));
};

export const readHead = async (
  pool: Pool,
  stream: StreamId,
): Promise<{ readonly headSeq: number; readonly headHash: string } | undefined> => {
  const { rows } = await pool.query<{ head_seq: string; head_hash: string }>({
    name: 'head',
    text: 'SELECT head_seq, head_hash FROM surety.stream WHERE stream = $1',
    values: [stream],
  });
  return rows[0] && { headSeq: Number(rows[0].head_seq), headHash: rows[0].head_hash };
};

export const readStreams = async (
  pool: Pool,
  prefix: string,
  page: { readonly after?: string; readonly limit: number },
): Promise<readonly StreamId[]> => {
  const { rows } = await pool.query<{ stream: StreamId }>(
    `SELECT stream FROM surety.stream WHERE stream >= $1 AND stream < $2 AND stream > $3 AND head_seq > 0
     ORDER BY stream LIMIT $4`,
    [prefix, above(prefix), page.after ?? '', Math.min(Math.max(1, page.limit), MAX_PAGE)],
  );
  return rows.map((row) => row.stream);
};
