/**
 * Who may write. A node holds one lease, renewed by a heartbeat; each stream names the node that writes it and a
 * fencing epoch that grows with every takeover. Leases only keep nodes from stealing streams needlessly: safety rests
 * on the epoch alone, never on clocks, since every append checks it.
 */
import { ok, type Result, refuse, SuretyError } from '@surety/core';
import type { Pool } from 'pg';
import type { StreamId } from './game.ts';
import { GENESIS_HASH } from './hash-chain.ts';
import { streamHeld, superseded } from './problems.ts';

/** Who this process is: a node keeps its name over restarts, an incarnation is one process of it. */
export type Identity = { readonly node: string; readonly incarnation: string };

/** A stream this process may write, as it was when taken. */
export type Hold = { readonly epoch: number; readonly headSeq: number; readonly headHash: string };

/**
 * Announces this process. It takes over from an earlier process of the same node at once: the start-up lock says that
 * one is gone, and if it is not, its next append or heartbeat finds itself superseded.
 */
export const announce = async (pool: Pool, me: Identity, leaseSeconds: number): Promise<void> => {
  await pool.query(
    `INSERT INTO surety.host (node, incarnation, lease_until) VALUES ($1, $2, now() + make_interval(secs => $3))
     ON CONFLICT (node) DO UPDATE SET incarnation = excluded.incarnation, lease_until = excluded.lease_until`,
    [me.node, me.incarnation, leaseSeconds],
  );
};

/** Extends the lease. False when a newer process of this node took over. */
export const renew = async (pool: Pool, me: Identity, leaseSeconds: number): Promise<boolean> => {
  const { rowCount } = await pool.query(
    `UPDATE surety.host SET lease_until = now() + make_interval(secs => $3) WHERE node = $1 AND incarnation = $2`,
    [me.node, me.incarnation, leaseSeconds],
  );
  return rowCount === 1;
};

/** Ends the lease, so that other nodes may take the streams at once. */
export const release = async (pool: Pool, me: Identity): Promise<void> => {
  await pool.query('UPDATE surety.host SET lease_until = now() WHERE node = $1 AND incarnation = $2', [
    me.node,
    me.incarnation,
  ]);
};

const ACQUIRE = `
  INSERT INTO surety.stream AS s (stream, node, epoch, head_hash)
    SELECT $1, $2, 1, $4 FROM surety.host WHERE node = $2 AND incarnation = $3
  ON CONFLICT (stream) DO UPDATE SET node = excluded.node, epoch = s.epoch + 1
    WHERE s.node = excluded.node
       OR NOT EXISTS (SELECT FROM surety.host h WHERE h.node = s.node AND h.lease_until > now())
  RETURNING epoch, head_seq, head_hash`;

const holderOf = async (pool: Pool, stream: StreamId, me: Identity): Promise<Result<never>> => {
  const { rows } = await pool.query<{ node: string }>('SELECT node FROM surety.stream WHERE stream = $1', [stream]);
  const holder = rows[0]?.node;
  return refuse(holder === undefined || holder === me.node ? superseded(me.node) : streamHeld(stream, holder));
};

/**
 * Makes this process the one writer of a stream: creates it, or raises its epoch, which fences every earlier writer.
 * Refused with `journal.stream-held` while another node's lease lasts, `journal.fenced` when this process is superseded.
 */
export const acquire = async (pool: Pool, stream: StreamId, me: Identity): Promise<Result<Hold>> => {
  const { rows } = await pool.query<{ epoch: string; head_seq: string; head_hash: string }>({
    name: 'acquire',
    text: ACQUIRE,
    values: [stream, me.node, me.incarnation, GENESIS_HASH],
  });
  const row = rows[0];
  if (row === undefined) return holderOf(pool, stream, me);
  return ok({ epoch: Number(row.epoch), headSeq: Number(row.head_seq), headHash: row.head_hash });
};

const SAFE_STREAM = /^[a-z][a-z0-9-]{0,31}:[!-~]{1,168}$/;

/**
 * @throws {SuretyError} `input.malformed` when a stream's name is not of the allowed form: a bug of the caller
 */
export const checkStream = (stream: string): void => {
  if (SAFE_STREAM.test(stream)) return;
  throw new SuretyError({
    code: 'input.malformed',
    message: 'The name of a stream is not allowed.',
    next: 'Use <game>:<id> with printable ASCII characters.',
    field: 'stream',
    value: stream.slice(0, 120),
    limit: '1 to 200 characters',
  });
};
