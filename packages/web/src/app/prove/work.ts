/** Gives a worker one task; stopping it ends the worker, whatever it is at. */
import type { Task, Told } from './messages.ts';

/** The script of the worker, as the page's shell names it. */
const script = (): string => document.querySelector<HTMLScriptElement>('script[data-worker]')?.dataset.worker ?? '';

/** Workers without a task: loaded before there is one, so that proving itself asks the network for nothing. */
const idle: Worker[] = [];

const newWorker = (): Worker => new Worker(script(), { type: 'module' });

/** Loads a worker for the first task. */
export const loadWorker = (): void => {
  if (idle.length === 0) idle.push(newWorker());
};

/** @returns stops the work */
export const startWork = (task: Task, hear: (told: Told) => void): (() => void) => {
  const worker = idle.pop() ?? newWorker();
  const heard = new AbortController();
  const { signal } = heard;
  const onMessage = ({ data }: MessageEvent<Told>): void => {
    if (data.kind === 'proved' || data.kind === 'verified' || data.kind === 'refused') {
      heard.abort();
      idle.push(worker);
    }
    hear(data);
  };
  const onError = (event: Event): void => {
    event.preventDefault();
    heard.abort();
    worker.terminate();
    const message = 'The worker that proves did not start, or ended.';
    const next = 'Reload the page. Provers need a browser of 2023 or later with WebAssembly.';
    hear({ kind: 'refused', problem: { code: 'internal', message, next } });
  };
  worker.addEventListener('message', onMessage, { signal });
  worker.addEventListener('error', onError, { signal });
  worker.postMessage(task);
  return () => {
    if (signal.aborted) return;
    heard.abort();
    worker.terminate();
  };
};
