/** The measurement in a browser: bundled into a worker of a page by `bench/prove-browser.ts`. */
import { type Hidden, measure, type Network } from './case.ts';

addEventListener('message', async ({ data: [network, hidden, times] }: MessageEvent<[Network, Hidden, number]>) => {
  try {
    postMessage({ measured: await measure(network, hidden, times) });
  } catch (error) {
    postMessage({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
