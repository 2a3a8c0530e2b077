/** A program of the node as people run it: a process of its own, that can be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Message = { readonly kind: string; readonly [field: string]: unknown };

export type ProgramProcess = {
  readonly messages: AsyncIterable<Message>;
  readonly kill: (signal?: NodeJS.Signals) => Promise<void>;
};

export type With = { readonly rpcUrl: string; readonly key: string };

/** @param file below `src` */
export const startProgram = (file: string, { rpcUrl, key }: With, task: object): ProgramProcess => {
  const env = {
    PATH: process.env.PATH,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    RPC_URL: rpcUrl,
    SURETY_CHAIN_KEY: key,
    SURETY_TASK: JSON.stringify(task),
  };
  const main = join(import.meta.dirname, '..', 'src', file);
  const child: ChildProcess = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  async function* messages(): AsyncGenerator<Message> {
    for await (const line of createInterface({ input: child.stdout! })) yield JSON.parse(line) as Message;
  }
  return {
    messages: messages(),
    kill: async (signal = 'SIGKILL') => {
      child.kill(signal);
      await ended;
    },
  };
};
