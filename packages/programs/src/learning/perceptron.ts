/** The forward pass that training and the trained model share, and the model as a program of its own. */
import { type Problem, type Result, refuse, SuretyError, show } from '@surety/core';
import type { CheckedProgram } from '../check.ts';
import type { ValueId } from '../program.ts';
import { StepBuilder } from '../step-builder.ts';
import type { Tensor } from '../tensor.ts';
import {
  encodingOfBits,
  type Formats,
  formatsOf,
  INPUT_BITS,
  READ_BITS,
  shapeProblem,
  type TrainingShape,
} from './formats.ts';

/** Values of a layer's weights `[out, in]` and bias `[out]`, both `i32` of `weightBits` fraction bits. */
export type LayerValues = { readonly weights: ValueId; readonly bias: ValueId };

export type Forward = {
  /** What each layer reads, `[batch, width]`. */
  readonly reads: readonly ValueId[];
  /** The weights as the passes read them: `i16` of READ_BITS fraction bits. */
  readonly weights: readonly ValueId[];
  /** `[batch, classes]`. */
  readonly logits: ValueId;
};

/** Adds the forward pass of a batch: relu between layers, none after the last. */
export const addForward = (
  b: StepBuilder,
  { reads: bits, hiddenLimits, weightBits, weightReach, readLimit, logitBits, logitLimit }: Formats,
  x: ValueId,
  layers: readonly LayerValues[],
): Forward => {
  const reads = [x];
  const read = layers.map(({ weights }) => b.scaled(weights, weightBits, READ_BITS, 'i16', readLimit));
  for (const [i, layer] of layers.entries()) {
    const sumBits = bits[i]! + READ_BITS;
    // A bias is added to sums, so it has their format: the reach of weights in it is far below what an i32 holds.
    const bias = b.scaled(layer.bias, weightBits, sumBits, 'i32', 2 ** (sumBits + weightReach));
    const form = { op: 'matmul', a: reads[i]!, b: read[i]!, bias } as const;
    const next = bits[i + 1];
    reads.push(
      next === undefined
        ? b.staged(form, 'i16', sumBits - logitBits, logitLimit)
        : b.staged(form, 'i16', sumBits - next, { low: 0, high: hiddenLimits[i]! }),
    );
  }
  return { reads: reads.slice(0, -1), weights: read, logits: reads.at(-1)! };
};

/** The batch of samples that a step or a model reads: real numbers −1 .. 1. */
export const addSamples = (b: StepBuilder, rows: number, width: number): ValueId =>
  b.input({
    name: 'x',
    dtype: 'i8',
    shape: [rows, width],
    low: -(2 ** INPUT_BITS),
    high: 2 ** INPUT_BITS,
    encoding: encodingOfBits(INPUT_BITS),
  });

/** Names of the weights of a shape, layer by layer: of states, and of what a training claim gives out. */
export const weightNames = ({
  widths,
}: TrainingShape): readonly { readonly weights: string; readonly bias: string }[] =>
  widths.slice(1).map((_, i) => ({ weights: `layer${i}.weights`, bias: `layer${i}.bias` }));

const missing = (name: string, given: readonly string[]): Problem => ({
  code: 'program.invalid',
  message: `The model needs ${name}.`,
  next: 'Give it the states that the training run ended with.',
  field: name,
  value: show(given),
});

/**
 * The trained model: `x` `[1, width]` to `logits` and `class`. Its constants are the weights bit by bit as training gave them
 * out, so their tensor roots in the program's id are those in the output list of the training claim.
 * Problems: `program.invalid`, `program.unbounded`.
 * @param weights by the names of {@link weightNames}
 */
export const trainedModel = (shape: TrainingShape, weights: ReadonlyMap<string, Tensor>): Result<CheckedProgram> => {
  const problem = shapeProblem(shape);
  if (problem !== null) return refuse(problem);
  const b = new StepBuilder();
  const constant = (name: string): ValueId => {
    const tensor = weights.get(name);
    if (tensor === undefined) throw new SuretyError(missing(name, [...weights.keys()]));
    return b.constant(tensor.dtype, tensor.shape, () => tensor.values);
  };
  try {
    const x = addSamples(b, 1, shape.widths[0]!);
    const layers = weightNames(shape).map(({ weights: w, bias }) => ({ weights: constant(w), bias: constant(bias) }));
    const formats = formatsOf(shape);
    const { logits } = addForward(b, formats, x, layers);
    b.output('logits', logits, encodingOfBits(formats.logitBits));
    b.output('class', b.moved({ op: 'argmax', x: logits }, 'i32'), encodingOfBits(0));
  } catch (error) {
    if (error instanceof SuretyError) return refuse(error.problem);
    throw error;
  }
  return b.finish();
};
