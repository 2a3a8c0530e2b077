/** What the host's tests share: one embedded PostgreSQL per file, and hosts that know the toy game. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { type TemporaryPostgres, temporaryPostgres } from '../processes/temporary.ts';
import { createPool } from './connection.ts';
import { createHost, type Host, type HostOptions } from './host.ts';
import { purse } from './purse.fixture.ts';

export type Bed = {
  readonly databaseUrl: () => string;
  readonly pool: () => Pool;
  readonly open: (node: string, options?: Partial<HostOptions>) => Promise<Host>;
  /** A purse that no other test uses. */
  readonly id: () => string;
};

/** Starts a database before the file's tests and stops it after them. */
export const testBed = (): Bed => {
  let database: TemporaryPostgres;
  let pool: Pool;
  let fresh = 0;
  before(async () => {
    database = await temporaryPostgres();
    pool = createPool(database.databaseUrl, 2);
  });
  after(async () => {
    await pool.end();
    await database.stop();
  });
  return {
    databaseUrl: () => database.databaseUrl,
    pool: () => pool,
    open: async (node, options = {}) => {
      const host = await createHost({ databaseUrl: database.databaseUrl, node, onError: () => undefined, ...options });
      host.register(purse);
      return host;
    },
    id: () => `p${fresh++}`,
  };
};

/** Waits for something that takes no fixed time. */
export const eventually = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let i = 0; i < 800; i++) {
    if (await holds()) return;
    await sleep(25);
  }
  assert.fail(`never came true: ${what}`);
};
