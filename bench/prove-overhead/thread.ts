/** Time that this thread computed, whatever else the machine does. */

const threadNs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return 1000 * (user + system);
};

/** Least time of a run of several, so that the clock's steps do not show. */
const LEAST_NS = 2e8;

/** The median of so many measurements, after one run that does not count. */
export const medianNs = (measurements: number, run: () => unknown): number => {
  run();
  const times = Array.from({ length: measurements }, () => {
    const start = threadNs();
    let runs = 0;
    while (threadNs() - start < LEAST_NS) {
      run();
      runs++;
    }
    return (threadNs() - start) / runs;
  });
  return times.sort((a, b) => a - b)[Math.floor(measurements / 2)]!;
};
