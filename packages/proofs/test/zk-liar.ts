/** A prover that says of a run what it likes: another output, other hidden constants, other words anywhere. */
import { unwrap } from '@surety/core';
import { type CheckedProgram, commitProgram, DTYPE_RANGE, listRoot, type Tensor } from '@surety/programs';
import type { PublicProgram } from '../src/zk/api/subject.ts';
import type { Committed } from '../src/zk/commit/commit.ts';
import { encodeProof, type Named } from '../src/zk/file/file.ts';
import type { ProofGraph } from '../src/zk/graph/graph.ts';
import { ProofMemory } from '../src/zk/memory.ts';
import { planned } from '../src/zk/plan/pads.ts';
import { proveRun, type Randomness } from '../src/zk/prove/prove.ts';
import { type Run, runWitness } from '../src/zk/witness/run.ts';

export const publicly = (program: CheckedProgram): PublicProgram => ({
  kind: 'public',
  program,
  id: commitProgram(program).id,
});

export type Lie = {
  readonly graph: ProofGraph;
  readonly named: Named;
  readonly inputs: readonly Tensor[];
  /** Inputs that are run; those stated unless given. */
  readonly runs?: readonly Tensor[];
  readonly change: (run: Run) => Run;
  /** Outputs that the statement names; those of the run unless stated. */
  readonly stated?: readonly Tensor[];
  readonly hideInput?: boolean;
  readonly proofs?: number;
  readonly weights?: Committed;
  readonly memory?: ProofMemory;
  /** What the prover draws; fresh unless given. */
  readonly random?: Randomness;
};

/** The graph with inputs that may be anything. */
const unbounded = (graph: ProofGraph): ProofGraph => ({
  ...graph,
  inputs: graph.inputs.map((input) => ({ ...input, ...DTYPE_RANGE[input.dtype] })),
});

/** The file of a proof of what is not so. */
export const lied = async (lie: Lie): Promise<Uint8Array> => {
  const { graph, named, inputs, hideInput = false, proofs = 0, weights = null } = lie;
  const plan = unwrap(await planned(graph, { hideInput, proofs }));
  const staged = plan.ties.flatMap((tie, id) => (tie?.kind === 'staged' ? [id] : []));
  const run = lie.change(unwrap(await runWitness(unbounded(graph), staged, lie.runs ?? inputs)));
  const program =
    named.kind === 'public' ? { id: named.id } : { architecture: named.architecture, weights: named.weights };
  const { statement, proof } = await proveRun(
    lie.memory ?? (await ProofMemory.create()),
    plan,
    run,
    (root) => ({
      program,
      input: root === null ? { id: listRoot(inputs) } : { root },
      output: listRoot(lie.stated ?? run.outputs),
    }),
    weights,
    { at: async () => undefined },
    lie.random,
  );
  const input = 'root' in statement.input ? statement.input.root : inputs;
  return encodeProof({ program: named, input, outputs: run.outputs, proof });
};
