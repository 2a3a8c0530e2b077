/** A proof of one program whose hidden inputs and outputs other proofs open too: a link of a chain. */
import { ok, type Problem, type Result, refuse } from '@surety/core';
import { type CheckedProgram, commitProgram, listRoot, type Tensor, type ValueId } from '@surety/programs';
import { ProofError } from '../channel/problem.ts';
import { graphOf } from '../graph/from-program.ts';
import { constantOf, isInput } from '../graph/graph.ts';
import { ProofMemory } from '../memory.ts';
import { planned } from '../plan/pads.ts';
import type { ProofPlan } from '../plan/plan.ts';
import type { Shared } from '../plan/shared.ts';
import type { Random } from '../prove/opened.ts';
import { proveRun, type Randomness } from '../prove/prove.ts';
import type { Statement } from '../statement/statement.ts';
import type { ThreadPool } from '../threads/pool.ts';
import { ROOT_BYTES } from '../verify/opened.ts';
import { verifyRun } from '../verify/verify.ts';
import { runWitness } from '../witness/run.ts';
import type { Room } from './room.ts';
import { matrixWords } from './secret.ts';

export type Link = {
  readonly program: CheckedProgram;
  readonly id: Uint8Array;
  readonly plan: ProofPlan;
};

/** What is shown of a link, beside the roots. */
export type LinkProof = { readonly outputs: readonly Tensor[]; readonly proof: Uint8Array };

/** Problems: `proof.unsupported`. */
export const planLink = async (
  program: CheckedProgram,
  shared: Omit<Shared, 'rowVars'>,
  { openings, rowVars }: Room,
): Promise<Result<Link>> => {
  const options = { hideInput: true, proofs: openings, shared: { ...shared, rowVars } };
  const plan = await planned(graphOf(program, false), options);
  return plan.ok ? ok({ program, id: commitProgram(program).id, plan: plan.value }) : plan;
};

const statementOf = ({ id }: Link, roots: readonly Uint8Array[], outputs: readonly Tensor[]): Statement => ({
  program: { id },
  input: { shared: roots },
  output: listRoot(outputs),
});

/** What hides a link. */
export type LinkSecret = {
  /** Of its hidden matrices, those of inputs and then of outputs: each for one matrix and nothing else. */
  readonly seeds: readonly Uint8Array[];
  readonly openings: number;
  /** Of all else that hides, by the statement. */
  readonly own: Randomness['own'];
};

export type LinkWork = {
  readonly signal?: AbortSignal | undefined;
  /** How many work; 1 unless stated. */
  readonly threads?: number;
  readonly pool?: ThreadPool | undefined;
};

/**
 * Proves a link.
 * Problems: `program.input`.
 * @returns all outputs, what is shown, and the roots in the order of the seeds
 */
export const proveLink = async (
  link: Link,
  inputs: readonly Tensor[],
  { seeds, openings, own }: LinkSecret,
  { signal, threads, pool }: LinkWork = {},
): Promise<Result<LinkProof & { readonly all: readonly Tensor[]; readonly roots: readonly Uint8Array[] }>> => {
  const { plan } = link;
  const staged = plan.ties.flatMap((tie, id) => (tie?.kind === 'staged' ? [id] : []));
  const run = await runWitness(plan.graph, staged, inputs, signal);
  if (!run.ok) return run;
  const all = run.value.outputs;
  const outputs = all.filter((_, i) => !plan.hiddenOutputs.includes(i));
  let made: readonly Uint8Array[] = [];
  const name = (_: Uint8Array | null, roots: readonly Uint8Array[]): Statement => {
    made = roots;
    return statementOf(link, roots, outputs);
  };
  const shared = (matrix: number): Random | undefined => {
    const seed = seeds[matrix];
    const tensors = plan.matrices[matrix]!.blocks.flatMap(({ content }) =>
      content.of === 'value' ? [run.value.value(content.id)] : [],
    );
    return seed === undefined ? undefined : matrixWords(seed, openings, tensors);
  };
  const at = async (): Promise<void> => signal?.throwIfAborted();
  const { proof } = await ProofMemory.lend(undefined, (memory) =>
    memory.together(threads ?? 1, pool, async (joined) => {
      await joined();
      return proveRun(memory, plan, run.value, name, null, { at }, { shared, own });
    }),
  );
  return ok({ all, outputs, roots: made, proof });
};

const refuted = (field: string, message: string): Problem => ({
  code: 'proof.refuted',
  message: `The proof does not hold: ${message}.`,
  next: 'Do not rely on the training run. Get the proof again from whoever made it.',
  field,
});

/**
 * Checks a link.
 * Problems: `proof.refuted`, which names the field.
 */
export const verifyLink = async (
  link: Link,
  roots: readonly Uint8Array[],
  { outputs, proof }: LinkProof,
  field: string,
): Promise<Result<null>> => {
  const { plan } = link;
  const { graph } = plan;
  const shown = graph.outputs.filter((_, i) => !plan.hiddenOutputs.includes(i));
  const wrong = shown.some(({ value }, i) => {
    const { dtype, shape } = graph.types[value]!;
    const given = outputs[i];
    const size = shape.reduce((product, n) => product * n, 1);
    if (given === undefined || given.dtype !== dtype || `${given.shape}` !== `${shape}`) return true;
    // What is proved of outputs is proved modulo p: only within the range of the program it is proved of integers.
    const { low, high } = graph.ranges[value]!;
    return given.values.length !== size || given.values.some((x) => x < low || x > high);
  });
  const hidden = plan.matrices.filter(({ kind }) => kind !== 'witness').length;
  if (wrong || outputs.length !== shown.length) return refuse(refuted(field, 'its outputs are not of the program'));
  if (roots.some(({ length }) => length !== ROOT_BYTES)) return refuse(refuted(field, 'a root is none'));
  if (roots.length !== hidden) return refuse(refuted(field, `it has ${roots.length} roots for ${hidden} matrices`));
  const numbered = graph.outputs.map((_, i) => outputs[shown.indexOf(graph.outputs[i]!)] ?? null);
  try {
    const known = {
      open: (id: ValueId): Tensor => {
        if (isInput(graph, id)) throw new ProofError('it reads a hidden input in the open');
        const { dtype, shape, read } = constantOf(graph, id);
        return { dtype, shape, values: read() };
      },
      // Hidden outputs are never looked at: nothing stands where they would.
      outputs: numbered as readonly Tensor[],
      reached: async () => undefined,
    };
    await ProofMemory.lend(undefined, (memory) =>
      verifyRun(memory, plan, statementOf(link, roots, outputs), proof, known),
    );
  } catch (error) {
    if (error instanceof ProofError) return refuse(refuted(field, error.message));
    throw error;
  }
  return ok(null);
};
