/** Threads on Node's `worker_threads`. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type StartThread, threadFailed } from './threads.ts';

/** Does not keep the process alive. */
export const startNodeThread: StartThread = (script, data) =>
  new Promise((resolve, reject) => {
    const source = `const { parentPort, workerData: data } = require('node:worker_threads');
      const ready = () => parentPort.postMessage('ready');${script}`;
    const worker = new Worker(source, { eval: true, workerData: data });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(threadFailed(`it ended with ${code}.`)));
    worker.once('message', () => {
      worker.unref();
      resolve(async () => {
        await worker.terminate();
      });
    });
  });

/** Threads of this machine, as many as it runs at once. */
export const nodeThreads = { start: startNodeThread, cores: availableParallelism() } as const;
