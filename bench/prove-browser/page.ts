/** The measurement in a browser: bundled into a worker of a page by `bench/prove-browser.ts`. */
import { startBrowserThread } from '../../packages/programs/src/engine/browser-threads.ts';
import { type Hidden, measure, type Network } from './case.ts';

type Task = [network: Network, hidden: Hidden, times: number, threads: number];

addEventListener('message', async ({ data: [network, hidden, times, threads] }: MessageEvent<Task>) => {
  const pool = { start: startBrowserThread, cores: threads };
  try {
    postMessage({ measured: await measure(network, hidden, times, threads === 1 ? {} : { pool, threads }) });
  } catch (error) {
    postMessage({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
