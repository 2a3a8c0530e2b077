/** `env.json`: what the running node recorded of itself, so that a second terminal just works. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SuretyError } from '@surety/sdk/base';
import type { Context } from '../table.ts';

export type Environment = {
  readonly url: string;
  readonly dataDir: string;
  readonly pid: number;
  readonly chainId: number;
  readonly rpcUrl: string;
  readonly environment: 'development' | 'production';
  /** Unix seconds. */
  readonly startedAt: number;
};

/** Whether a process runs; one that belongs to somebody else runs too. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** What the last node that was started here recorded, or `null`. */
export const readEnvironment = (home: string): Environment | null => {
  try {
    const value = JSON.parse(readFileSync(join(home, 'env.json'), 'utf8')) as Partial<Environment>;
    return typeof value.url === 'string' && Number.isSafeInteger(value.pid) ? (value as Environment) : null;
  } catch {
    return null;
  }
};

/**
 * The node to talk to: `--url`, then `SURETY_URL`, then the one that runs here.
 * @throws {SuretyError} `cli.no-node`
 */
export const nodeUrl = ({ url, env, home }: Pick<Context, 'url' | 'env' | 'home'>): string => {
  const named = url ?? env.SURETY_URL;
  if (named) {
    if (/^https?:\/\/[^\s/]+/i.test(named)) return named;
    const message = `"${named}" is not the address of a node.`;
    throw new SuretyError({
      code: 'cli.usage',
      message,
      next: 'Write it like http://127.0.0.1:4810.',
      field: '--url',
      value: named,
    });
  }
  const recorded = readEnvironment(home);
  if (recorded !== null && isAlive(recorded.pid)) return recorded.url;
  const message =
    recorded === null ? 'No Surety node was started in this folder.' : 'The Surety node of this folder is not running.';
  throw new SuretyError({
    code: 'cli.no-node',
    message,
    next: 'Start it with "npm start", or name one with --url.',
    field: '--url',
  });
};
