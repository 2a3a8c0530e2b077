/**
 * Hidden constants that sums along an axis are claimed of. Such a claim is at 1/2 in each variable of the axis (relations/reduce.ts):
 * rows that are no code words might add up to one there. So it is taken to a random point, as every other claim on a
 * constant is at one but where bits choose rows of it. What nodes compute and is committed to is looked up at random points
 * anyway.
 */
import { operandsOf, type ValueId } from '@surety/programs';
import { isConstant, nodeOf, type ProofGraph } from '../graph/graph.ts';
import type { Tie } from './ties.ts';

export const averagedConstants = (graph: ProofGraph, ties: readonly (Tie | null)[]): ReadonlySet<ValueId> => {
  const reached = new Set<ValueId>();
  // Values that are committed to pass no claims on.
  for (let id = graph.types.length - 1; id >= 0; id--) {
    const tie = ties[id] ?? null;
    if (tie === null) continue;
    const { form } = nodeOf(graph, id)!;
    const passes = reached.has(id) && (tie.kind === 'through' || tie.kind === 'maximum');
    if (form.op === 'reduce_sum' || passes) for (const operand of operandsOf(form)) reached.add(operand);
  }
  return new Set([...reached].filter((id) => isConstant(graph, id) && graph.hidden.has(id)));
};
