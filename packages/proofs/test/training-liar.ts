/** A prover of one step of training that moves its weights otherwise than the step does. */
import { unwrap } from '@surety/core';
import { listRoot, type Tensor, type ValueId } from '@surety/programs';
import { ProofMemory } from '../src/zk/memory.ts';
import { proveRun } from '../src/zk/prove/prove.ts';
import type { Statement } from '../src/zk/statement/statement.ts';
import type { Link, LinkProof } from '../src/zk/training/link.ts';
import { type Run, runWitness } from '../src/zk/witness/run.ts';

/** The run with one entry of a value, and of the sums behind it, larger. */
export const moved = (run: Run, id: ValueId, byValue: number, bySum: number): Run => {
  const with_ = (tensor: Tensor, by: number): Tensor => {
    const values = tensor.values.slice();
    values[0]! += by;
    return { ...tensor, values };
  };
  return {
    outputs: run.outputs,
    value: (at) => (at === id ? with_(run.value(at), byValue) : run.value(at)),
    sums: (at) => (at === id ? with_(run.sums(at), bySum) : run.sums(at)),
  };
};

/** A proof of what `change` makes of the run, and the roots it is of. */
export const liedLink = async (
  { plan, id }: Link,
  inputs: readonly Tensor[],
  change: (run: Run) => Run,
): Promise<LinkProof & { readonly roots: readonly Uint8Array[] }> => {
  const staged = plan.ties.flatMap((tie, value) => (tie?.kind === 'staged' ? [value] : []));
  const run = change(unwrap(await runWitness(plan.graph, staged, inputs)));
  const outputs = run.outputs.filter((_, i) => !plan.hiddenOutputs.includes(i));
  let made: readonly Uint8Array[] = [];
  const name = (_: Uint8Array | null, roots: readonly Uint8Array[]): Statement => {
    made = roots;
    return { program: { id }, input: { shared: roots }, output: listRoot(outputs) };
  };
  const { proof } = await proveRun(await ProofMemory.create(), plan, run, name, null, { at: async () => undefined });
  return { roots: made, outputs, proof };
};
