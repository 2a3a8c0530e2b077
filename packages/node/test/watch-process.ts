/** The watcher as operators run it: a process of its own, that can be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { WatchTask } from '../src/watch/main.ts';

const MAIN = join(import.meta.dirname, '..', 'src', 'watch', 'main.ts');

export type WatchMessage = { readonly kind: string; readonly [field: string]: unknown };

export type WatchProcess = {
  readonly messages: AsyncIterable<WatchMessage>;
  readonly kill: (signal?: NodeJS.Signals) => Promise<void>;
};

export const startWatch = (
  { rpcUrl, key }: { readonly rpcUrl: string; readonly key: string },
  task: Partial<WatchTask> & Pick<WatchTask, 'home'>,
): WatchProcess => {
  const whole: WatchTask = {
    programs: [],
    nodeUrls: [],
    once: false,
    until: [],
    maxStakeMicroUsd: '100000000000',
    maxDataStakeMicroUsd: '100000000000',
    maxPrepayWei: '10000000000000000000',
    skewSeconds: 0,
    riskSeconds: 30,
    auditPpm: 1_000_000,
    pollSeconds: 0.05,
    outbidSeconds: 1,
    withdraw: false,
    alertUrl: null,
    metricsPort: null,
    ...task,
  };
  const env = {
    PATH: process.env.PATH,
    RPC_URL: rpcUrl,
    SURETY_CHAIN_KEY: key,
    SURETY_TASK: JSON.stringify(whole),
  };
  const child: ChildProcess = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  async function* messages(): AsyncGenerator<WatchMessage> {
    for await (const line of createInterface({ input: child.stdout! })) yield JSON.parse(line) as WatchMessage;
  }
  return {
    messages: messages(),
    kill: async (signal = 'SIGKILL') => {
      child.kill(signal);
      await ended;
    },
  };
};
