/**
 * Owns the processes of a data directory: one node at a time, orphans of a killed node adopted or stopped, children
 * that die started again, and everything stopped in reverse order at the end.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SuretyError } from '@surety/core';
import { type Command, type StopStep, signalProcess, startChild, stopProcess } from './child.ts';
import { guardExit } from './exit-guard.ts';
import { failureOf, translate } from './failures.ts';
import { takeLock } from './lock.ts';
import { isRunning, type ProcessIdentity } from './process-identity.ts';
import { type ChildRecord, type RunRecord, readRunRecord, writeRunRecord } from './run-record.ts';

export type ChildSpec = {
  readonly name: string;
  /** Prepares and names what to execute; asked again at every restart. */
  readonly command: () => Promise<Command>;
  /** Whether it answers. */
  readonly ready: () => Promise<boolean>;
  readonly readyTimeoutMs: number;
  readonly stopSteps: readonly StopStep[];
  /** Last chance to save something, before the first signal. */
  readonly beforeStop?: () => Promise<void>;
  /** It died by itself and runs again, maybe with older state. */
  readonly onRestarted?: () => void;
};

export type Supervisor = {
  readonly dataDir: string;
  /** Adopts the orphan of this name when it would be started the same way and answers; otherwise starts it afresh. */
  readonly run: (spec: ChildSpec) => Promise<{ readonly adopted: boolean }>;
  /** Whether a child of an earlier node still runs under this name. */
  readonly hasOrphan: (name: string) => Promise<boolean>;
  /** Records the address at which this node is reached. */
  readonly announce: (url: string) => Promise<void>;
  /** Stops every child, the last started first, and gives the data directory back. */
  readonly stop: () => Promise<void>;
};

export type SupervisorOptions = {
  readonly dataDir: string;
  /** Told when a child died and when it cannot be brought back. */
  readonly onEvent: (event: SupervisorEvent) => void;
};

export type SupervisorEvent =
  | { readonly kind: 'adopted' | 'orphan-stopped' | 'died' | 'restarted'; readonly name: string; readonly pid: number }
  | { readonly kind: 'restart-failed'; readonly name: string; readonly cause: unknown };

const WATCH_MS = 500;
const START_ATTEMPTS = 4;
const RETRY_MS = 400;
const MAX_PAUSE_MS = 30_000;

type Live = {
  readonly spec: ChildSpec;
  process: ProcessIdentity;
  /** Aborted once it is to stop. */
  readonly stopping: AbortController;
  /** The watch over it, which may be bringing it back. */
  watch: Promise<void>;
};

const textOf = (command: Command): string => command.sameAs ?? [command.executable, ...command.args].join(' ');

/**
 * Takes a data directory, creating it if need be.
 * @throws {SuretyError} `process.already-running`, `process.no-permission`, `process.disk-full`
 */
export const createSupervisor = async ({ dataDir, onEvent }: SupervisorOptions): Promise<Supervisor> => {
  try {
    await mkdir(join(dataDir, 'logs'), { recursive: true, mode: 0o711 });
  } catch (cause) {
    throw translate('Surety', cause);
  }
  const lock = await takeLock(dataDir);
  let record: RunRecord = await readRunRecord(dataDir);
  const children: Live[] = [];
  /** Processes that were started and do not answer yet. */
  const unready = new Map<number, ChildSpec>();
  const starting = new Set<Promise<unknown>>();
  let stopped: Promise<void> | undefined;

  let writing: Promise<void> = Promise.resolve();
  const remember = (name: string, child: ChildRecord | undefined): Promise<void> => {
    const { [name]: _, ...rest } = record;
    record = child === undefined ? rest : { ...rest, [name]: child };
    const now = record;
    // One after the other, for children that start at the same time.
    writing = writing.catch(() => undefined).then(() => writeRunRecord(dataDir, now));
    return writing;
  };

  const forgetUnready = (spec: ChildSpec): void => {
    for (const [pid, each] of unready) if (each === spec) unready.delete(pid);
  };

  const startOnce = async (spec: ChildSpec, command: Command): Promise<ProcessIdentity> => {
    const started = await startChild(spec.name, command, {
      logFile: join(dataDir, 'logs', `${spec.name}.log`),
      ready: spec.ready,
      timeoutMs: spec.readyTimeoutMs,
      onSpawn: (pid) => unready.set(pid, spec),
    }).finally(() => forgetUnready(spec));
    await remember(spec.name, { process: started.identity, command: textOf(command) });
    return started.identity;
  };

  /** What a killed process leaves (workers that have yet to notice, a port not yet free) clears up within moments. */
  const start = async (spec: ChildSpec): Promise<ProcessIdentity> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await startOnce(spec, await spec.command());
      } catch (cause) {
        const final = !(cause instanceof SuretyError) || !cause.rule.retryable || attempt === START_ATTEMPTS;
        if (final) throw cause;
        await sleep(attempt * RETRY_MS);
      }
    }
  };

  /** The orphan of an earlier node, if it can be used as it is; otherwise it is stopped. */
  const adopt = async (spec: ChildSpec, command: Command): Promise<ProcessIdentity | undefined> => {
    const orphan = record[spec.name];
    if (orphan === undefined || !(await isRunning(orphan.process))) return undefined;
    const { pid } = orphan.process;
    if (orphan.command === textOf(command) && (await spec.ready())) {
      onEvent({ kind: 'adopted', name: spec.name, pid });
      return orphan.process;
    }
    await spec.beforeStop?.().catch(() => undefined);
    await stopProcess(orphan.process, spec.stopSteps);
    onEvent({ kind: 'orphan-stopped', name: spec.name, pid });
    return undefined;
  };

  const pause = (live: Live, milliseconds: number): Promise<void> =>
    sleep(milliseconds, undefined, { ref: false, signal: live.stopping.signal }).catch(() => undefined);

  const revive = async (live: Live): Promise<void> => {
    for (let pauseMs = 200; !live.stopping.signal.aborted; pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS)) {
      try {
        live.process = await start(live.spec);
        onEvent({ kind: 'restarted', name: live.spec.name, pid: live.process.pid });
        live.spec.onRestarted?.();
        return;
      } catch (cause) {
        onEvent({ kind: 'restart-failed', name: live.spec.name, cause });
        await pause(live, pauseMs);
      }
    }
  };

  const watch = async (live: Live): Promise<void> => {
    for (;;) {
      await pause(live, WATCH_MS);
      if (live.stopping.signal.aborted) return;
      if (await isRunning(live.process)) continue;
      onEvent({ kind: 'died', name: live.spec.name, pid: live.process.pid });
      await revive(live);
    }
  };

  const stopOne = async (live: Live): Promise<void> => {
    live.stopping.abort();
    await live.watch;
    await live.spec.beforeStop?.().catch(() => undefined);
    await stopProcess(live.process, live.spec.stopSteps);
    await remember(live.spec.name, undefined);
  };

  const run = async (spec: ChildSpec): Promise<{ readonly adopted: boolean }> => {
    try {
      const command = await spec.command();
      const orphan = await adopt(spec, command);
      const identity = orphan ?? (await start(spec));
      const live: Live = { spec, process: identity, stopping: new AbortController(), watch: Promise.resolve() };
      live.watch = watch(live);
      children.push(live);
      return { adopted: orphan !== undefined };
    } catch (cause) {
      throw translate(spec.name, cause);
    }
  };

  const stopAll = async (): Promise<void> => {
    // A child that is being started is waited for: half-started ones are the orphans nobody knows of.
    await Promise.allSettled(starting);
    for (const live of children.toReversed()) await stopOne(live);
    await lock.release();
    release();
  };

  const stop = (): Promise<void> => {
    stopped ??= stopAll();
    return stopped;
  };

  const release = guardExit({
    stop,
    endNow: () => {
      const answering = children.map(({ process: child, spec }) => [child.pid, spec] as const);
      for (const [pid, spec] of [...answering, ...unready]) signalProcess(pid, spec.stopSteps[0]?.signal ?? 'SIGTERM');
    },
  });

  return {
    dataDir,
    run: (spec) => {
      if (stopped !== undefined) return Promise.reject(failureOf(spec.name, 'the node is being stopped'));
      const running = run(spec);
      starting.add(running);
      running.then(
        () => starting.delete(running),
        () => starting.delete(running),
      );
      return running;
    },
    hasOrphan: async (name) => record[name] !== undefined && isRunning(record[name].process),
    announce: lock.announce,
    stop,
  };
};
