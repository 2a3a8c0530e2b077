/** Threads of this tab: further copies of the worker that proves, from the script that the page has loaded already. */
import { liveInTeam, type ThreadData, type ThreadOptions, type ThreadPool } from '@surety/sdk/proofs';

/** What such a copy is told, and all that it ever does. */
export type ThreadTask = { readonly kind: 'thread'; readonly data: ThreadData };

export const live = ({ data }: ThreadTask): void => liveInTeam(data, () => postMessage('ready'));

const start: ThreadPool['start'] = (_, data) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(location.href, { type: 'module' });
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      reject(new Error(event.message));
    };
    worker.onmessage = () => resolve(async () => worker.terminate());
    worker.postMessage({ kind: 'thread', data } satisfies ThreadTask);
  });

/** Memory is shared between workers only where nothing of another origin can be in the page; elsewhere one thread proves. */
export const THREADS: ThreadOptions = crossOriginIsolated
  ? { pool: { start, cores: navigator.hardwareConcurrency } }
  : {};
