/**
 * A training run on the drawn digits as the inputs of an iterated program: first weights, and every batch in order. And the
 * same run in floating point, to compare with.
 */

import { unwrap } from '@surety/core';
import type { CheckedProgram } from '../src/check.ts';
import { unitOf } from '../src/encoding.ts';
import { createEngine } from '../src/engine/engine.ts';
import { INPUT_BITS, type TrainingShape } from '../src/learning/formats.ts';
import { trainedModel } from '../src/learning/perceptron.ts';
import { allocate, elements, type Tensor, tensor } from '../src/tensor.ts';
import { Tape, type Var, variable } from './autograd.ts';
import { DIGIT_SIDE, drawDigits, type Labelled } from './digits.ts';
import { random, shuffled } from './random.ts';

const PIXELS = DIGIT_SIDE ** 2;

/** Pixels in sixteenths, as the program reads them: both trainers learn from the same numbers. */
const sixteenths = ({ inputs }: Labelled): readonly Int8Array[] =>
  inputs.map((pixels) => Int8Array.from(pixels, (ink) => Math.round(ink * 2 ** INPUT_BITS)));

export type Digits = { readonly inputs: readonly Int8Array[]; readonly labels: Int32Array };

/** Digits that a run of `seed` never sees. */
export const heldOutDigits = (count: number, seed: number): Digits => {
  const drawn = drawDigits(count, seed + 1_000);
  return { inputs: sixteenths(drawn), labels: drawn.labels };
};

/** `steps` batches of `count` drawn digits, shuffled anew each time all were seen. */
const batches = (count: number, steps: number, batch: number, seed: number) => {
  const drawn = drawDigits(count, seed);
  const pixels = sixteenths(drawn);
  const next = random(seed + 1);
  const x = new Int8Array(steps * batch * PIXELS);
  const labels = new Int8Array(steps * batch);
  let order = shuffled(count, next);
  for (let i = 0, at = 0; i < steps * batch; i++, at++) {
    if (at === count) [order, at] = [shuffled(count, next), 0];
    x.set(pixels[order[at]!]!, i * PIXELS);
    labels[i] = drawn.labels[order[at]!]!;
  }
  return { x, labels };
};

/** Uniform weights of variance 1 / fan-in, zero biases and momentum. */
const firstValues = (program: CheckedProgram, index: number, next: () => number): Tensor => {
  const { name, dtype, shape, encoding } = program.inputs[index]!;
  const values = allocate(dtype, elements(shape));
  if (!name.startsWith('momentum') && shape.length === 2) {
    const reach = Math.sqrt(3 / shape[1]!) / unitOf(encoding);
    for (let i = 0; i < values.length; i++) values[i] = Math.round((2 * next() - 1) * reach);
  }
  return { dtype, shape, values };
};

/**
 * The input list of a run (spec 15.1): states with their first values, streams `[steps, batch, …]`.
 * @param count how many digits there are to learn from
 */
export const digitRunInputs = (
  program: CheckedProgram,
  { batch }: TrainingShape,
  options: { readonly count: number; readonly steps: number; readonly seed: number },
): readonly Tensor[] => {
  const { count, steps, seed } = options;
  const { x, labels } = batches(count, steps, batch, seed);
  const next = random(seed + 2);
  return program.inputs.map(({ name }, i): Tensor => {
    if (name === 'x') return { dtype: 'i8', shape: [steps, batch, PIXELS], values: x };
    if (name === 'labels') return { dtype: 'i8', shape: [steps, batch], values: labels };
    return firstValues(program, i, next);
  });
};

export type FloatLayer = { readonly weights: Var; readonly bias: Var };

/** Loss of a batch; leaves its gradients in the layers. */
export const floatGradients = (layers: readonly FloatLayer[], x: Var, labels: ArrayLike<number>): number => {
  const tape = new Tape();
  let h = x;
  for (const [i, { weights, bias }] of layers.entries()) {
    h = tape.linear(h, weights, bias);
    if (i + 1 < layers.length) h = tape.relu(h);
  }
  const loss = tape.crossEntropy(h, labels);
  tape.backward();
  return loss;
};

/** States of a program as real layers. */
export const realLayers = (
  program: CheckedProgram,
  tensorOf: (name: string) => Tensor,
  { widths }: TrainingShape,
): FloatLayer[] =>
  widths.slice(1).map((_, i) => {
    const read = (name: string): Var => {
      const { values, shape } = tensorOf(name);
      const unit = unitOf(program.inputs.find((input) => input.name === name)!.encoding);
      return variable(
        shape,
        Float32Array.from(values, (q) => q * unit),
      );
    };
    return { weights: read(`layer${i}.weights`), bias: read(`layer${i}.bias`) };
  });

/** Samples of sixteenths as reals. */
export const realSamples = (values: ArrayLike<number>, width = PIXELS): Var =>
  variable(
    [values.length / width, width],
    Float32Array.from(values, (q) => q / 2 ** INPUT_BITS),
  );

/** The run in 32-bit floating point: same first weights, batches, rate and momentum, nothing clipped or rounded. */
export const floatRun = (
  program: CheckedProgram,
  shape: TrainingShape,
  inputs: readonly Tensor[],
  steps: number,
): FloatLayer[] => {
  const named = new Map(program.inputs.map(({ name }, i) => [name, inputs[i]!]));
  const layers = realLayers(program, (name) => named.get(name)!, shape);
  const parameters = layers.flatMap(({ weights, bias }) => [weights, bias]);
  const speeds = parameters.map(({ data }) => new Float32Array(data.length));
  const [rate, momentum] = [2 ** -shape.rateBits, shape.momentum32nds / 32];
  const size = shape.batch * PIXELS;
  for (let t = 0; t < steps; t++) {
    const x = realSamples(named.get('x')!.values.subarray(t * size, (t + 1) * size));
    floatGradients(layers, x, named.get('labels')!.values.subarray(t * shape.batch, (t + 1) * shape.batch));
    for (const [p, { data, grad }] of parameters.entries()) {
      for (let i = 0; i < data.length; i++) {
        speeds[p]![i] = momentum * speeds[p]![i]! + grad[i]!;
        data[i]! -= rate * speeds[p]![i]!;
      }
      grad.fill(0);
    }
  }
  return layers;
};

/** Share of digits that layers of floats read rightly, in parts per million. */
export const floatAccuracyPpm = (layers: readonly FloatLayer[], { inputs, labels }: Digits): number => {
  const tape = new Tape();
  let right = 0;
  for (const [i, pixels] of inputs.entries()) {
    let h = realSamples(pixels);
    for (const [l, { weights, bias }] of layers.entries()) {
      h = tape.linear(h, weights, bias);
      if (l + 1 < layers.length) h = tape.relu(h);
    }
    if (h.data.indexOf(h.data.reduce((a, v) => Math.max(a, v))) === labels[i]) right++;
  }
  return Math.floor((right * 1_000_000) / labels.length);
};

/**
 * Share of digits that the trained model reads rightly, in parts per million.
 * @param weights the states that a run ended with, by name
 */
export const accuracyPpm = async (
  shape: TrainingShape,
  weights: ReadonlyMap<string, Tensor>,
  { inputs, labels }: Digits,
): Promise<number> => {
  const engine = unwrap(await createEngine(unwrap(trainedModel(shape, weights))));
  const runs = unwrap(await engine.runMany(inputs.map((pixels) => [tensor('i8', [1, PIXELS], pixels)])));
  const right = runs.filter(({ outputs }, i) => outputs[1]!.values[0] === labels[i]).length;
  return Math.floor((right * 1_000_000) / labels.length);
};
