/** Which process a record means: process ids are used again, so one is known by its id and its start. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process as the node records it (`spec/10-journal.md`, section 11). */
export type Recorded = { readonly pid: number; readonly startedAt: string; readonly program: string };

/** When a process started, in the words of the record; `undefined` when it is gone or only its remains are there. */
export const startOf = (pid: number): string | undefined => {
  try {
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8' }).slice(0, 24);
    }
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
  } catch {
    return undefined;
  }
};

/** Whether the very process that was recorded still runs. */
export const isRunning = ({ pid, startedAt }: Recorded): boolean => startOf(pid) === startedAt;
