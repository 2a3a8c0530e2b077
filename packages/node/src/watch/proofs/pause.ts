/** Turns of long work on the event loop: deadlines are kept meanwhile. */
import { setImmediate } from 'node:timers/promises';

/** Milliseconds of work in one turn. */
const TURN_MS = 10;

/** What to await between pieces of work: lets others go on once a turn is over. */
export const turns = (): (() => Promise<void>) => {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN_MS) return;
    await setImmediate();
    since = performance.now();
  };
};
