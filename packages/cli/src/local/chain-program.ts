/** Programs of the node that know chains, run as processes of their own: the command line knows none. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Problem, SuretyError } from '@surety/sdk/base';
import { UsageError } from '../refusal.ts';
import type { Context, Values } from '../table.ts';
import { readEnvironment } from './environment.ts';
import { fail } from './fail.ts';
import { ensureKey } from './keys.ts';

export type ChainProgram =
  | 'cancel'
  | 'claim'
  | 'claims'
  | 'court-cases'
  | 'court-deploy'
  | 'court-person'
  | 'court-serve'
  | 'court-step'
  | 'deploy'
  | 'request'
  | 'watch';

/** What any of them may say instead of going on. */
export type Refused = { readonly kind: 'refused'; readonly problem: Problem };

/** The program, wherever this installation keeps the node. */
const fileOf = (program: ChainProgram): string => {
  try {
    return fileURLToPath(import.meta.resolve(`@surety/node/${program}`));
  } catch (cause) {
    const message = 'Work on a chain needs the package @surety/node, which is not installed.';
    throw new SuretyError(
      { code: 'process.not-installed', message, next: 'Run "npm run setup" in the repository.' },
      { cause },
    );
  }
};

/** The chain to talk to: `--rpc-url`, `RPC_URL`, or that of the node that was last started here. */
export const rpcUrlOf = (values: Values, { env, home }: Context, command: string): string => {
  const named = typeof values['rpc-url'] === 'string' ? values['rpc-url'] : env.RPC_URL;
  const found = named || readEnvironment(home)?.rpcUrl;
  if (found) return found;
  throw new UsageError(
    `"surety ${command}" needs a chain.`,
    'Run "npm start" here, or write --rpc-url http://127.0.0.1:8545, for example.',
    '--rpc-url',
  );
};

/** The key in a file of hex digits; one of this folder where none is named. */
export const chainKey = (values: Values, { cwd, home }: Context, name: string): string => {
  if (typeof values.key !== 'string') return ensureKey(home, name).secretKey;
  const file = resolve(cwd, values.key);
  try {
    const text = readFileSync(file, 'utf8').trim();
    if (/^(?:0x)?[0-9a-fA-F]{64}$/.test(text)) return text;
  } catch {
    // Said below: an unreadable file holds no key either.
  }
  return fail({
    code: 'config.keys-unreadable',
    message: `${file} does not hold a key.`,
    next: 'Write 64 hex digits into it.',
    field: '--key',
  });
};

export type Running<M> = {
  readonly messages: AsyncIterable<M | Refused>;
  /** Sends it a line. */
  readonly tell: (line: string) => void;
};

/** Starts one; it ends with the command. What it is told stands in the environment, so that no process list shows it. */
export const startProgram = <M>(program: ChainProgram, env: NodeJS.ProcessEnv, signal: AbortSignal): Running<M> => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', fileOf(program)], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
    signal,
  });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  async function* messages(): AsyncGenerator<M | Refused> {
    try {
      for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line) as M | Refused;
    } finally {
      child.stdin.end();
    }
  }
  return { messages: messages(), tell: (line) => child.stdin.write(`${line}\n`) };
};

/** That a program ended without saying how. */
export const silent = (what: string): never =>
  fail({ code: 'internal', message: `${what} ended without a word.`, next: 'Run it again.' });
