/** The suite in a browser: bundled into a page by `bench/determinism.ts`, which calls `conformIn` there. */
import { startBrowserThread } from '../src/engine/browser-threads.ts';
import { Machine } from '../src/index.ts';
import { conform, type Difference } from './conformance.ts';

let machines: Promise<readonly Machine[]> | null = null;

/** Seeds `from .. to − 1` on one thread and on two; the first difference. A page may not sleep, so it only spins. */
const conformIn = async (from: number, to: number): Promise<Difference | null> => {
  machines ??= Promise.all([
    Machine.create({ maySleep: false }),
    Machine.create({ threads: 2, startThread: startBrowserThread, maySleep: false }),
  ]);
  const [single, threads] = await machines;
  const tiers = [
    { name: 'Chromium, one thread', machine: single! },
    { name: 'Chromium, two threads', machine: threads! },
  ];
  for (let seed = from; seed < to; seed++) {
    const difference = await conform(tiers, seed);
    if (difference !== null) return difference;
  }
  return null;
};

Object.assign(globalThis, { conformIn });
