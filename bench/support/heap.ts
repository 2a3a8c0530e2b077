/** What is really in use: measured after full collections, for which Node needs no flag on its command line. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes in use after everything unreachable is gone. The second collection takes what finalizers of the first let go. */
export const heapUsedBytes = (): number => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
};
