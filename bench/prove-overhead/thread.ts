/** Time that this thread computed, whatever else the machine does. */

const threadNs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return 1000 * (user + system);
};

/** Least time of a run of several, so that the clock's steps do not show. */
const LEAST_NS = 2e8;

/** The median of so many measurements, after one run that does not count. */
export const medianNs = async (measurements: number, run: () => unknown): Promise<number> => {
  await run();
  const times: number[] = [];
  while (times.length < measurements) {
    const start = threadNs();
    let runs = 0;
    while (threadNs() - start < LEAST_NS) {
      await run();
      runs++;
    }
    times.push((threadNs() - start) / runs);
  }
  return times.sort((a, b) => a - b)[Math.floor(measurements / 2)]!;
};
