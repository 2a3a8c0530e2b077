/** Forward-only migrations of the journal's schema, run under an advisory lock. See `spec/10-journal.md`. */
import { SuretyError } from '@surety/core';
import type { Pool, PoolClient } from 'pg';
import { APPEND_FUNCTION } from './append-function.ts';

/** One per released shape; never edited after release, only followed by another. */
const MIGRATIONS: readonly string[] = [
  `
  -- One row per node: its lease, renewed by a heartbeat. Only the newest incarnation of a node may write.
  CREATE TABLE surety.host (
    node        text PRIMARY KEY,
    incarnation text NOT NULL,
    lease_until timestamptz NOT NULL
  );
  -- One row per stream: who may append (fencing epoch) and where its chain ends.
  CREATE TABLE surety.stream (
    stream    text COLLATE "C" PRIMARY KEY,
    node      text NOT NULL,
    epoch     bigint NOT NULL,
    head_seq  bigint NOT NULL DEFAULT 0,
    head_hash text NOT NULL
  ) WITH (fillfactor = 70);
  CREATE TABLE surety.event (
    stream text COLLATE "C" NOT NULL,
    seq    bigint NOT NULL,
    kind   text NOT NULL,
    at     bigint NOT NULL,
    body   text NOT NULL,
    hash   text NOT NULL,
    tx     bigint NOT NULL,
    PRIMARY KEY (stream, seq)
  );
  -- Numbers of transactions: each commit takes a range, so they grow in every writer's order of commits.
  CREATE SEQUENCE surety.tx INCREMENT BY 10000;
  CREATE TABLE surety.snapshot (
    stream text COLLATE "C" NOT NULL,
    seq    bigint NOT NULL,
    hash   text NOT NULL,
    at     bigint NOT NULL,
    body   text NOT NULL,
    digest text NOT NULL,
    PRIMARY KEY (stream, seq)
  );
  -- Effects not yet done; done ones are deleted.
  CREATE TABLE surety.outbox (
    stream     text COLLATE "C" NOT NULL,
    seq        bigint NOT NULL,
    n          int NOT NULL,
    kind       text NOT NULL,
    body       text NOT NULL,
    attempts   int NOT NULL DEFAULT 0,
    due        timestamptz NOT NULL DEFAULT now(),
    claimed_by text,
    last_error text,
    PRIMARY KEY (stream, seq, n)
  );
  CREATE INDEX outbox_due ON surety.outbox (due);
  -- Answers already given: of transactions (scope 'journal') and of the HTTP edge.
  CREATE TABLE surety.idempotency (
    scope    text COLLATE "C" NOT NULL,
    key      text COLLATE "C" NOT NULL,
    digest   text NOT NULL,
    response text NOT NULL,
    at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (scope, key)
  );
  CREATE INDEX idempotency_at ON surety.idempotency (at);
  ${APPEND_FUNCTION}
  `,
];

/** Any fixed number: only migrations of the journal take this lock. */
const MIGRATION_LOCK = '7305812036418553';

const migrate = async (client: PoolClient): Promise<void> => {
  await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
  await client.query('CREATE SCHEMA IF NOT EXISTS surety');
  await client.query('CREATE TABLE IF NOT EXISTS surety.migration (version int PRIMARY KEY, at timestamptz NOT NULL)');
  const { rows } = await client.query<{ version: number }>(
    'SELECT coalesce(max(version), 0) AS version FROM surety.migration',
  );
  const version = rows[0]!.version;
  if (version > MIGRATIONS.length) {
    throw new SuretyError({
      code: 'journal.newer-schema',
      message: `The database has schema version ${version}; this program knows ${MIGRATIONS.length}.`,
      next: 'Run the newer version of Surety that wrote it.',
    });
  }
  for (const [index, sql] of MIGRATIONS.entries()) {
    if (index < version) continue;
    await client.query(sql);
    await client.query('INSERT INTO surety.migration (version, at) VALUES ($1, now())', [index + 1]);
  }
};

/**
 * Brings the schema to the newest version; does nothing when it is there. Needs the right to create a schema, no more.
 * @throws {SuretyError} `journal.newer-schema`
 */
export const runMigrations = async (pool: Pool): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await migrate(client);
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw cause;
  } finally {
    client.release();
  }
};
