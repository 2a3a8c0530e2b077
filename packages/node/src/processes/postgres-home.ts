/**
 * Where embedded PostgreSQL lives and as whom. It refuses to run as root, so root hands it to an unprivileged user, who
 * must be able to walk to its files: where a parent directory forbids that (`/root`), they live in `/var/lib/surety`.
 */
import { createHash } from 'node:crypto';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { failureOf } from './failures.ts';
import { copyPostgres, findPostgres, type PostgresInstall } from './postgres-install.ts';
import { identify } from './process-identity.ts';

export type Account = { readonly uid: number; readonly gid: number };

export type PostgresHome = {
  readonly install: PostgresInstall;
  /** The cluster's files. */
  readonly data: string;
  /** Directory of the unix socket: no port to be taken, nothing on the network. */
  readonly socket: string;
  /** The user to become; undefined when we are not root. */
  readonly account: Account | undefined;
};

/** Longest directory that fits a socket's address together with `/.s.PGSQL.5432` (104 bytes on macOS). */
const MAX_SOCKET_DIRECTORY = 85;

const parsePasswd = (text: string): ReadonlyMap<string, Account> =>
  new Map(
    text.split('\n').flatMap((line) => {
      const [name, , uid, gid] = line.split(':');
      return name && uid && gid ? [[name, { uid: Number(uid), gid: Number(gid) }] as const] : [];
    }),
  );

/** The owner of an existing cluster, else the user `postgres`, else `nobody`: no user is added to the system. */
const chooseAccount = async (data: string): Promise<Account | undefined> => {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(data).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const users = parsePasswd(await readFile('/etc/passwd', 'utf8'));
  const account = users.get('postgres') ?? users.get('nobody');
  if (account !== undefined) return account;
  throw failureOf('embedded PostgreSQL', 'there is no user postgres or nobody: Permission denied');
};

/** Whether an unprivileged user can walk down to a directory. */
const isReachable = async (path: string, account: Account): Promise<boolean> => {
  for (let at = path; ; at = dirname(at)) {
    const found = await stat(at).catch(() => undefined);
    const may = found === undefined || (found.uid === account.uid ? found.mode & 0o100 : found.mode & 0o001) !== 0;
    if (!may) return false;
    if (dirname(at) === at) return true;
  }
};

const SHARED = '/var/lib/surety';
/** In a home: where the link to it is. */
const LINK_FILE = 'linked-from';

const tag = (path: string): string => createHash('sha256').update(path).digest('hex').slice(0, 16);

const own = async (path: string, account: Account | undefined): Promise<void> => {
  await mkdir(path, { recursive: true });
  if (account !== undefined) await chown(path, account.uid, account.gid);
  await chmod(path, 0o700);
};

const pointsAt = async (link: string, home: string): Promise<boolean> =>
  (await readlink(link).catch(() => undefined)) === home;

/** Whether a PostgreSQL works there. */
const isInUse = async (home: string): Promise<boolean> => {
  const lock = await readFile(join(home, 'data', 'postmaster.pid'), 'utf8').catch(() => '');
  return (await identify(Number(lock.split('\n')[0])))?.program === 'postgres';
};

/** Erases homes whose data directory was erased: nothing leads there any more. */
const sweepHomes = async (): Promise<void> => {
  for (const name of await readdir(SHARED).catch(() => [])) {
    const home = join(SHARED, name);
    const link = await readFile(join(home, LINK_FILE), 'utf8').catch(() => undefined);
    if (link === undefined || (await pointsAt(link, home)) || (await isInUse(home))) continue;
    await rm(home, { recursive: true, force: true });
  }
};

/** The home that a data directory's link leads to, also after the directory was moved; not after it was copied. */
const linkedHome = async (link: string): Promise<string | undefined> => {
  const home = await readlink(link).catch(() => undefined);
  if (home === undefined || dirname(home) !== SHARED) return undefined;
  const from = await readFile(join(home, LINK_FILE), 'utf8').catch(() => undefined);
  if (from === undefined || (from !== link && (await pointsAt(from, home)))) return undefined;
  if (from !== link) await writeFile(join(home, LINK_FILE), link);
  return home;
};

/**
 * The home outside an unreachable data directory. A link in the data directory says that it is ours: erasing the data
 * directory erases the link, and homes without their link are erased before another is made.
 */
const outsideHome = async (link: string): Promise<string> => {
  const linked = await linkedHome(link);
  if (linked !== undefined) return linked;
  await sweepHomes();
  await mkdir(SHARED, { recursive: true, mode: 0o711 });
  const home = await mkdtemp(join(SHARED, 'home-'));
  await chmod(home, 0o711);
  await rm(link, { force: true });
  await symlink(home, link);
  // Last: until a home says where its link is, nobody erases it.
  await writeFile(join(home, LINK_FILE), link);
  return home;
};

const homeFor = async (dataDir: string, account: Account | undefined): Promise<string> => {
  const inside = join(dataDir, 'postgres');
  const found = await lstat(inside).catch(() => undefined);
  if (account === undefined) {
    await mkdir(inside, { recursive: true, mode: 0o711 });
    return inside;
  }
  // Others may walk through our own directory, not look into it: keys in it are readable for their owner alone.
  const { mode } = await stat(dataDir);
  if ((mode & 0o011) !== 0o011) await chmod(dataDir, (mode & 0o777) | 0o011);
  const reachable = await isReachable(dataDir, account);
  // What is there already stays there: if it has become unreachable, that is an error to mend, not a reason to begin anew.
  if (found?.isSymbolicLink() || (found === undefined && !reachable)) return outsideHome(inside);
  await mkdir(inside, { recursive: true, mode: 0o711 });
  return inside;
};

/** Prepares the directories of embedded PostgreSQL below a data directory. */
export const preparePostgresHome = async (dataDir: string): Promise<PostgresHome> => {
  const account = await chooseAccount(join(dataDir, 'postgres', 'data'));
  const home = await homeFor(dataDir, account);
  const found = await findPostgres();
  const reachable = account === undefined || (await isReachable(found.root, account));
  const install = reachable ? found : await copyPostgres(found, join(SHARED, `postgres-${tag(found.root)}`));
  const near = join(home, 'socket');
  const socket = near.length <= MAX_SOCKET_DIRECTORY ? near : join(tmpdir(), `surety-${tag(home)}`);
  await own(socket, account);
  return { install, data: join(home, 'data'), socket, account };
};
