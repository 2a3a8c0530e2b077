/** What can go wrong with a process or its files, as errors that say in one line how to fix it. */
import { type Problem, SuretyError } from '@surety/core';

export const alreadyRunning = (dataDir: string, url: string | undefined): SuretyError =>
  new SuretyError({
    code: 'process.already-running',
    message: `Surety is already running${url === undefined ? '' : ` at ${url}`} on ${dataDir}.`,
    next: 'Use that one, stop it with Ctrl-C, or set SURETY_HOME to another directory.',
    ...(url === undefined ? {} : { value: url }),
  });

export const notInstalled = (name: string, what: string): SuretyError =>
  new SuretyError({
    code: 'process.not-installed',
    message: `${what} for ${process.platform}-${process.arch} is not installed.`,
    next: `Run npm ci again under Node 24, or set ${name} to use one of your own.`,
    field: name,
  });

const KNOWN: readonly (readonly [RegExp, (what: string) => Problem])[] = [
  [
    /ENOSPC|No space left on device|could not (?:write|extend|fsync).*space/i,
    (what) => ({
      code: 'process.disk-full',
      message: `The disk is full; ${what} could not write.`,
      next: 'Free some space and start again; nothing acknowledged is lost.',
    }),
  ],
  [
    /EADDRINUSE|Address already in use/i,
    (what) => ({
      code: 'process.port-taken',
      message: `The port of ${what} is used by another program.`,
      next: 'Stop that program and start again.',
    }),
  ],
  [
    /database files are incompatible|PANIC|could not locate a valid checkpoint|invalid (?:primary )?checkpoint|is not a database cluster|could not read file "(?:global|pg_)/i,
    (what) => ({
      code: 'process.data-corrupt',
      message: `The data of ${what} is damaged or of another version.`,
      next: 'Restore it from a backup, or erase it with: surety reset',
    }),
  ],
  [
    /EACCES|EPERM|Permission denied|Operation not permitted|has wrong ownership|invalid permissions/i,
    (what) => ({
      code: 'process.no-permission',
      message: `The system did not let ${what} use its files.`,
      next: 'Make the data directory writable for the user that runs Surety.',
    }),
  ],
];

const lastLine = (log: string): string => log.trim().split('\n').at(-1)?.slice(0, 200) ?? '';

/** The error behind what a process wrote before it ended. */
export const failureOf = (what: string, log: string, cause?: unknown): SuretyError => {
  const known = KNOWN.find(([pattern]) => pattern.test(log))?.[1](what);
  const problem: Problem = known ?? {
    code: 'process.start-failed',
    message: `${what} did not start: ${lastLine(log) || 'it said nothing'}.`,
    next: 'Start again; if it fails again, see the log in the data directory.',
  };
  return new SuretyError({ ...problem, value: lastLine(log).slice(0, 120) }, { cause });
};

/** A file-system error, as one of ours. */
export const translate = (what: string, cause: unknown): SuretyError =>
  cause instanceof SuretyError ? cause : failureOf(what, cause instanceof Error ? cause.message : String(cause), cause);
