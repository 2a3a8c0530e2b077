/**
 * Hidden inputs and outputs in matrices of their own, which other proofs open too: what goes out of one proof and into another
 * is the same if its root is.
 */
import type { Problem } from '@surety/core';
import type { ValueId } from '@surety/programs';
import type { ProofGraph } from '../graph/graph.ts';
import type { Tie } from './ties.ts';

export type Shared = {
  /** Numbers of the inputs in each matrix, in order; every input in one of them. */
  readonly inputs: readonly (readonly ValueId[])[];
  /** Numbers of the outputs in the matrix behind those; no matrix where there are none. */
  readonly outputs: readonly number[];
  /** Bits of the index of a place in a row, the same in all proofs that open one matrix; what is shortest unless stated. */
  readonly rowVars?: number;
};

/** Why outputs cannot be hidden: only what is committed to as it is can lie in a matrix of outputs. */
export const hiddenOutputsProblem = (
  graph: ProofGraph,
  ties: readonly (Tie | null)[],
  outputs: readonly number[],
): Problem | null => {
  const kindOf = (i: number): string | undefined => ties[graph.outputs[i]!.value]?.kind;
  const wrong = outputs.find((i) => kindOf(i) !== 'staged' && kindOf(i) !== 'lookup');
  if (wrong === undefined) return null;
  return {
    code: 'proof.unsupported',
    message: `The output ${graph.outputs[wrong]!.name} is not committed to by itself.`,
    next: 'Let a node with a stage that shifts or clamps, or a table, give it.',
    field: `outputs[${wrong}]`,
  } satisfies Problem;
};
