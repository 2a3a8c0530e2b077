/** A whole node in a process of its own and a folder that is thrown away: database, chain, journal, engine, HTTP. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type BenchNode = { readonly url: string; readonly pid: number; readonly stop: () => Promise<void> };

const MAIN = join(import.meta.dirname, '../../packages/node/src/main.ts');

/** Resolves once the node serves; rejects with what it printed when it does not. */
export const startBenchNode = async (): Promise<BenchNode> => {
  const home = await mkdtemp(join(tmpdir(), 'surety-bench-'));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    env: { ...process.env, SURETY_HOME: home, SURETY_PORT: '0', SURETY_NETWORK: 'off' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stopped = new Promise<void>((resolve) => child.on('close', () => resolve()));
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      printed += chunk;
      const found = /serves at (\S+)/.exec(printed)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', () => reject(new TypeError(`the node did not start: ${printed}`)));
  });
  return {
    url,
    pid: child.pid!,
    stop: async () => {
      child.kill('SIGTERM');
      await stopped;
      await rm(home, { recursive: true, force: true });
    },
  };
};
