/** Logistic regression over hashed features: AdaGrad, L2, seeded; then rounded to 8-bit weights. */

import type { LinearModel } from '../src/model/linear.ts';
import { bins, type Hashing } from '../src/model/ngrams.ts';
import { sigmoid } from './exact-math.ts';
import type { Example } from './example.ts';
import { random, shuffle } from './random.ts';

/** Feature bins of many examples in one flat array; row i is `flat[starts[i] .. starts[i + 1]]`. */
export type Rows = { readonly flat: Uint32Array; readonly starts: Uint32Array };

export const rowsOf = (examples: readonly Example[], hashing: Hashing): Rows => {
  const starts = new Uint32Array(examples.length + 1);
  let flat = new Uint32Array(examples.length * 96 + 1024);
  let end = 0;
  examples.forEach((e, i) => {
    const row = bins(e.parts, hashing);
    if (end + row.length > flat.length) {
      const larger = new Uint32Array(flat.length * 2);
      larger.set(flat);
      flat = larger;
    }
    flat.set(row, end);
    end += row.length;
    starts[i + 1] = end;
  });
  return { flat: flat.slice(0, end), starts };
};

export type LinearOptions = {
  readonly epochs: number;
  readonly learningRate: number;
  readonly l2: number;
  readonly seed: number;
};

export type FloatLinear = { readonly weights: Float64Array; readonly bias: number };

/** The logit of one row. */
export const floatLogit = (model: FloatLinear, rows: Rows, i: number): number => {
  const from = rows.starts[i]!;
  const to = rows.starts[i + 1]!;
  let sum = 0;
  for (let j = from; j < to; j++) sum += model.weights[rows.flat[j]!]!;
  return model.bias + sum / Math.sqrt(Math.max(1, to - from));
};

/** Fits the rows named in `members`. */
export const fitLinear = (
  rows: Rows,
  examples: readonly Example[],
  members: Uint32Array,
  bits: number,
  options: LinearOptions,
): FloatLinear => {
  const { flat, starts } = rows;
  const weights = new Float64Array(2 ** bits);
  const squares = new Float64Array(2 ** bits).fill(1e-6);
  const draw = random(options.seed);
  const order = members.slice();
  let bias = 0;
  let biasSquares = 1e-6;
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    shuffle(order, draw);
    for (const i of order) {
      const e = examples[i]!;
      const from = starts[i]!;
      const to = starts[i + 1]!;
      const norm = 1 / Math.sqrt(Math.max(1, to - from));
      let sum = 0;
      for (let j = from; j < to; j++) sum += weights[flat[j]!]!;
      const error = (sigmoid(bias + sum * norm) - (e.scam ? 1 : 0)) * e.weight;
      const step = error * norm;
      for (let j = from; j < to; j++) {
        const bin = flat[j]!;
        const gradient = step + options.l2 * weights[bin]!;
        const squared = squares[bin]! + gradient * gradient;
        squares[bin] = squared;
        weights[bin] = weights[bin]! - (options.learningRate * gradient) / Math.sqrt(squared);
      }
      biasSquares += error * error;
      bias -= (options.learningRate * error) / Math.sqrt(biasSquares);
    }
  }
  return { weights, bias };
};

/** Rounds to 8 bits: the largest 0.1 % of weights are cut so that the rest keep their detail. */
export const quantise = (model: FloatLinear, hashing: Hashing): LinearModel => {
  const sizes = Float64Array.from(model.weights, Math.abs).sort();
  const largest = sizes[Math.floor(sizes.length * 0.999)]! || 1;
  const stepMicro = Math.max(1, Math.round((largest / 127) * 1e6));
  const weights = Int8Array.from(model.weights, (w) =>
    Math.max(-127, Math.min(127, Math.round((w * 1e6) / stepMicro))),
  );
  return { hashing, weights, stepMicro, biasMilli: Math.round(model.bias * 1000) };
};
