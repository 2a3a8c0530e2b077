#!/usr/bin/env node
/** The command line of Surety: find the command, load only it, run it, and turn every refusal into words. */
import { resolve } from 'node:path';
import { readArgs } from './args.ts';
import { UsageError } from './refusal.ts';
import type { Context, Values } from './table.ts';
import { createOutput, type Output } from './terminal/output.ts';
import { VERSION } from './version.ts';

/** Exit status of a program that the reader of its output left (128 + SIGPIPE). */
const BROKEN_PIPE = 141;

const outputFor = (argv: readonly string[], values: Values): Output =>
  createOutput(process, {
    json: values.json === true || argv.includes('--json'),
    quiet: values.quiet === true,
    color: values['no-color'] !== true && !argv.includes('--no-color'),
    env: process.env,
  });

const interrupted = (): AbortSignal => {
  const control = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    // A second Ctrl-C does not wait for an orderly end.
    process.once(name, () => {
      control.abort();
      process.once(name, () => process.exit(130));
    });
  }
  return control.signal;
};

const run = async (argv: readonly string[]): Promise<number> => {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    process.stdout.write(`surety ${VERSION}\n`);
    return 0;
  }
  const { command, args, values } = readArgs(argv);
  const out = outputFor(argv, values);
  const cwd = process.cwd();
  const { findHome } = await import('./local/home.ts');
  const home = typeof values.home === 'string' ? resolve(cwd, values.home) : findHome(cwd, process.env);
  const url = typeof values.url === 'string' ? values.url : undefined;
  const context: Context = { out, env: process.env, cwd, home, url, signal: interrupted() };
  if (values.help === true) {
    const { run: help } = await import('./commands/help.ts');
    return help({ args: command.name === 'help' ? [] : command.name.split(' '), values, context });
  }
  const { run: work } = await command.load();
  return work({ args, values, context });
};

const fail = async (argv: readonly string[], error: unknown): Promise<number> => {
  const out = outputFor(argv, {});
  if (error instanceof UsageError) {
    const problem = { code: 'cli.usage', message: error.message, next: error.next, field: error.field };
    if (out.json) out.data({ error: problem });
    else out.note(`surety: ${error.message} ${error.next}`);
    return 2;
  }
  const { explain } = await import('./explain.ts');
  return explain(out, error);
};

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(BROKEN_PIPE);
  throw error;
});

const argv = process.argv.slice(2);
process.exitCode = await run(argv).catch((error: unknown) => fail(argv, error));
