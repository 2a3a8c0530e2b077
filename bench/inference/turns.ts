/** Contenders that take turns, so that whatever else the machine does falls on all of them alike. */
import { performance } from 'node:perf_hooks';

/** Runs of a turn; the first, which finds the caches and threads of others, does not count. */
const BURST = 4;

type Contender = { readonly name: string; readonly run: ((batch: number) => Promise<unknown>) | null };

const median = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;

/** Milliseconds of each, the median of so many rounds; absent ones are left out. */
export const takeTurns = async (
  contenders: readonly Contender[],
  batch: number,
  rounds: number,
): Promise<ReadonlyMap<string, number>> => {
  const times = new Map<string, number[]>();
  const warm = Math.ceil(rounds / 4);
  for (let round = -warm; round < rounds; round++) {
    for (const { name, run } of contenders) {
      if (run === null) continue;
      for (let i = 0; i < BURST; i++) {
        const start = performance.now();
        await run(batch);
        const took = performance.now() - start;
        if (round >= 0 && i > 0) times.set(name, [...(times.get(name) ?? []), took]);
      }
    }
  }
  return new Map([...times].map(([name, list]) => [name, median(list)]));
};
