/** Ids of a run as whoever makes its values up would commit to them. */
import { type CheckedProgram, listRoot, type Tensor, tensorRoot, traceRoot } from '@surety/programs';
import type { Run } from '@surety/proofs';

/** @param values of every number, consistent or not */
export const commitLie = (
  program: CheckedProgram,
  id: Uint8Array,
  inputs: readonly Tensor[],
  values: readonly Tensor[],
): Run => {
  const input = listRoot(inputs);
  const from = program.inputs.length + program.constants.length;
  const nodes = values.slice(from).map((tensor) => tensorRoot(tensor));
  const output = listRoot(program.outputs.map(({ value }) => values[value]!));
  return { program: id, input, output, trace: traceRoot(id, input, nodes) };
};
