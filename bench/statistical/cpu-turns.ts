/**
 * Contenders that take turns, by the processor time of this process: on a machine shared with others the clock on the wall tells
 * more of those than of the contenders.
 */
type Contender = { readonly name: string; readonly run: () => Promise<unknown> };

/** Processor time of a turn: so much that its resolution of microseconds does not matter. */
const TURN_MICROSECONDS = 4_000;

/** What each runs for before it is timed: functions are still being compiled, and that takes processor time of this process too. */
const WARM_MICROSECONDS = 100_000;

const cpuMicroseconds = async (run: () => Promise<unknown>, times: number): Promise<number> => {
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) await run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
};

/** Milliseconds of processor time of one run of each, the median of so many turns. */
export const cpuTurns = async (
  contenders: readonly Contender[],
  rounds: number,
): Promise<ReadonlyMap<string, number>> => {
  const burst = new Map<string, number>();
  for (const { name, run } of contenders) {
    for (let spent = 0; spent < WARM_MICROSECONDS; ) spent += await cpuMicroseconds(run, 4);
    let times = 1;
    while ((await cpuMicroseconds(run, times)) < TURN_MICROSECONDS) times *= 2;
    burst.set(name, times);
  }
  const taken = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, run } of contenders) {
      const times = burst.get(name)!;
      taken.get(name)!.push((await cpuMicroseconds(run, times)) / times / 1_000);
    }
  }
  return new Map([...taken].map(([name, list]) => [name, list.sort((a, b) => a - b)[Math.floor(list.length / 2)]!]));
};
