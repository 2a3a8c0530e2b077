/** One child process: started in its own process group with its output in a file, and stopped by ever firmer signals. */
import { spawn } from 'node:child_process';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { failureOf } from './failures.ts';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';

/** What to execute. */
export type Command = {
  readonly executable: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** User and group to become; only when running as root. */
  readonly uid?: number;
  readonly gid?: number;
  /** What must be equal for a running process to do as well; the whole command line unless stated. */
  readonly sameAs?: string;
};

/** A signal, and how long it may take before the next one. */
export type StopStep = { readonly signal: NodeJS.Signals; readonly waitMs: number };

const MAX_LOG_BYTES = 10 * 1024 * 1024;
const POLL_MS = 25;

const rotate = async (logFile: string): Promise<void> => {
  const size = await stat(logFile).then(
    (found) => found.size,
    () => 0,
  );
  if (size > MAX_LOG_BYTES) await rename(logFile, `${logFile}.1`);
};

/** The log from a byte onwards: what this start has said. */
const readLog = async (logFile: string, from: number): Promise<string> =>
  (await readFile(logFile).catch(() => Buffer.alloc(0))).subarray(from).toString('utf8');

export type StartChildOptions = {
  readonly logFile: string;
  /** Whether it answers. */
  readonly ready: () => Promise<boolean>;
  readonly timeoutMs: number;
  /** Told its process id at once, long before it is ready. */
  readonly onSpawn: (pid: number) => void;
};

export type Started = { readonly identity: ProcessIdentity; readonly exited: Promise<void> };

/**
 * Starts a process and waits until it is ready.
 * Its own session keeps a terminal's Ctrl-C from reaching it before the node has finished with it.
 * @throws {SuretyError} `process.*` from what it wrote, when it ends or is not ready in time
 */
export const startChild = async (name: string, command: Command, options: StartChildOptions): Promise<Started> => {
  await rotate(options.logFile);
  const log = await open(options.logFile, 'a', 0o600);
  const from = (await log.stat()).size;
  const child = spawn(command.executable, [...command.args], {
    cwd: command.cwd,
    env: command.env ?? process.env,
    stdio: ['ignore', log.fd, log.fd],
    detached: true,
    ...(command.uid === undefined ? {} : { uid: command.uid }),
    ...(command.gid === undefined ? {} : { gid: command.gid }),
  });
  let ended: unknown;
  const exited = new Promise<void>((resolve) => {
    child.once('error', (cause) => {
      ended = cause;
      resolve();
    });
    child.once('exit', (code, signal) => {
      ended = `it ended with ${signal ?? code}`;
      resolve();
    });
  });
  child.unref();
  if (child.pid !== undefined) options.onSpawn(child.pid);
  await log.close();

  const deadline = Date.now() + options.timeoutMs;
  while (ended === undefined) {
    if (await options.ready()) {
      const identity = child.pid === undefined ? undefined : await identify(child.pid);
      if (identity !== undefined) return { identity, exited };
    }
    if (Date.now() > deadline) {
      child.kill('SIGKILL');
      throw failureOf(
        name,
        `${await readLog(options.logFile, from)}\nit was not ready after ${options.timeoutMs / 1_000} s`,
      );
    }
    await Promise.race([sleep(POLL_MS), exited]);
  }
  const said = await readLog(options.logFile, from);
  throw failureOf(name, said === '' ? String(ended) : said, ended);
};

/** Sends a signal to a process that may be gone already. */
export const signalProcess = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already, which is what we want.
  }
};

const endedWithin = async (identity: ProcessIdentity, milliseconds: number): Promise<boolean> => {
  const deadline = Date.now() + milliseconds;
  while (await isRunning(identity)) {
    if (Date.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
};

/** Stops a process, ours or adopted; resolves when it is gone. */
export const stopProcess = async (identity: ProcessIdentity, steps: readonly StopStep[]): Promise<void> => {
  for (const step of [...steps, { signal: 'SIGKILL', waitMs: 5_000 } as const]) {
    if (!(await isRunning(identity))) return;
    signalProcess(identity.pid, step.signal);
    if (await endedWithin(identity, step.waitMs)) return;
  }
};
