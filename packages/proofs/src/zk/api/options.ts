/** What the four functions of this route take in common. */
import type { ValueId } from '@surety/programs';
import type { Step } from '../prove/prove.ts';

/** How far something is: `done` of `total` values' claims are passed on in the step of the relations. */
export type Progress = { readonly step: Step | 'relations'; readonly done: number; readonly total: number };

export type WorkOptions = {
  /** Looked at between steps. */
  readonly signal?: AbortSignal;
  /** Called between steps, and between layers. */
  readonly progress?: (progress: Progress) => void;
  /** Most bytes of memory; what the plan says it takes is compared with it before anything starts. All of 32 bits unless stated. */
  readonly memoryBytes?: number;
};

/** Lets timers and messages of this thread be served, an abort among them. */
export const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Reports steps and stops when asked to. */
export const stepsOf = (
  { signal, progress }: WorkOptions,
  values: number,
): ((step: Step, id: ValueId | null) => Promise<void>) => {
  let done = 0;
  return async (step, id) => {
    if (id !== null) done++;
    progress?.({ step, done, total: values });
    if (signal === undefined) return;
    await breathe();
    signal.throwIfAborted();
  };
};
