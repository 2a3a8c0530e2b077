/** Runs the command line as its users do, as a process; or in this one, where many runs would take long. For tests. */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArgs } from './args.ts';
import { explain } from './explain.ts';
import { UsageError } from './refusal.ts';
import { createOutput } from './terminal/output.ts';

export type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

const MAIN = join(import.meta.dirname, 'main.ts');

/** An empty folder for one test. */
export const folder = (): string => mkdtempSync(join(tmpdir(), 'surety-cli-'));

export type RunOptions = {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Sends Ctrl-C once standard output holds this. */
  readonly until?: RegExp;
};

/** What of the tester's environment says nothing of the tester: where programs are, and what Node has compiled of them. */
export const machine = (): NodeJS.ProcessEnv => {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return { PATH, ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }) };
};

/** `surety ...args` in a folder, with nothing else of the tester's environment. */
export const surety = (args: readonly string[], { cwd = folder(), env = {}, until }: RunOptions = {}): Promise<Ran> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
      cwd,
      env: { ...machine(), SURETY_HOME: join(cwd, '.surety'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (until?.test(stdout)) child.kill('SIGINT');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });

/**
 * `surety ...args` in a folder, without a process of its own; what it starts has `env`.
 * @param options.signal aborts as Ctrl-C does
 */
export const here = async (
  args: readonly string[],
  cwd: string,
  options: { readonly env?: NodeJS.ProcessEnv; readonly signal?: AbortSignal } = {},
): Promise<Ran> => {
  const { env = {}, signal = new AbortController().signal } = options;
  let [stdout, stderr] = ['', ''];
  const streams = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  };
  const out = createOutput(streams, { json: args.includes('--json'), quiet: false, color: false, env: {} });
  try {
    const { command, args: rest, values } = readArgs(args);
    const { run } = await command.load();
    const url = typeof values.url === 'string' ? values.url : undefined;
    const context = { out, env, cwd, home: join(cwd, '.surety'), url, signal };
    return { code: await run({ args: rest, values, context }), stdout, stderr };
  } catch (error) {
    if (!(error instanceof UsageError)) return { code: explain(out, error), stdout, stderr };
    const { message, next, field } = error;
    out.data({ error: { code: 'cli.usage', message, next, field } });
    out.note(`surety: ${message} ${next}`);
    return { code: 2, stdout, stderr };
  }
};
