/**
 * One step of training as an exact program: softmax regression or a perceptron, cross-entropy, and gradient descent with
 * momentum. Its states are the weights and the momentum, its streams the batches; run as an iterated program (spec 15.1) over
 * `[steps, batch, …]` it is a training run in which every number of every step is committed to. There is no randomness in it:
 * rounding is that of the stage, and the order of batches is that of the input list. Why these formats suffice:
 * docs/verified-training.md.
 */
import { type Result, refuse, SuretyError } from '@surety/core';
import type { CheckedProgram } from '../check.ts';
import type { ValueId } from '../program.ts';
import { StepBuilder } from '../step-builder.ts';
import type { Shape } from '../tensor.ts';
import {
  encodingOfBits,
  type Formats,
  formatsOf,
  MOMENTUM_BITS,
  READ_BITS,
  shapeProblem,
  type TrainingShape,
} from './formats.ts';
import { addForward, addSamples, type Forward, weightNames } from './perceptron.ts';
import { softmax } from './softmax.ts';

/** A gradient and its fraction bits, at most those of the formats. */
type Gradient = { readonly value: ValueId; readonly bits: number };

/** The gradient of a mean over the batch, from an exact sum of `bits` fraction bits. */
const meanOf = (
  b: StepBuilder,
  { gradientBits, gradientReach }: Formats,
  form: Parameters<StepBuilder['staged']>[0],
  bits: number,
): Gradient => {
  const kept = Math.min(bits, gradientBits);
  return { value: b.staged(form, 'i32', bits - kept, 2 ** (kept + gradientReach)), bits: kept };
};

/** Gradients of weights and bias of each layer, last layer first. */
const addBackward = (
  b: StepBuilder,
  formats: Formats,
  forward: Forward,
  labels: ValueId,
): readonly { readonly weights: Gradient; readonly bias: Gradient }[] => {
  const { reads: bits, deltas, meanBits, hiddenLimits } = formats;
  const classes = b.shape(forward.logits)[1]!;
  const last = deltas.at(-1)!;
  const rows = b.moved({ op: 'reshape', x: labels, shape: [...b.shape(labels), 1] }, b.dtype(labels));
  const each = b.constant('i8', [classes], () => Int8Array.from({ length: classes }, (_, c) => c));
  const off = b.staged({ op: 'affine', x: [rows, each], c: [1, -1], d: 0 }, 'i16', 0, classes - 1);
  const wanted = b.tabled(off, 'i16', (d) => (d === 0 ? 2 ** last.bits : 0));
  const given = softmax(b, forward.logits, last.bits, formats);
  let delta = b.staged({ op: 'affine', x: [given, wanted], c: [1, -1], d: 0 }, 'i16', 0, last.limit);
  const gradients = [];
  for (let i = deltas.length - 1; i >= 0; i--) {
    const from = deltas[i]!.bits + meanBits;
    const columns = b.transposed(delta);
    gradients.unshift({
      weights: meanOf(
        b,
        formats,
        { op: 'matmul', a: columns, b: b.transposed(forward.reads[i]!), bias: null },
        from + bits[i]!,
      ),
      bias: meanOf(b, formats, { op: 'reduce_sum', x: columns }, from),
    });
    if (i === 0) break;
    const { bits: to, limit } = deltas[i - 1]!;
    const form = { op: 'matmul', a: delta, b: b.transposed(forward.weights[i]!), bias: null } as const;
    const back = b.staged(form, 'i16', deltas[i]!.bits + READ_BITS - to, limit);
    // Relu, and the clamp above it, pass a gradient on only between their ends.
    const most = hiddenLimits[i - 1]!;
    const passes = b.tabled(forward.reads[i]!, 'i8', (h) => (h > 0 && h < most ? 1 : 0));
    delta = b.staged({ op: 'mul', a: back, b: passes }, 'i16', 0, limit);
  }
  return gradients;
};

/** One tensor of weights with its momentum: both are states, and both move. */
const addMoving = (b: StepBuilder, { momentum32nds, rateBits }: TrainingShape, formats: Formats) => {
  const { weightBits, weightLimit, gradientBits, momentumLimit } = formats;
  const state = (name: string, shape: Shape, bits: number, limit: number): ValueId =>
    b.input({ name, dtype: 'i32', shape, low: -limit, high: limit, encoding: encodingOfBits(bits) });
  const next = (name: string, value: ValueId, bits: number): void => {
    b.output(name, value, encodingOfBits(bits));
    b.state(name, name);
  };
  return {
    weights: (name: string, shape: Shape): ValueId => state(name, shape, weightBits, weightLimit),
    momentum: (name: string, shape: Shape): ValueId => state(name, shape, gradientBits, momentumLimit),
    /** `v ← momentum · v + g`, then `w ← w − rate · v`. */
    move: (name: string, w: ValueId, v: ValueId, { value: g, bits }: Gradient): void => {
      const c = [momentum32nds, 2 ** (MOMENTUM_BITS + gradientBits - bits)];
      const speed = b.staged({ op: 'affine', x: [v, g], c, d: 0 }, 'i32', MOMENTUM_BITS, momentumLimit);
      next(`momentum.${name}`, speed, gradientBits);
      // rate · v in units of 2^−(gradientBits + rateBits) is v itself: the shift drops what the weights do not keep.
      const shift = gradientBits + rateBits - weightBits;
      const form = { op: 'affine', x: [w, speed], c: [2 ** shift, -1], d: 0 } as const;
      next(name, b.staged(form, 'i32', shift, weightLimit), weightBits);
    },
  };
};

/** How many samples of the batch the step's weights, before they move, read rightly. */
const addRight = (b: StepBuilder, logits: ValueId, labels: ValueId): void => {
  const [rows, classes] = b.shape(logits) as [number, number];
  const read = b.moved({ op: 'argmax', x: logits }, 'i32');
  const off = b.staged({ op: 'affine', x: [read, labels], c: [1, -1], d: 0 }, 'i16', 0, classes - 1);
  const right = b.tabled(off, 'i8', (d) => (d === 0 ? 1 : 0));
  b.output('right', b.staged({ op: 'reduce_sum', x: right }, 'i32', 0, { low: 0, high: rows }), encodingOfBits(0));
};

/**
 * The program of one training step.
 *
 * States, by the same name as input and output: `layer0.weights` `[out, in]`, `layer0.bias` `[out]`, … and
 * `momentum.layer0.weights`, …, all `i32`. Streams: `x` `[batch, width]`, real numbers −1 .. 1 in sixteenths, and `labels`
 * `[batch]`. Output `right`, but of a provable step: how many samples of the batch were read rightly before the weights moved.
 * Problems: `program.invalid`, and `program.unbounded` where the batch or a layer is too wide for sums of 30 bits.
 */
export const trainingStep = (shape: TrainingShape): Result<CheckedProgram> => {
  const problem = shapeProblem(shape);
  if (problem !== null) return refuse(problem);
  const { widths, batch } = shape;
  const formats = formatsOf(shape);
  const b = new StepBuilder();
  try {
    const moving = addMoving(b, shape, formats);
    const layers = weightNames(shape).map((names, i) => ({
      names,
      weights: moving.weights(names.weights, [widths[i + 1]!, widths[i]!]),
      bias: moving.weights(names.bias, [widths[i + 1]!]),
    }));
    const speeds = layers.map(({ names, weights, bias }) => ({
      weights: moving.momentum(`momentum.${names.weights}`, b.shape(weights)),
      bias: moving.momentum(`momentum.${names.bias}`, b.shape(bias)),
    }));
    const x = addSamples(b, batch, widths[0]!);
    const range = { low: 0, high: widths.at(-1)! - 1 };
    const labels = b.input({ name: 'labels', dtype: 'i8', shape: [batch], ...range, encoding: encodingOfBits(0) });
    const forward = addForward(b, formats, x, layers);
    const gradients = addBackward(b, formats, forward, labels);
    for (const [i, { names, weights, bias }] of layers.entries()) {
      moving.move(names.weights, weights, speeds[i]!.weights, gradients[i]!.weights);
      moving.move(names.bias, bias, speeds[i]!.bias, gradients[i]!.bias);
    }
    if (!shape.provable) addRight(b, forward.logits, labels);
  } catch (error) {
    if (error instanceof SuretyError) return refuse(error.problem);
    throw error;
  }
  return b.finish();
};
