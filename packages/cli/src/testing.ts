/** Runs the command line as its users do: as a process. For tests. */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

/** `surety ...args` in a folder, with nothing of the tester's environment but PATH. */
export const surety = (args: readonly string[], { cwd = folder(), env = {}, until }: RunOptions = {}): Promise<Ran> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
      cwd,
      env: { PATH: process.env.PATH, SURETY_HOME: join(cwd, '.surety'), ...env },
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
