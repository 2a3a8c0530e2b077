/** Why a program cannot be proved as it is. */
import { type Problem, show } from '@surety/core';
import type { ProofGraph } from '../graph/graph.ts';
import { nodeOf } from '../graph/graph.ts';

export const unsupported = (
  graph: ProofGraph,
  id: number,
  message: string,
  next: string,
  value: unknown,
  limit: string,
): Problem => {
  const field = `nodes[${id - graph.inputs.length - graph.constants.length}]`;
  const op = nodeOf(graph, id)?.form.op;
  return {
    code: 'proof.unsupported',
    message: `${field} (${op}) ${message}`,
    next,
    field,
    value: show(value),
    limit,
  };
};
