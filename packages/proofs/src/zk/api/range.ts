/** The proof that hidden constants are integers of their types: made once for a commitment, and part of what verifiers hold. */
import { ok, type Problem, type Result, refuse } from '@surety/core';
import { ProofError } from '../channel/problem.ts';
import { Transcript } from '../channel/transcript.ts';
import { proveRangeOf } from '../constants/prove-range.ts';
import { listenRange, planRange, rangeStatement } from '../constants/range.ts';
import type { Architecture } from '../graph/architecture.ts';
import { ProofMemory } from '../memory.ts';
import { lookupsOf } from '../plan/memory.ts';
import { planned } from '../plan/pads.ts';
import { LOOKUP_NANOSECONDS } from '../plan/work.ts';
import { type ThreadOptions, threadsFor, threadsProblem } from '../threads/pool.ts';
import { verifyOpened } from '../verify/opened.ts';
import type { PrivateProgram } from './commit.ts';
import { breathe, type WorkOptions } from './options.ts';
import { refuted } from './refuted.ts';

/**
 * Proves that the hidden constants of a private program are integers of their types.
 * It follows from the program's secret and takes none of its proofs: made again it is the same.
 * Problems: `input.out-of-range` for a number of threads that cannot be had.
 * @returns the architecture with that proof
 * @throws SuretyError `program.too-large` for more memory than the commitment was allowed, `proof.thread-lost`
 * @throws the reason of `options.signal` when that is aborted
 */
export const proveRange = async (
  subject: PrivateProgram,
  { signal, ...others }: Pick<WorkOptions, 'signal'> & ThreadOptions = {},
): Promise<Result<Architecture>> => {
  const wrong = threadsProblem(others);
  if (wrong !== null) return refuse(wrong);
  const { architecture, commitment, graph } = subject;
  const runs = await planned(graph, { hideInput: false, proofs: architecture.proofs });
  if (!runs.ok) return runs;
  const plan = await planRange(runs.value);
  const at = async (): Promise<void> => {
    if (signal === undefined) return;
    await breathe();
    signal.throwIfAborted();
  };
  const lookups = plan.parts.reduce((sum, { columns, table }) => sum + lookupsOf({ columns, tables: [table] }), 0);
  const threads = threadsFor(others, LOOKUP_NANOSECONDS * lookups);
  const range = await subject.exclusive((memory) =>
    memory.together(threads, others.pool, async (joined) => {
      await joined();
      return proveRangeOf(memory, plan, architecture, commitment, subject.seeded('range'), at);
    }),
  );
  return ok({ ...architecture, range });
};

const checked = new WeakMap<Architecture, Promise<Problem | null>>();

const check = async (architecture: Architecture, range: Uint8Array): Promise<Problem | null> => {
  const { graph, proofs, weights } = architecture;
  const runs = await planned(graph, { hideInput: false, proofs });
  if (!runs.ok) return runs.problem;
  const plan = await planRange(runs.value);
  const transcript = new Transcript();
  transcript.absorb(rangeStatement(plan, architecture));
  try {
    await ProofMemory.lend(undefined, (memory) =>
      verifyOpened(memory, plan, transcript, [weights], range, (channel) => listenRange(channel, memory, plan)),
    );
    return null;
  } catch (error) {
    if (error instanceof ProofError) return refuted(`of its constants, ${error.message}`, 'range');
    throw error;
  }
};

/** Why the proof of range that an architecture carries does not hold; checked once for each architecture that was read. */
export const rangeProblem = (architecture: Architecture): Promise<Problem | null> => {
  const { range } = architecture;
  if (range === undefined) return Promise.resolve(null);
  const known = checked.get(architecture) ?? check(architecture, range);
  checked.set(architecture, known);
  return known;
};
