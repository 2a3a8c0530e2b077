/**
 * Where embedded PostgreSQL lives and as whom. It refuses to run as root, so root hands it to an unprivileged user, who
 * must be able to walk to its files: where a parent directory forbids that (`/root`), they live in `/var/lib/surety`.
 */
import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readFile, readlink, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { failureOf } from './failures.ts';
import { copyPostgres, findPostgres, type PostgresInstall } from './postgres-install.ts';

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

const tag = (path: string): string => createHash('sha256').update(path).digest('hex').slice(0, 16);

const own = async (path: string, account: Account | undefined): Promise<void> => {
  await mkdir(path, { recursive: true });
  if (account !== undefined) await chown(path, account.uid, account.gid);
  await chmod(path, 0o700);
};

/**
 * The home outside an unreachable data directory. A link in the data directory says that it is ours: erasing the data
 * directory erases the link, and a home without its link is erased before it is used again.
 */
const outsideHome = async (link: string): Promise<string> => {
  const home = join(SHARED, tag(link));
  const linked = await readlink(link).catch(() => undefined);
  if (linked !== home) {
    await rm(home, { recursive: true, force: true });
    await mkdir(home, { recursive: true, mode: 0o711 });
    await rm(link, { force: true });
    await symlink(home, link);
  }
  return home;
};

const homeFor = async (dataDir: string, account: Account | undefined): Promise<string> => {
  const inside = join(dataDir, 'postgres');
  const isLink = await lstat(inside).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
  if (account === undefined) {
    await mkdir(inside, { recursive: true, mode: 0o711 });
    return inside;
  }
  // Others may walk through our own directory, not look into it: keys in it are readable for their owner alone.
  const { mode } = await stat(dataDir);
  if ((mode & 0o011) !== 0o011) await chmod(dataDir, (mode & 0o777) | 0o011);
  if (isLink || !(await isReachable(dataDir, account))) return outsideHome(inside);
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
