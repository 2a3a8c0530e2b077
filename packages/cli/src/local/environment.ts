/** `env.json`: what the running node recorded of itself, so that a second terminal just works. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SuretyError } from '@surety/sdk/base';
import type { Context } from '../table.ts';
import { isRunning, type Recorded } from './processes.ts';

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

/** What the last node that was started here recorded, or `null`. */
export const readEnvironment = (home: string): Environment | null => {
  try {
    const value = JSON.parse(readFileSync(join(home, 'env.json'), 'utf8')) as Partial<Environment>;
    return typeof value.url === 'string' && Number.isSafeInteger(value.pid) ? (value as Environment) : null;
  } catch {
    return null;
  }
};

/** The process that holds this folder now, starting, serving or stopping, by the lock that it took; `null` for none. */
export const holderOf = (home: string): Recorded | null => {
  try {
    const { process: holder } = JSON.parse(readFileSync(join(home, 'node.lock'), 'utf8')) as { process: Recorded };
    return isRunning(holder) ? holder : null;
  } catch {
    return null;
  }
};

/** The node that serves this folder now, or `null`. */
export const runningNode = (home: string): Environment | null => {
  const recorded = readEnvironment(home);
  return recorded !== null && holderOf(home)?.pid === recorded.pid ? recorded : null;
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
  const running = runningNode(home);
  if (running !== null) return running.url;
  const message =
    readEnvironment(home) === null
      ? 'No Surety node was started in this folder.'
      : 'The Surety node of this folder is not running.';
  throw new SuretyError({
    code: 'cli.no-node',
    message,
    next: 'Start it with "npm start", or name one with --url.',
    field: '--url',
  });
};
