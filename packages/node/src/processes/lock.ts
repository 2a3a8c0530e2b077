/**
 * One node per data directory. The lock is a file that names its holder; a holder that no longer runs (kill -9, power
 * cut) does not count.
 */
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alreadyRunning, translate } from './failures.ts';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';

export type Lock = {
  /** Says where this node is reached, for whoever starts a second one. */
  readonly announce: (url: string) => Promise<void>;
  readonly release: () => Promise<void>;
};

type Holder = { readonly process: ProcessIdentity; readonly url?: string };

const readHolder = async (path: string): Promise<Holder | undefined> => {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
};

/** The node that runs on a data directory now, if any. */
const runningNode = async (
  dataDir: string,
): Promise<{ readonly pid: number; readonly url: string | undefined } | undefined> => {
  const holder = await readHolder(join(dataDir, 'node.lock'));
  if (holder === undefined || !(await isRunning(holder.process))) return undefined;
  return { pid: holder.process.pid, url: holder.url };
};

const codeOf = (cause: unknown): unknown => (cause as NodeJS.ErrnoException).code;

/** Moves a dead holder's lock aside. If another starter was faster, what we moved is its lock: put that back. */
const clearStale = async (path: string, stale: string): Promise<void> => {
  const aside = `${path}.${process.pid}.stale`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) !== stale) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
};

/**
 * Takes the lock of a data directory.
 * @throws {SuretyError} `process.already-running` with the other node's address
 */
export const takeLock = async (dataDir: string): Promise<Lock> => {
  const path = join(dataDir, 'node.lock');
  const mine = `${path}.${process.pid}`;
  const me = await identify(process.pid);
  if (me === undefined) throw translate('the start-up lock', 'the process table cannot be read: Permission denied');
  const write = (holder: Holder): Promise<void> => writeFile(mine, JSON.stringify(holder), { mode: 0o644 });
  try {
    await write({ process: me });
    for (;;) {
      try {
        await link(mine, path);
        break;
      } catch (cause) {
        if (codeOf(cause) !== 'EEXIST') throw cause;
      }
      const text = await readFile(path, 'utf8').catch(() => undefined);
      if (text === undefined) continue;
      const running = await runningNode(dataDir);
      if (running !== undefined) throw alreadyRunning(dataDir, running.url);
      await clearStale(path, text);
    }
  } catch (cause) {
    throw translate('the start-up lock', cause);
  } finally {
    await rm(mine, { force: true });
  }
  return {
    announce: async (url) => {
      await write({ process: me, url });
      await rename(mine, path);
    },
    release: () => rm(path, { force: true }),
  };
};
