/**
 * Child processes that a killed node left behind, by its own record `run.json` (`spec/10-journal.md`, section 11). One is
 * ended only if it is the very process recorded: process ids are used again.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, type Recorded } from './processes.ts';

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
  const orphans = readRecord(home).filter(isRunning);
  // SIGINT is PostgreSQL's fast shutdown; the local chain ends on either.
  for (const { pid } of orphans) process.kill(pid, 'SIGINT');
  for (let waited = 0; waited < PATIENCE_MS && orphans.some(isRunning); waited += STEP_MS) {
    await sleep(STEP_MS);
  }
  for (const orphan of orphans) if (isRunning(orphan)) process.kill(orphan.pid, 'SIGKILL');
  return orphans.map(({ program }) => basename(program));
};
