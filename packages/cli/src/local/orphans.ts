/**
 * Child processes that a killed node left behind, by its own record `run.json` (`spec/10-journal.md`, section 11). One is
 * ended only if it is the very process recorded: process ids are used again.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './environment.ts';

type Recorded = { readonly pid: number; readonly startedAt: string; readonly program: string };

/** When a process started, in the words of the record; `undefined` when it is gone. */
const startOf = ({ pid }: Recorded): string | undefined => {
  try {
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8' }).slice(0, 24);
    }
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
  } catch {
    return undefined;
  }
};

const readRecord = (home: string): readonly Recorded[] => {
  try {
    const record = JSON.parse(readFileSync(join(home, 'run.json'), 'utf8')) as Record<string, { process: Recorded }>;
    return Object.values(record).map((child) => child.process);
  } catch {
    return [];
  }
};

const PATIENCE_MS = 10_000;
const STEP_MS = 50;

/** Ends what is left of a node that was killed, and waits for it; returns the names of the programs that were ended. */
export const endOrphans = async (home: string): Promise<readonly string[]> => {
  const orphans = readRecord(home).filter((child) => startOf(child) === child.startedAt);
  // SIGINT is PostgreSQL's fast shutdown; the local chain ends on either.
  for (const { pid } of orphans) process.kill(pid, 'SIGINT');
  for (let waited = 0; waited < PATIENCE_MS && orphans.some(({ pid }) => isAlive(pid)); waited += STEP_MS) {
    await sleep(STEP_MS);
  }
  for (const { pid } of orphans) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  return orphans.map(({ program }) => basename(program));
};
