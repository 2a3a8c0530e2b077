/** `run.json`: which child processes this data directory has, so that the next start can find orphans. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessIdentity } from './process-identity.ts';

export type ChildRecord = {
  readonly process: ProcessIdentity;
  /** The command line it was started with; an orphan is adopted only if we would start the same. */
  readonly command: string;
};

export type RunRecord = { readonly [name: string]: ChildRecord };

const fileOf = (dataDir: string): string => join(dataDir, 'run.json');

export const readRunRecord = async (dataDir: string): Promise<RunRecord> => {
  try {
    return JSON.parse(await readFile(fileOf(dataDir), 'utf8')) as RunRecord;
  } catch {
    // Absent, or cut short by a crash: then orphans are found by their own lock files.
    return {};
  }
};

export const writeRunRecord = async (dataDir: string, record: RunRecord): Promise<void> => {
  const path = fileOf(dataDir);
  await writeFile(`${path}.new`, JSON.stringify(record, null, 2), { mode: 0o600 });
  await rename(`${path}.new`, path);
};
