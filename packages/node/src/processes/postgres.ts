/**
 * The journal's database: whatever `DATABASE_URL` names, else an embedded PostgreSQL from npm that keeps every promise
 * of durability (`fsync`, `synchronous_commit`), supervised as a child process and reached over a unix socket.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { writePrivateFile } from '../keys.ts';
import type { Command, StopStep } from './child.ts';
import { stopProcess } from './child.ts';
import { failureOf, translate } from './failures.ts';
import { type PostgresHome, preparePostgresHome } from './postgres-home.ts';
import { identify } from './process-identity.ts';
import type { Supervisor } from './supervisor.ts';

export type PostgresOptions = {
  /** Any PostgreSQL to use instead; nothing is started then. */
  readonly databaseUrl?: string | undefined;
  /** It died and runs again. */
  readonly onRestarted?: () => void;
};

export type PostgresService = { readonly databaseUrl: string; readonly embedded: boolean };

const NAME = 'postgres';
const USER = 'surety';
const DATABASE = 'surety';
/** Names the socket file; nothing listens on the network. */
const PORT = 5432;
/** The major version of the npm package, and so of the cluster's files. */
const MAJOR = '18';

/** Fast shutdown, then immediate shutdown, which the next start recovers from. See pg_ctl(1). */
const STOP: readonly StopStep[] = [
  { signal: 'SIGINT', waitMs: 15_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
];

const SETTINGS = {
  listen_addresses: '',
  port: `${PORT}`,
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '64MB',
  max_connections: '60',
  max_wal_size: '512MB',
  timezone: 'UTC',
  log_min_messages: 'warning',
} as const;

const run = promisify(execFile);

const asAccount = (home: PostgresHome): { readonly uid?: number; readonly gid?: number } => home.account ?? {};

/** The password of the database's owner, made once; readable for the user that runs Surety alone. */
const readPassword = async (dataDir: string): Promise<string> => {
  const path = join(dataDir, 'postgres.password');
  const known = await readFile(path, 'utf8').catch(() => undefined);
  if (known !== undefined) return known.trim();
  const password = randomBytes(24).toString('hex');
  writePrivateFile(path, `${password}\n`);
  return password;
};

/** Makes the cluster beside its final place and moves it there whole, so that a killed attempt leaves no half of one. */
const initialise = async (home: PostgresHome, password: string): Promise<void> => {
  const part = `${home.data}.part`;
  const passwordFile = `${home.data}.password`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { mode: 0o700 });
  writePrivateFile(passwordFile, password);
  if (home.account !== undefined) {
    await chown(part, home.account.uid, home.account.gid);
    await chown(passwordFile, home.account.uid, home.account.gid);
  }
  const args = ['-D', part, '-U', USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8'];
  try {
    await run(join(home.install.root, 'bin', 'initdb'), [...args, '--locale=C', '--no-instructions'], {
      ...asAccount(home),
      cwd: '/',
    });
    await rename(part, home.data);
  } catch (cause) {
    const said =
      typeof cause === 'object' && cause !== null && 'stderr' in cause ? String(cause.stderr) : String(cause);
    throw failureOf('embedded PostgreSQL', said, cause);
  } finally {
    await rm(passwordFile, { force: true });
  }
};

/** @throws {SuretyError} `process.data-corrupt` when the cluster is of another version */
const ensureCluster = async (home: PostgresHome, password: string): Promise<void> => {
  const version = await readFile(join(home.data, 'PG_VERSION'), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw cause;
  });
  if (version === undefined) return initialise(home, password);
  if (version.trim() !== MAJOR) {
    throw failureOf('embedded PostgreSQL', `database files are incompatible with version ${MAJOR}: ${version.trim()}`);
  }
};

/**
 * Deals with the lock file of a killed PostgreSQL. A live one that our record does not know is stopped; a process id
 * that now belongs to another program would make PostgreSQL refuse to start, so the file is removed.
 */
const clearStaleLock = async (home: PostgresHome, adoptable: boolean): Promise<void> => {
  const path = join(home.data, 'postmaster.pid');
  const pid = Number((await readFile(path, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  const found = await identify(pid);
  if (found?.program !== 'postgres') return rm(path, { force: true });
  if (!adoptable) await stopProcess(found, STOP);
};

const commandOf = (home: PostgresHome): Command => {
  const settings = Object.entries({ ...SETTINGS, unix_socket_directories: home.socket });
  const flags = settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return {
    executable: join(home.install.root, 'bin', 'postgres'),
    args: ['-D', home.data, ...flags],
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    ...asAccount(home),
  };
};

const urlOf = (home: PostgresHome, password: string, database: string): string =>
  `postgresql://${USER}:${password}@localhost:${PORT}/${database}?host=${encodeURIComponent(home.socket)}`;

/** Whether the server accepts a query; a database of ours is made on the way. */
const answers = async (adminUrl: string): Promise<boolean> => {
  const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

/**
 * Starts (or adopts) the embedded database, or passes `databaseUrl` through.
 * @throws {SuretyError} `process.*`: not installed, disk full, no permission, data damaged, did not start
 */
export const startPostgres = async (
  supervisor: Supervisor,
  options: PostgresOptions = {},
): Promise<PostgresService> => {
  if (options.databaseUrl) return { databaseUrl: options.databaseUrl, embedded: false };
  try {
    const home = await preparePostgresHome(supervisor.dataDir);
    const password = await readPassword(supervisor.dataDir);
    await ensureCluster(home, password);
    let starts = 0;
    await supervisor.run({
      name: NAME,
      command: async () => {
        // The first time an orphan may still be adopted; later ones were seen to be dead.
        await clearStaleLock(home, starts++ === 0);
        return commandOf(home);
      },
      ready: () => answers(urlOf(home, password, 'postgres')),
      // Recovery after a crash replays at most max_wal_size.
      readyTimeoutMs: 120_000,
      stopSteps: STOP,
      ...(options.onRestarted === undefined ? {} : { onRestarted: options.onRestarted }),
    });
    return { databaseUrl: urlOf(home, password, DATABASE), embedded: true };
  } catch (cause) {
    throw translate('embedded PostgreSQL', cause);
  }
};
