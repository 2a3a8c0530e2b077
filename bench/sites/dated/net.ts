/**
 * A small network that reads all views at once: each view is a bag of learned vectors, their means and the dense
 * features feed one hidden layer. It errs elsewhere than trees do over finished logits. AdaGrad, dropout, seeded.
 */

import { sigmoid } from '../../../packages/analysts/training/exact-math.ts';
import type { Example } from '../../../packages/analysts/training/example.ts';
import type { Rows } from '../../../packages/analysts/training/linear.ts';
import { random, shuffle } from '../../../packages/analysts/training/random.ts';

export type NetOptions = {
  readonly width: number;
  readonly hidden: number;
  readonly epochs: number;
  readonly learningRate: number;
  /** What remains of the learning rate from one epoch to the next. */
  readonly decay: number;
  /** Shares of bins and of hidden units left out of each step. */
  readonly dropBins: number;
  readonly dropHidden: number;
  readonly seed: number;
};

/** Bins of a host by view, and its dense features, standardised. */
export type NetInput = { readonly bags: readonly ArrayLike<number>[]; readonly dense: Float32Array };

/** Numbers that learn: AdaGrad, one step size each. */
type Weights = { readonly w: Float32Array; readonly squares: Float32Array };

const weights = (size: number, draw: () => number, scale: number): Weights => ({
  w: Float32Array.from({ length: size }, () => (draw() - 0.5) * 2 * scale),
  squares: new Float32Array(size).fill(0.01),
});

const descend = ({ w, squares }: Weights, i: number, gradient: number, rate: number): void => {
  const squared = squares[i]! + gradient * gradient;
  squares[i] = squared;
  w[i] = w[i]! - (rate * gradient) / Math.sqrt(squared);
};

type Layers = {
  /** Per view, `width` numbers a bin; the first of them is added to the logit as it is. */
  readonly vectors: readonly Float32Array[];
  /** Per view, one sum of squares a bin. */
  readonly squares: readonly Float32Array[];
  readonly inner: Weights;
  readonly innerBias: Weights;
  readonly outer: Weights;
  readonly bias: Weights;
};

/** Sums over the network's buffers are sequential, so equal seeds give equal bits. */
export class Net {
  readonly #options: NetOptions;
  readonly #layers: Layers;
  readonly #inputs: Float32Array;
  readonly #hidden: Float32Array;
  readonly #draw: () => number;

  constructor(bits: readonly number[], dense: number, options: NetOptions) {
    const { width, hidden, seed } = options;
    const draw = random(seed);
    const inputs = bits.length * width + dense;
    this.#options = options;
    this.#draw = draw;
    this.#inputs = new Float32Array(inputs);
    this.#hidden = new Float32Array(hidden);
    this.#layers = {
      vectors: bits.map((b) =>
        Float32Array.from({ length: width * 2 ** b }, (_, i) => (i % width === 0 ? 0 : (draw() - 0.5) * 0.3)),
      ),
      squares: bits.map((b) => new Float32Array(2 ** b).fill(0.001)),
      inner: weights(inputs * hidden, draw, Math.sqrt(2 / inputs)),
      innerBias: weights(hidden, draw, 0),
      outer: weights(hidden, draw, Math.sqrt(1 / hidden)),
      bias: weights(1, draw, 0),
    };
  }

  /** Logit; while learning, hidden units are left out by chance. */
  logit({ bags, dense }: NetInput, dropHidden = 0): number {
    const { width, hidden } = this.#options;
    const { vectors, inner, innerBias, outer, bias } = this.#layers;
    const x = this.#inputs;
    x.fill(0);
    let out = bias.w[0]!;
    bags.forEach((bins, view) => {
      const table = vectors[view]!;
      const at = view * width;
      for (let k = 0; k < bins.length; k++) {
        const from = bins[k]! * width;
        for (let j = 0; j < width; j++) x[at + j] = x[at + j]! + table[from + j]!;
      }
      const scale = 1 / Math.sqrt(Math.max(1, bins.length));
      for (let j = 0; j < width; j++) x[at + j] = x[at + j]! * scale;
      out += x[at]!;
    });
    x.set(dense, bags.length * width);
    for (let unit = 0; unit < hidden; unit++) {
      this.#hidden[unit] = 0;
      if (dropHidden > 0 && this.#draw() < dropHidden) continue;
      let sum = innerBias.w[unit]!;
      const from = unit * x.length;
      for (let j = 0; j < x.length; j++) sum += inner.w[from + j]! * x[j]!;
      if (sum <= 0) continue;
      this.#hidden[unit] = sum / (1 - dropHidden);
      out += outer.w[unit]! * this.#hidden[unit]!;
    }
    return out;
  }

  /** One step down the gradient of the logistic loss. */
  learn(input: NetInput, scam: boolean, weight: number, rate: number): void {
    const { width, hidden, dropBins, dropHidden } = this.#options;
    const { vectors, squares, inner, innerBias, outer, bias } = this.#layers;
    const x = this.#inputs;
    const bags = input.bags.map((bins) => Uint32Array.from(bins).filter(() => this.#draw() >= dropBins));
    const error = (sigmoid(this.logit({ bags, dense: input.dense }, dropHidden)) - (scam ? 1 : 0)) * weight;
    const slopes = new Float32Array(x.length);
    descend(bias, 0, error, rate);
    for (let unit = 0; unit < hidden; unit++) {
      const value = this.#hidden[unit]!;
      if (value === 0) continue;
      const slope = (error * outer.w[unit]!) / (1 - dropHidden);
      descend(outer, unit, error * value, rate);
      descend(innerBias, unit, slope, rate);
      const from = unit * x.length;
      for (let j = 0; j < x.length; j++) {
        if (x[j] === 0) continue;
        slopes[j] = slopes[j]! + slope * inner.w[from + j]!;
        descend(inner, from + j, slope * x[j]!, rate);
      }
    }
    bags.forEach((bins, view) => {
      const at = view * width;
      slopes[at] = slopes[at]! + error;
      const scale = 1 / Math.sqrt(Math.max(1, bins.length));
      let squared = 0;
      for (let j = at; j < at + width; j++) {
        slopes[j] = slopes[j]! * scale;
        squared += slopes[j]! ** 2 / width;
      }
      for (const bin of bins) {
        const sum = squares[view]![bin]! + squared;
        squares[view]![bin] = sum;
        const step = rate / Math.sqrt(sum);
        const table = vectors[view]!;
        for (let j = 0; j < width; j++) table[bin * width + j] = table[bin * width + j]! - step * slopes[at + j]!;
      }
    });
  }
}

const standard = (rows: readonly (readonly number[])[]): ((row: readonly number[]) => Float32Array) => {
  const columns = rows[0]!.map((_, j) => {
    const mean = rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length;
    const variance = rows.reduce((sum, row) => sum + (row[j]! - mean) ** 2, 0) / rows.length;
    return { mean, spread: Math.sqrt(variance) + 0.001 };
  });
  return (row) =>
    Float32Array.from(columns, ({ mean, spread }, j) => Math.max(-3, Math.min(3, (row[j]! - mean) / spread)));
};

/** Fits a network on views given as rows and on dense features; returns the logit of a host's bins and features. */
export const fitNet = (
  views: readonly { readonly rows: Rows; readonly bits: number }[],
  dense: readonly (readonly number[])[],
  examples: readonly Example[],
  options: NetOptions,
): ((bags: readonly (readonly number[])[], dense: readonly number[]) => number) => {
  const net = new Net(
    views.map((view) => view.bits),
    dense[0]!.length,
    options,
  );
  const draw = random(options.seed + 1);
  const standardise = standard(dense);
  const rows = dense.map(standardise);
  const order = Uint32Array.from(examples, (_, i) => i);
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    shuffle(order, draw);
    for (const i of order) {
      const bags = views.map(({ rows: { flat, starts } }) => flat.subarray(starts[i]!, starts[i + 1]!));
      const { scam, weight } = examples[i]!;
      net.learn({ bags, dense: rows[i]! }, scam, weight, options.learningRate * options.decay ** epoch);
    }
  }
  return (bags, row) => net.logit({ bags, dense: standardise(row) });
};
