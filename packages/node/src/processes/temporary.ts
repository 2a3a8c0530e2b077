/** A database of its own for a test or a benchmark: real, durable, gone afterwards. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from './postgres.ts';
import { createSupervisor, type Supervisor } from './supervisor.ts';

export type TemporaryPostgres = {
  readonly databaseUrl: string;
  readonly supervisor: Supervisor;
  readonly stop: () => Promise<void>;
};

/** Starts an embedded PostgreSQL in a fresh directory; `stop` erases it. */
export const temporaryPostgres = async (): Promise<TemporaryPostgres> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'surety-test-'));
  const supervisor = await createSupervisor({ dataDir, onEvent: () => undefined });
  const { databaseUrl } = await startPostgres(supervisor);
  return {
    databaseUrl,
    supervisor,
    stop: async () => {
      await supervisor.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
