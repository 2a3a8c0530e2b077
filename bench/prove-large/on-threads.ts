/** Commitments and proofs on one thread and on two, in turn, the same bytes each time: the fastest of each. */
import { performance } from 'node:perf_hooks';
import { isDeepStrictEqual } from 'node:util';
import { unwrap } from '../../packages/core/src/index.ts';
import { nodeThreads } from '../../packages/programs/src/engine/node-threads.ts';
import { type CheckedProgram, commitProgram } from '../../packages/programs/src/index.ts';
import { anyInput } from '../../packages/programs/test/networks.ts';
import { commit, type PrivateProgram, prove, proveRange } from '../../packages/proofs/src/zk/index.ts';

/** Milliseconds. */
export type Taken = {
  readonly passed: number;
  /** Processor time of the thread that leads, and of all others together, the engine's own among them. */
  readonly leading: number;
  readonly others: number;
};

/** On one thread, and on two. */
export type Pair = readonly [alone: Taken, together: Taken];

export type OnThreads = {
  readonly prove: Pair;
  /** Null where nothing is hidden. */
  readonly commit: Pair | null;
  readonly range: Pair | null;
};

const THREADS = [1, 2] as const;

const milliseconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000;

/** Does something on one thread and on two. */
const pair = async <T>(
  work: (threads: number) => Promise<T>,
): Promise<{ readonly made: T[]; readonly times: Pair }> => {
  const made: T[] = [];
  const times: Taken[] = [];
  for (const threads of THREADS) {
    const [start, all, own] = [performance.now(), process.cpuUsage(), process.threadCpuUsage()];
    made.push(await work(threads));
    const leading = milliseconds(process.threadCpuUsage(own));
    const others = milliseconds(process.cpuUsage(all)) - leading;
    times.push({ passed: performance.now() - start, leading, others });
  }
  return { made, times: times as unknown as Pair };
};

/** Processor time of the thread that has most of it: nothing is done in less. */
export const busiest = ({ leading, others }: Taken): number => Math.max(leading, others);

const fastest = (pairs: readonly Pair[]): Pair => {
  const least = (of: 0 | 1): Taken =>
    pairs
      .map((times) => times[of])
      .reduce((a, b) => ({ ...(busiest(b) < busiest(a) ? b : a), passed: Math.min(a.passed, b.passed) }));
  return [least(0), least(1)];
};

const mustBeEqual = (what: string, [one, two]: readonly unknown[]): void => {
  if (!isDeepStrictEqual(one, two)) throw new Error(`${what} of one thread and of two differ.`);
};

export const onThreads = async (program: CheckedProgram, hidden: boolean, rounds: number): Promise<OnThreads> => {
  const of = (threads: number) => ({ threads, pool: nodeThreads });
  const secret = { seed: new Uint8Array(32).fill(7), used: 0 };
  const open = { kind: 'public', program, id: commitProgram(program).id } as const;
  const [proving, committing, ranging]: [Pair[], Pair[], Pair[]] = [[], [], []];
  for (let i = 0; i < rounds; i++) {
    let subject: PrivateProgram | typeof open = open;
    if (hidden) {
      const committed = await pair(async (threads) =>
        unwrap(await commit(program, { secret, proofs: 2, ...of(threads) })),
      );
      mustBeEqual(
        'Commitments',
        committed.made.map(({ architecture }) => architecture.weights),
      );
      committing.push(committed.times);
      const own = committed.made[1]!;
      const ranged = await pair(async (threads) => unwrap(await proveRange(own, of(threads))));
      mustBeEqual(
        'Proofs of range',
        ranged.made.map(({ range }) => range),
      );
      ranging.push(ranged.times);
      subject = own;
    }
    const proved = await pair(async (threads) => unwrap(await prove(subject, anyInput(program, i), of(threads))));
    // What hides is drawn anew for each proof.
    mustBeEqual(
      'Proofs',
      proved.made.map(({ file, outputs }) => (hidden ? outputs : file)),
    );
    proving.push(proved.times);
  }
  return {
    prove: fastest(proving),
    commit: hidden ? fastest(committing) : null,
    range: hidden ? fastest(ranging) : null,
  };
};
