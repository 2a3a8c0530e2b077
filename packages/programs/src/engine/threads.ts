/** Other threads that share the kernels' memory. How one is started differs between hosts and comes in as a parameter. */
import { SuretyError } from '@surety/core';

/** What a thread needs to live in `work` of the kernels. */
export type ThreadData = {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly thread: number;
  readonly epoch: number;
  readonly spins: number;
};

/** Ends a thread. */
export type StopThread = () => Promise<void>;

/**
 * Starts a thread that runs a script, hands it the data, and resolves at the first message that comes back.
 * Node: `startNodeThread` of `@surety/programs/node-threads`. Browsers: `startBrowserThread` of
 * `@surety/programs/browser-threads`.
 */
export type StartThread = (script: string, data: ThreadData) => Promise<StopThread>;

/** For hosts: that a thread ended, or could not begin, before it worked. */
export const threadFailed = (why: string): SuretyError =>
  new SuretyError({
    code: 'process.start-failed',
    message: `A thread did not start: ${why}`,
    next: 'Use one thread, or make room for more.',
    field: 'threads',
  });

/** Body of a thread's function of `data` and `ready`: a script of its own, so that no bundler needs to know of it. */
export const THREAD_SCRIPT = `
const instance = new WebAssembly.Instance(data.module, { env: { memory: data.memory } });
ready();
instance.exports.work(data.thread, data.epoch, data.spins);
`;
