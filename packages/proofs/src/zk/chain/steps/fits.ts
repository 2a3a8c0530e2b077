/** Which programs have a verifier in steps: those whose proofs can be, but for what a program of steps cannot be written for. */
import type { Problem } from '@surety/core';
import { type IntegerForm, operandsOf, type ValueId } from '@surety/programs';
import { stackCode } from '../../commit/batch.ts';
import { levelsOf } from '../../commit/levels.ts';
import { blowupOf } from '../../commit/shape.ts';
import { isConstant, isInput, nodeOf } from '../../graph/graph.ts';
import { shapesOf } from '../../plan/hiding.ts';
import { isOpen } from '../../plan/open.ts';
import type { ProofPlan } from '../../plan/plan.ts';
import { varsOf } from '../../relations/axes.ts';

export const STEP_LIMITS = {
  /** Steps: as many as a dispute can search. */
  steps: 2 ** 20,
  /** Bytes of the data: as many as a node keeps. */
  dataBytes: 2 ** 25 - 64,
  /** Bits of an index of the input and of the output, all sizes filled up to powers of two. */
  tensorVars: 17,
  /** Bits of a place in a code word: drawing places takes the more gas the more there are. */
  codeVars: 18,
  integer: 2 ** 30,
} as const;

const unsupported = (field: string, message: string, next: string, limit: string): Problem => ({
  code: 'proof.unsupported',
  message,
  next,
  field,
  limit,
});

/** Operands that nothing is claimed of: others are chosen or looked up by them. */
const structural = (form: IntegerForm): readonly ValueId[] =>
  form.op === 'lookup' ? [form.table] : form.op === 'gather' ? [form.index, form.data] : [];

/** Why a node of the plan cannot be checked in steps; null where it can. */
const nodeProblem = (plan: ProofPlan, id: ValueId): Problem | null => {
  const { graph, ties } = plan;
  const { form } = nodeOf(graph, id)!;
  const field = `nodes[${id - graph.inputs.length - graph.constants.length}]`;
  if (form.op === 'gather' && isInput(graph, form.index) && isOpen(plan, form.index)) {
    const message =
      'A gather takes its indices from the input: which rows those are is not known when steps are written.';
    const next = 'Let a lookup table come between, so that indices are computed.';
    return unsupported(field, message, next, 'indices that are constants or computed');
  }
  if (ties[id]?.kind === 'argmax') {
    const next = 'Let the scores be the output, and take the largest of those.';
    return unsupported(field, 'The output is the index of an argmax.', next, 'outputs that are no indices');
  }
  const read = operandsOf(form).filter((operand) => !structural(form).includes(operand));
  if (read.some((operand) => isConstant(graph, operand) && isOpen(plan, operand))) {
    const next = 'Give the operator a constant of its own.';
    return unsupported(field, `A ${form.op} reads a table, shifts or indices.`, next, 'constants of one use');
  }
  return null;
};

/** Bits of a place in the longest code word of the stack and of its levels. */
const longestCode = (plan: ProofPlan): number => {
  const code = stackCode(shapesOf(plan));
  return Math.max(...[code, ...levelsOf(code).map(({ shape }) => shape)].map((own) => own.rowVars + blowupOf(own)));
};

/** Why a plan has no verifier in steps: `proof.unsupported`; null where it has one, unless that is too long. */
export const stepProblem = (plan: ProofPlan): Problem | null => {
  const { graph } = plan;
  const [input, output] = [graph.inputs[0], graph.outputs[0]];
  const one = `one input and one output of at most 2^${STEP_LIMITS.tensorVars} values`;
  const wrong = (field: string, message: string, next: string): Problem => unsupported(field, message, next, one);
  if (plan.hiddenOutputs.length > 0) return wrong('outputs', 'The output is hidden.', 'Let the output be shown.');
  if (input === undefined || graph.inputs.length !== 1) {
    return wrong('inputs', 'The program has not one input.', 'Join the inputs into one, and slice them apart.');
  }
  if (output === undefined || graph.outputs.length !== 1) {
    return wrong('outputs', 'The program has not one output.', 'Join the outputs into one.');
  }
  if (varsOf(input.shape) > STEP_LIMITS.tensorVars || Math.max(-input.low, input.high) >= STEP_LIMITS.integer) {
    return wrong('inputs[0]', 'The input, or its range, is too large.', 'Use a smaller input of narrower range.');
  }
  if (varsOf(graph.types[output.value]!.shape) > STEP_LIMITS.tensorVars) {
    return wrong('outputs[0]', 'The output is too large.', 'Use a smaller output.');
  }
  if (longestCode(plan) > STEP_LIMITS.codeVars) {
    const next =
      'Hide the weights, which makes rows shorter (--private weights), or claim the run by itself: surety run --prove optimistic.';
    const limit = `code words of 2^${STEP_LIMITS.codeVars} values`;
    return unsupported('nodes', 'The program is so large that code words are too long.', next, limit);
  }
  for (const [id, tie] of plan.ties.entries()) {
    const problem = tie === null ? null : nodeProblem(plan, id);
    if (problem !== null) return problem;
  }
  return null;
};

/** As {@link stepProblem}, of a verifier that turned out too long. */
export const TOO_LONG: Problem = unsupported(
  'nodes',
  'The verifier has more steps, or its proof more data, than a dispute and a node take.',
  'Prove a smaller program, or claim the run by itself: surety run --prove optimistic.',
  `${STEP_LIMITS.steps} steps, ${STEP_LIMITS.dataBytes} bytes`,
);
