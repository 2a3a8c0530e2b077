/**
 * No way out leaves children behind, however early or unexpected: a signal that nobody else handles stops them in order,
 * and a process that ends in any other way (an exception, `process.exit`) at least tells them to end. Only kill -9 is left
 * to the next start.
 */
import type { Supervisor } from './supervisor.ts';

export type Guarded = Pick<Supervisor, 'stop'> & {
  /** Signals every child, without waiting. */
  readonly endNow: () => void;
};

/** Exit statuses as shells expect: 128 + number of the signal. */
const STATUS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
const SIGNALS = Object.keys(STATUS) as (keyof typeof STATUS)[];

const guarded = new Set<Guarded>();

const endAll = (): void => {
  for (const { endNow } of guarded) endNow();
};

const onSignal = (signal: keyof typeof STATUS): void => {
  // Whoever else listens (a started node) finishes its work first, and then stops us. A second signal finds us alone.
  if (process.listenerCount(signal) > 1) return;
  void Promise.allSettled([...guarded].map(({ stop }) => stop())).then(() => process.exit(STATUS[signal]));
};

/** Guards a supervisor's children; returns the way to stop guarding. */
export const guardExit = (children: Guarded): (() => void) => {
  if (guarded.size === 0) {
    for (const signal of SIGNALS) process.on(signal, onSignal);
    process.on('exit', endAll);
  }
  guarded.add(children);
  return () => {
    guarded.delete(children);
    if (guarded.size > 0) return;
    for (const signal of SIGNALS) process.off(signal, onSignal);
    process.off('exit', endAll);
  };
};
