/** Proving a run. */
import { ok, type Result, refuse } from '@surety/core';
import { admitInputs, listRoot, type Tensor } from '@surety/programs';
import { encodeProof } from '../file/file.ts';
import { graphOf } from '../graph/from-program.ts';
import type { ProofGraph } from '../graph/graph.ts';
import { ProofMemory } from '../memory.ts';
import { tooLarge } from '../plan/memory.ts';
import { planned } from '../plan/pads.ts';
import type { ProofPlan } from '../plan/plan.ts';
import { provingNanoseconds } from '../plan/work.ts';
import { proveRun } from '../prove/prove.ts';
import type { Statement } from '../statement/statement.ts';
import { type ThreadOptions, threadsFor, threadsProblem } from '../threads/pool.ts';
import { runWitness } from '../witness/run.ts';
import type { PrivateProgram } from './commit.ts';
import { stepsOf, type WorkOptions } from './options.ts';
import type { PublicProgram } from './subject.ts';

export type ProveOptions = WorkOptions &
  ThreadOptions & {
    /** Whether the input is named by a commitment and never shown; false unless stated. */
    readonly hideInput?: boolean;
  };

export type Proof = {
  /** The file of the proof: what {@link verify} reads. */
  readonly file: Uint8Array;
  readonly outputs: readonly Tensor[];
  /** The most bytes of its memory that this proof had in use, the commitment to hidden constants included. */
  readonly peakBytes: number;
};

/** Values whose claims are passed on one after the other. */
export const passedOn = ({ ties }: ProofPlan): number => ties.filter((tie) => tie !== null).length;

const proveIn = async (
  memory: ProofMemory,
  graph: ProofGraph,
  subject: PublicProgram | PrivateProgram,
  inputs: readonly Tensor[],
  options: ProveOptions,
): Promise<Result<Proof>> => {
  const proofs = subject.kind === 'public' ? 0 : subject.architecture.proofs;
  const plan = await planned(graph, { hideInput: options.hideInput === true, proofs });
  if (!plan.ok) return plan;
  const keepsWeights = subject.kind === 'private' ? subject.commitment.encoded !== null : undefined;
  const threads = threadsFor(options, provingNanoseconds(plan.value));
  const large = await tooLarge(plan.value, options.memoryBytes, { keepsWeights, threads });
  if (large !== null) return refuse(large);
  return memory.together(threads, options.pool, (joined) =>
    proveTogether(memory, plan.value, subject, inputs, options, joined),
  );
};

const proveTogether = async (
  memory: ProofMemory,
  plan: ProofPlan,
  subject: PublicProgram | PrivateProgram,
  inputs: readonly Tensor[],
  options: ProveOptions,
  joined: () => Promise<void>,
): Promise<Result<Proof>> => {
  const staged = plan.ties.flatMap((tie, id) => (tie?.kind === 'staged' ? [id] : []));
  const run = await runWitness(plan.graph, staged, inputs, options.signal);
  if (!run.ok) return run;
  // Threads that do not start cost none of the proofs.
  await joined();
  const none = subject.kind === 'private' ? subject.takeProof() : null;
  if (none !== null) return refuse(none);
  const { outputs } = run.value;
  const name = (root: Uint8Array | null): Statement => ({
    program:
      subject.kind === 'public'
        ? { id: subject.id }
        : { architecture: subject.architecture.id, weights: subject.architecture.weights },
    input: root === null ? { id: listRoot(inputs) } : { root },
    output: listRoot(outputs),
  });
  const weights = subject.kind === 'private' ? subject.commitment : null;
  const at = stepsOf(options, passedOn(plan));
  const { statement, proof } = await proveRun(memory, plan, run.value, name, weights, { at });
  const file = encodeProof({
    program:
      'id' in statement.program
        ? { kind: 'public', id: statement.program.id }
        : { kind: 'private', ...statement.program },
    input: 'root' in statement.input ? statement.input.root : inputs,
    outputs,
    proof,
  });
  return ok({ file, outputs, peakBytes: memory.peak });
};

/**
 * Runs a program and proves that run.
 * Problems: `program.input` for inputs that it does not take, `proof.unsupported`, `program.too-large`, `proof.too-large`, and
 * `input.out-of-range` for a number of threads that cannot be had.
 * @throws SuretyError `proof.thread-lost`
 * @throws the reason of `options.signal` when that is aborted
 */
export const prove = async (
  subject: PublicProgram | PrivateProgram,
  inputs: readonly Tensor[],
  options: ProveOptions = {},
): Promise<Result<Proof>> => {
  options.signal?.throwIfAborted();
  const wrong = threadsProblem(options);
  if (wrong !== null) return refuse(wrong);
  const graph = subject.kind === 'public' ? graphOf(subject.program, false) : subject.graph;
  const admitted = admitInputs({ ...graph, states: [] }, inputs);
  if (!admitted.ok) return admitted;
  if (subject.kind === 'public') {
    return ProofMemory.lend(options.memoryBytes, (memory) => proveIn(memory, graph, subject, inputs, options));
  }
  return subject.exclusive((memory) => proveIn(memory, graph, subject, inputs, options));
};
