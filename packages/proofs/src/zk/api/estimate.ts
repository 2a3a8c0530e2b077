/** What proving takes, known before it starts. */
import { ok, type Result, refuse } from '@surety/core';
import { type CheckedProgram, DTYPE_BYTES, elements, type TensorType } from '@surety/programs';
import { planRange } from '../constants/range.ts';
import { type RangeSize, rangeSize } from '../constants/size.ts';
import { graphOf } from '../graph/from-program.ts';
import { shapesOf } from '../plan/hiding.ts';
import { lookupsOf, provingBytes } from '../plan/memory.ts';
import { heard, planned } from '../plan/pads.ts';
import type { ProofPlan } from '../plan/plan.ts';
import { mostProofBytes } from '../plan/size.ts';
import { provingNanoseconds } from '../plan/work.ts';
import { type ThreadOptions, threadsFor, threadsProblem } from '../threads/pool.ts';
import { PROOFS } from './commit.ts';
import type { Clock } from './measured.ts';
import { passedOn } from './prove.ts';
import { measureRates, type Rates } from './rates.ts';
import { type Times, timesOf } from './times.ts';

export type Estimate = {
  /** Most bytes of memory that proving takes, the commitment to hidden constants included; what runs the program is apart. */
  readonly memoryBytes: number;
  /** Most bytes of the proof's file. */
  readonly proofBytes: number;
  /** Rows that are looked up: what the time of most proofs goes by. */
  readonly lookups: number;
  /** Bytes that are encoded and hashed for each proof. */
  readonly committedBytes: number;
  /** The same of hidden constants, once for all proofs. */
  readonly weightBytes: number;
  /** Of the proof that hidden constants are of their types, made once; null where none are hidden. */
  readonly range: RangeSize | null;
  /** What this machine takes for it, on one thread; null unless a clock is given. */
  readonly times: Times | null;
  /** Threads that `prove` works on under the same options, for which memory is stated. */
  readonly threads: number;
  /** Values whose claims are passed on, one after the other: what progress is told in. */
  readonly layers: number;
};

/** The number of threads as in `prove`. */
export type EstimateOptions = ThreadOptions & {
  readonly hideInput?: boolean;
  readonly hideWeights?: boolean;
  /** As in `commit`. */
  readonly proofs?: number;
  /**
   * Times are said by what it tells of a few small proofs, the fastest of some of each, which are made once: they take some seconds.
   * They are of code that is warm: the first proof of a process takes longer. On a machine that is busy all the while they are too long.
   */
  readonly clock?: Clock;
};

let rates: Promise<Rates> | null = null;

const timed = async (plan: ProofPlan, clock: Clock | undefined): Promise<Times | null> => {
  if (clock === undefined) return null;
  rates ??= measureRates(clock);
  return timesOf(plan, await rates);
};

const bytesOf = (types: readonly TensorType[]): number =>
  types.reduce((sum, { dtype, shape }) => sum + DTYPE_BYTES[dtype] * elements(shape), 0);

/** Magic number, flags and the names of program and input. */
const HEADER_BYTES = 8 + 1 + 32 + 32 + 32;

const fileBytes = async (plan: ProofPlan): Promise<number> => {
  const { graph, hidesInput } = plan;
  const shown =
    bytesOf(graph.outputs.map(({ value }) => graph.types[value]!)) + (hidesInput ? 0 : bytesOf(graph.inputs));
  return HEADER_BYTES + shown + (await mostProofBytes(plan));
};

const rangeSizeOf = async (program: CheckedProgram, proofs: number, threads: number): Promise<RangeSize | null> => {
  const plan = await planned(graphOf(program, true, proofs), { hideInput: false, proofs });
  return plan.ok && plan.value.matrices.some(({ kind }) => kind === 'weights')
    ? rangeSize(await planRange(plan.value), threads)
    : null;
};

/**
 * What proving a run of a program takes.
 * Problems: `proof.unsupported` where it cannot be proved, `input.out-of-range` for a number of threads that cannot be had.
 */
export const estimate = async (
  program: CheckedProgram,
  { hideInput = false, hideWeights = false, proofs = PROOFS, clock, ...others }: EstimateOptions = {},
): Promise<Result<Estimate>> => {
  const wrong = threadsProblem(others);
  if (wrong !== null) return refuse(wrong);
  const plan = await planned(graphOf(program, hideWeights, proofs), { hideInput, proofs: hideWeights ? proofs : 0 });
  if (!plan.ok) return plan;
  const threads = threadsFor(others, provingNanoseconds(plan.value));
  const bytes = shapesOf(plan.value).map(({ rows, rowVars }) => 16 * rows * 2 ** rowVars);
  const weights = plan.value.matrices.findIndex(({ kind }) => kind === 'weights');
  return ok({
    memoryBytes: provingBytes(plan.value, await heard(plan.value), { threads }),
    proofBytes: await fileBytes(plan.value),
    lookups: lookupsOf(plan.value),
    committedBytes: bytes.reduce((sum, each, i) => sum + (i === weights ? 0 : each), 0),
    weightBytes: bytes[weights] ?? 0,
    range: hideWeights ? await rangeSizeOf(program, proofs, threads) : null,
    times: await timed(plan.value, clock),
    threads,
    layers: passedOn(plan.value),
  });
};
