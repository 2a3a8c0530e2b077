/**
 * The state of a stream, rebuilt: newest good snapshot, then every later event through the game's own step. Hashes are
 * checked on the way, so a state is never served from events that do not belong together.
 */
import type { Json } from '@surety/core';
import type { Pool } from 'pg';
import { type AnyGame, idOfStream, type StreamId } from './game.ts';
import { GENESIS_HASH, nextHash } from './hash-chain.ts';
import { corrupt } from './problems.ts';
import type { Point } from './slot.ts';
import { readSnapshot } from './snapshot.ts';

const PAGE = 2_000;

type Row = {
  readonly seq: number;
  readonly kind: string;
  readonly at: number;
  readonly body: string;
  readonly hash: string;
};

const readPage = async (pool: Pool, stream: StreamId, after: number, upTo: number): Promise<readonly Row[]> => {
  const { rows } = await pool.query<{ seq: string; kind: string; at: string; body: string; hash: string }>({
    name: 'replay',
    text: 'SELECT seq, kind, at, body, hash FROM surety.event WHERE stream = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4',
    values: [stream, after, upTo, PAGE],
  });
  return rows.map((row) => ({ ...row, seq: Number(row.seq), at: Number(row.at) }));
};

/** The point after one more stored event. */
const replayOne = (stream: StreamId, game: AnyGame, point: Point, row: Row): Point => {
  if (row.seq !== point.seq + 1) throw corrupt(stream, point.seq + 1, 'it is missing');
  if (nextHash(point.hash, { ...row, stream }) !== row.hash) throw corrupt(stream, row.seq, 'its hash does not fit');
  const step = game.step(point.state, game.decodeEvent(JSON.parse(row.body) as Json));
  if (step.kind === 'refused') throw corrupt(stream, row.seq, `its game refuses it now (${step.problem.message})`);
  return { state: step.state, seq: row.seq, hash: row.hash, at: row.at };
};

/** Where replay begins when there is no snapshot. */
export const genesis = (stream: StreamId, game: AnyGame): Point => ({
  state: game.initial(idOfStream(stream)),
  seq: 0,
  hash: GENESIS_HASH,
  at: 0,
});

/**
 * Replays a stream up to and including `head.headSeq`.
 * @param options.ignoreSnapshots replays from the first event, as an audit does
 * @throws {SuretyError} `journal.corrupt` naming the first event that does not fit
 */
export const load = async (
  pool: Pool,
  stream: StreamId,
  game: AnyGame,
  head: { readonly headSeq: number; readonly headHash: string },
  options: { readonly ignoreSnapshots?: boolean } = {},
): Promise<{ readonly point: Point; readonly snapshotSeq: number }> => {
  const snapshot = options.ignoreSnapshots ? undefined : await readSnapshot(pool, stream, game, head.headSeq);
  let point = snapshot ?? genesis(stream, game);
  while (point.seq < head.headSeq) {
    const rows = await readPage(pool, stream, point.seq, head.headSeq);
    if (rows.length === 0) throw corrupt(stream, point.seq + 1, 'it is missing');
    for (const row of rows) point = replayOne(stream, game, point, row);
  }
  if (point.hash !== head.headHash) throw corrupt(stream, point.seq, 'it is not the recorded head of its stream');
  return { point, snapshotSeq: snapshot?.seq ?? 0 };
};
