/** What the worker thread does for the node: heavy, bounded, and away from the event loop. */
import { Worker } from 'node:worker_threads';
import { type Claim, type Json, type ProgramRun, type Result, SuretyError } from '@surety/core';
import type { Drift } from '@surety/programs';
import type { FileKind } from '@surety/protocol';

export type Task =
  /** Recomputes the id of a file of a kind. */
  | { readonly kind: 'identify'; readonly of: FileKind; readonly path: string }
  /** Measures drift between two program files on a probe set; `ids` are what their bytes must still give. */
  | {
      readonly kind: 'drift';
      readonly from: string;
      readonly to: string;
      readonly probes: string;
      readonly ids: { readonly from: string; readonly to: string; readonly probes: string };
    }
  /** Runs a program file again through an adapter, on what a claim asks; `id` is what its bytes must still give. */
  | {
      readonly kind: 'rerun';
      readonly path: string;
      readonly id: string;
      readonly adapter: Json;
      readonly claim: Claim;
    };

export type Answer<T extends Task> = T extends { kind: 'identify' }
  ? { readonly id: string }
  : T extends { kind: 'rerun' }
    ? ProgramRun
    : Drift;

/** Longest that one task may take. */
const TASK_MS = 10 * 60_000;

/** Memory of one task beside what the kernels take. */
const HEAP_MB = 2_048;

const once = <T extends Task>(task: T): Promise<Result<Answer<T>>> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    const failed = (why: string, cause?: unknown): void => {
      clearTimeout(timer);
      void worker.terminate();
      const problem = {
        code: 'service.unavailable',
        message: `A task on a model ${why}.`,
        next: 'Try again later.',
      } as const;
      reject(new SuretyError(problem, { cause }));
    };
    const timer = setTimeout(() => failed(`took longer than ${TASK_MS / 1_000} s`), TASK_MS);
    worker.once('message', (result: Result<Answer<T>>) => {
      clearTimeout(timer);
      resolve(result);
    });
    worker.once('error', (cause) => failed('broke off', cause));
    worker.once('exit', () => failed('ended without an answer'));
  });

/** Runs tasks one after the other: a machine that answers questions has other work too. */
export const createTasks = (): (<T extends Task>(task: T) => Promise<Result<Answer<T>>>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const run = last.then(() => once(task));
    last = run.catch(() => undefined);
    return run;
  };
};

export type RunTask = ReturnType<typeof createTasks>;
