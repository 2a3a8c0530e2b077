/** Connections to the database: a pool for reading, and one connection of its own for the writer. */
import { Client, Pool } from 'pg';

/** Statements that take longer than this are given up, so that a dead database never hangs a caller. */
const STATEMENT_TIMEOUT_MS = 30_000;

const APPLICATION = 'surety';

export const createPool = (databaseUrl: string, max: number): Pool => {
  const pool = new Pool({
    connectionString: databaseUrl,
    max,
    application_name: APPLICATION,
    connectionTimeoutMillis: 10_000,
    query_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
  });
  // An idle connection that breaks is replaced at its next use; unheard, the event would end the process.
  pool.on('error', () => undefined);
  // Nor may one that the server ends in the moment after the pool has let go of it.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};

/** The writer's connection, reopened after it broke. */
export type WriterConnection = {
  readonly client: () => Promise<Client>;
  /** Gives up the connection: what it was doing is unknown, and a late statement must not share it. */
  readonly discard: () => void;
  readonly close: () => Promise<void>;
};

export const createWriterConnection = (databaseUrl: string): WriterConnection => {
  let current: Client | undefined;

  const open = async (): Promise<Client> => {
    const client = new Client({
      connectionString: databaseUrl,
      application_name: `${APPLICATION} writer`,
      connectionTimeoutMillis: 10_000,
      query_timeout: STATEMENT_TIMEOUT_MS,
      keepAlive: true,
    });
    const forget = (): void => {
      if (current === client) current = undefined;
    };
    client.on('error', forget);
    client.on('end', forget);
    await client.connect();
    // Whatever the server's default, an acknowledged event has been written through.
    await client.query('SET synchronous_commit = on');
    return client;
  };

  return {
    client: async () => {
      current ??= await open();
      return current;
    },
    discard: () => {
      current?.end().catch(() => undefined);
      current = undefined;
    },
    close: async () => {
      await current?.end().catch(() => undefined);
      current = undefined;
    },
  };
};
