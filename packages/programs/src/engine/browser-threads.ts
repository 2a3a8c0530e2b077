/** Threads of the engine on a browser's workers. The page must be cross-origin isolated, else memory is not shared. */
import { type StartThread, threadFailed } from './threads.ts';

export const startBrowserThread: StartThread = (script, data) =>
  new Promise((resolve, reject) => {
    const source = `self.onmessage = ({ data }) => { const ready = () => self.postMessage('ready');${script}};`;
    const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    const worker = new Worker(url);
    worker.onerror = (event) => reject(threadFailed(event.message));
    worker.onmessage = () => {
      URL.revokeObjectURL(url);
      resolve(async () => worker.terminate());
    };
    worker.postMessage(data);
  });
