/** Ctrl-C and its relatives: finish, stop every child, leave. A second Ctrl-C does not wait for the work to finish. */
import type { Supervisor } from './supervisor.ts';

export type StopOptions = {
  /** Finishes what the node is doing (server, host), before the children go. */
  readonly finish: () => Promise<void>;
  /** Why the process ends, for the terminal and the log. */
  readonly onStop: (reason: string, cause?: unknown) => void;
};

/** Exit statuses as shells expect: 128 + number of the signal; 70 is a bug (sysexits.h). */
const STATUS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129, bug: 70 } as const;

/** Longest wait for the work to finish before the children are stopped anyway; nothing acknowledged is lost by that. */
const FINISH_MS = 15_000;

export const stopOnSignals = (supervisor: Supervisor, options: StopOptions): void => {
  let begun = false;

  const leave = async (status: number): Promise<void> => {
    await supervisor.stop().catch(() => undefined);
    process.exit(status);
  };

  const stop = async (reason: string, status: number, cause?: unknown): Promise<void> => {
    if (begun) return leave(status);
    begun = true;
    options.onStop(reason, cause);
    const patience = new Promise((resolve) => setTimeout(resolve, FINISH_MS).unref());
    await Promise.race([options.finish().catch(() => undefined), patience]);
    await leave(status);
  };

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(
      signal,
      () => void stop(signal, signal === 'SIGINT' || signal === 'SIGTERM' ? STATUS[signal] : STATUS.SIGHUP),
    );
  }
  process.on('uncaughtException', (cause) => void stop('uncaught exception', STATUS.bug, cause));
  process.on('unhandledRejection', (cause) => void stop('unhandled rejection', STATUS.bug, cause));
};
