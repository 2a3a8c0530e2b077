/** Which programs have a verifier in steps: layers of committed matrices, of any size, each reading the one before. */
import { ok, type Problem, type Result, refuse } from '@surety/core';
import type { ValueId } from '@surety/programs';
import { nodeOf } from '../../graph/graph.ts';
import type { ProofPlan } from '../../plan/plan.ts';
import { varsOf } from '../../relations/axes.ts';

/** A layer: `clamp((W·x + b + half) >> shift)`, its value and its constants. */
export type StepLayer = { readonly id: ValueId; readonly weights: ValueId; readonly bias: ValueId | null };

export const STEP_LIMITS = {
  layers: 64,
  /** Bits of an index of the input, the output or a layer's values, all sizes filled up to powers of two. */
  tensorVars: 17,
  shift: 30,
  /** Bits of an index in a row of the commitment. */
  rowVars: 17,
  integer: 2 ** 30,
} as const;

const unsupported = (field: string, message: string, next: string, limit: string): Problem => ({
  code: 'proof.unsupported',
  message,
  next,
  field,
  limit,
});

const isMatrix = (shape: readonly number[]): boolean => shape.length === 2 && varsOf(shape) <= STEP_LIMITS.tensorVars;

/** The layers of a plan; `proof.unsupported` for all else. */
export const stepLayers = (plan: ProofPlan): Result<readonly StepLayer[]> => {
  const { graph, ties, tables, rowVars } = plan;
  const [input] = graph.inputs;
  const first = graph.inputs.length + graph.constants.length;
  const wrong = (field: string, message: string): Result<never> =>
    refuse(
      unsupported(
        field,
        message,
        'Use matrices, biases, shifts and clamps alone, each layer reading the one before by constants of its own.',
        `${STEP_LIMITS.layers} layers of 2^${STEP_LIMITS.tensorVars} values`,
      ),
    );
  if (plan.hiddenOutputs.length > 0) return wrong('outputs', 'The output is hidden.');
  if (input === undefined || graph.inputs.length !== 1) return wrong('inputs', 'The program has not one input.');
  if (graph.outputs.length !== 1 || graph.outputs[0]!.value !== graph.types.length - 1) {
    return wrong('outputs', 'The last layer is not the one output.');
  }
  if (!isMatrix(input.shape) || Math.max(-input.low, input.high) >= STEP_LIMITS.integer) {
    return wrong('inputs[0]', 'The input is no matrix, or it or its range is too large.');
  }
  const used = new Set<ValueId>();
  const layers: StepLayer[] = [];
  for (let id = first; id < graph.types.length; id++) {
    const field = `nodes[${id - first}]`;
    const { form, stage } = nodeOf(graph, id)!;
    const tie = ties[id];
    if (form.op !== 'matmul' || typeof stage?.shift !== 'number' || tie?.kind !== 'staged') {
      return wrong(field, 'A node is no matrix with a shift or a clamp.');
    }
    const { a, b: weights, bias } = form;
    const constants = bias === null ? [weights] : [weights, bias];
    const fresh = constants.every((constant) => graph.hidden.has(constant) && !used.has(constant));
    const sizes = isMatrix(graph.types[id]!.shape) && graph.types[weights]!.shape.length === 2;
    if (a !== (id === first ? 0 : id - 1) || !fresh || !sizes || stage.shift > STEP_LIMITS.shift) {
      return wrong(field, 'A layer does not read the one before by constants of its own, or is too large.');
    }
    for (const constant of constants) used.add(constant);
    layers.push({ id, weights, bias });
  }
  if (layers.length === 0 || layers.length > STEP_LIMITS.layers)
    return wrong('nodes', `There are ${layers.length} layers.`);
  if (rowVars > STEP_LIMITS.rowVars || tables.some(({ spec }) => spec.kind === 'function')) {
    return wrong('nodes', 'A row of the commitment is too long, or a table is of a constant.');
  }
  return ok(layers);
};
