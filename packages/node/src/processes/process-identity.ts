/** Which process a number means: process ids are reused, so a process is known by its id, start time and program. */
import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';

export type ProcessIdentity = {
  readonly pid: number;
  /** Opaque; differs between two processes that had the same id, also over a reboot. */
  readonly startedAt: string;
  /** File name of the program, e.g. `postgres`. */
  readonly program: string;
};

const run = promisify(execFile);

/** Field 22 of /proc/<pid>/stat, after the program name in parentheses, which may itself hold spaces. See proc(5). */
const fromProc = async (pid: number): Promise<ProcessIdentity | undefined> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') return undefined;
  const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  // Of another user's process only the short name can be read.
  const named = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
  const program = await readlink(`/proc/${pid}/exe`).then(
    (path) => basename(path.replace(/ \(deleted\)$/, '')),
    () => named,
  );
  return { pid, startedAt: `${boot}:${fields[19]}`, program };
};

const fromPs = async (pid: number): Promise<ProcessIdentity | undefined> => {
  const { stdout } = await run('ps', ['-o', 'lstart=,comm=', '-p', `${pid}`]);
  // Like "Sat Nov 21 22:00:00 2026 /path/to/program".
  const startedAt = stdout.slice(0, 24);
  const program = basename(stdout.slice(24).trim());
  return program === '' ? undefined : { pid, startedAt, program };
};

/** The identity of a running process; undefined when there is none (or only its unreaped remains). */
export const identify = async (pid: number): Promise<ProcessIdentity | undefined> => {
  try {
    return process.platform === 'linux' ? await fromProc(pid) : await fromPs(pid);
  } catch {
    return undefined;
  }
};

/** Whether the very process that was recorded still runs. */
export const isRunning = async (recorded: ProcessIdentity): Promise<boolean> => {
  const now = await identify(recorded.pid);
  return now !== undefined && now.startedAt === recorded.startedAt && now.program === recorded.program;
};
