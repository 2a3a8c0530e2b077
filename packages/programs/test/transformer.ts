/** Transformers of random weights, made by the importer's own steps: lowered, calibrated and quantised. */
import { SuretyError } from '@surety/core';
import { type CheckedProgram, convert, INT8 } from '../src/index.ts';
import { Ops, type Val } from '../src/onnx/lower/ops.ts';
import { softmaxRows } from '../src/onnx/lower/softmax.ts';
import { RealBuilder } from '../src/real/build.ts';
import { Random } from './random.ts';

export type TransformerShape = {
  readonly layers: number;
  readonly tokens: number;
  readonly width: number;
  readonly heads: number;
  readonly hidden: number;
};

const TYPE = 'float';

/** About normal numbers (Irwin and Hall), of variance 1 before they are scaled. */
const normals = (random: Random, length: number, scale: number): Float32Array => {
  const unit = (): number => random.bits() / 2 ** 32 - 0.5;
  return Float32Array.from({ length }, () => 2 * (unit() + unit() + unit()) * scale);
};

class Maker {
  readonly builder = new RealBuilder();
  readonly g = new Ops(this.builder, 'transformer');
  private readonly random: Random;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  /** `x·Wᵀ + b`. */
  linear(x: Val, width: number): Val {
    const from = this.g.shape(x).at(-1)!;
    const weights = normals(this.random, width * from, 1 / Math.sqrt(from));
    const bias = normals(this.random, width, 0.02);
    return this.g.rows(
      x,
      this.g.constant([width, from], () => weights, TYPE),
      this.g.constant([width], () => bias, TYPE),
    );
  }

  norm(x: Val): Val {
    const { g } = this;
    const deviation = g.sub(x, g.mean(x, [1], true));
    const variance = g.mean(g.square(deviation), [1], true);
    return g.mul(
      deviation,
      g.smooth(variance, 'rsqrt', (v) => 1 / Math.sqrt(v + 1e-5)),
    );
  }

  attention(x: Val, { tokens, width, heads }: TransformerShape): Val {
    const { g } = this;
    const size = width / heads;
    const split = (v: Val): Val => g.transpose(g.reshape(v, [tokens, heads, size]), [1, 0, 2]);
    const [q, k, v] = [0, 1, 2].map(() => split(this.linear(x, width))) as [Val, Val, Val];
    const scores = g.scale(g.rows(q, k, null), 1 / Math.sqrt(size));
    const mixed = g.rows(softmaxRows(g, scores), g.transpose(v, [0, 2, 1]), null);
    return this.linear(g.reshape(g.transpose(mixed, [1, 0, 2]), [tokens, width]), width);
  }

  forward(x: Val, { width, hidden }: TransformerShape): Val {
    const gelu = (v: number): number => v / (1 + Math.exp(-1.702 * v));
    return this.linear(this.g.smooth(this.linear(x, hidden), 'gelu', gelu), width);
  }

  samples(length: number): Float32Array {
    return normals(this.random, length, 1);
  }
}

/**
 * A transformer that takes embedded tokens, with normalisation before each part.
 * @throws SuretyError if it cannot be quantised
 */
export const transformerProgram = async (shape: TransformerShape, seed: number): Promise<CheckedProgram> => {
  const { layers, tokens, width } = shape;
  const maker = new Maker(seed);
  const { builder, g } = maker;
  let x: Val = { id: builder.input('x', [tokens, width], 'real'), type: TYPE };
  for (let layer = 0; layer < layers; layer++) {
    x = g.add(x, maker.attention(maker.norm(x), shape));
    x = g.add(x, maker.forward(maker.norm(x), shape));
  }
  const graph = builder.finish([{ name: 'y', value: maker.norm(x).id }]);
  const converted = await convert(graph, [{ x: maker.samples(tokens * width) }], { policy: INT8, acceptErrors: true });
  if (!converted.ok) throw new SuretyError(converted.problem);
  return converted.value.program;
};
