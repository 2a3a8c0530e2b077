/** A program run several times in a row (spec 15.1): what its inputs and outputs are as a whole. */
import { ok, type Result, refuse } from '@surety/core';
import { admitInputs } from '../admit.ts';
import type { CheckedProgram } from '../check.ts';
import { checkShape } from '../shapes.ts';
import type { Tensor, TensorType } from '../tensor.ts';

/** Fewest and most steps of an iterated program. */
export const STEPS = { least: 2, most: 2 ** 20 } as const;

export type Iteration = {
  readonly program: CheckedProgram;
  readonly steps: number;
  /** Types of the whole's inputs: of a state its first value's, of a stream `[steps, …shape]`. */
  readonly inputs: readonly TensorType[];
  /** Types of the whole's outputs: of a state its last value's, of all others `[steps, …shape]`. */
  readonly outputs: readonly TensorType[];
  /** For each input the output whose value of the step before it takes; null for a stream. */
  readonly feeds: readonly (number | null)[];
  /** Whether each output becomes some input; if not, its values are stacked. */
  readonly kept: readonly boolean[];
};

/**
 * The iteration of a program over so many steps.
 * Problems: `program.invalid` when `steps` is not 2 .. 2^20, or when a stream or stack would be no tensor (spec 12.1).
 */
export const iterate = (program: CheckedProgram, steps: number): Result<Iteration> => {
  if (!(Number.isInteger(steps) && steps >= STEPS.least && steps <= STEPS.most)) {
    return refuse({
      code: 'program.invalid',
      message: `A program cannot be iterated ${steps} times.`,
      next: 'Run a single step without iterating, or cut a longer run into several.',
      field: 'steps',
      value: `${steps}`,
      limit: `${STEPS.least} .. ${STEPS.most}`,
    });
  }
  const feeds = program.inputs.map((_, i) => program.states.find(({ input }) => input === i)?.output ?? null);
  const kept = program.outputs.map((_, i) => feeds.includes(i));
  const stacked = ({ dtype, shape }: TensorType): TensorType => ({ dtype, shape: [steps, ...shape] });
  const inputs = program.inputs.map(({ dtype, shape }, i) =>
    feeds[i] === null ? stacked({ dtype, shape }) : { dtype, shape },
  );
  const outputs = program.outputs.map(({ value }, i) =>
    kept[i] ? program.types[value]! : stacked(program.types[value]!),
  );
  for (const [field, list] of [
    ['inputs', inputs],
    ['outputs', outputs],
  ] as const) {
    for (const [i, { shape }] of list.entries()) {
      const shaped = checkShape(shape, `${field}[${i}]`);
      if (!shaped.ok) return shaped;
    }
  }
  return ok({ program, steps, inputs, outputs, feeds, kept });
};

/** The whole's inputs as they are, or a `program.input` problem naming the first that is not as stated. */
export const admitIterated = ({ program, inputs: types }: Iteration, inputs: readonly Tensor[]) =>
  admitInputs({ ...program, inputs: program.inputs.map((spec, i) => ({ ...spec, ...types[i]! })) }, inputs);

/** Slice `step` of a stream: a view, not a copy. */
export const sliceOf = ({ dtype, shape, values }: Tensor, step: number): Tensor => {
  const size = values.length / shape[0]!;
  return { dtype, shape: shape.slice(1), values: values.subarray(step * size, (step + 1) * size) };
};

/**
 * What goes into step `step`.
 * @param inputs of the whole
 * @param states value that each state brings into the step, in the order of the program's `states`
 */
export const inputsOfStep = (
  { program, feeds }: Iteration,
  inputs: readonly Tensor[],
  step: number,
  states: readonly Tensor[],
): Tensor[] =>
  inputs.map((input, i) =>
    feeds[i] === null ? sliceOf(input, step) : states[program.states.findIndex((state) => state.input === i)]!,
  );

/** What the states bring into the first step. */
export const firstStates = ({ program }: Iteration, inputs: readonly Tensor[]): Tensor[] =>
  program.states.map(({ input }) => inputs[input]!);

/** What the states bring into the next step. */
export const nextStates = ({ program }: Iteration, outputs: readonly Tensor[]): Tensor[] =>
  program.states.map(({ output }) => outputs[output]!);
