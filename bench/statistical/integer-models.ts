/** The float models as exact programs: layers, tables between them, and the place of the largest sum. */
import { unwrap } from '@surety/core';
import { type CheckedProgram, ProgramBuilder, type Tensor, tensor } from '@surety/programs';
import type { FloatModel } from './models.ts';

const UNIT = { mantissa: 1, exponent: 0 };

/** Values after each layer, in floats, of some samples: what scales are chosen from. */
const peaks = (model: FloatModel, samples: readonly Float32Array[]): number[] => {
  const most = model.map(() => 0);
  for (const sample of samples) {
    let h: ArrayLike<number> = sample;
    model.forEach(({ w, b }, l) => {
      const k = w.shape[1]!;
      const next = Float64Array.from(b.data);
      for (let n = 0; n < next.length; n++) for (let i = 0; i < k; i++) next[n] = next[n]! + w.data[n * k + i]! * h[i]!;
      most[l] = next.reduce((a, v) => Math.max(a, Math.abs(v)), most[l]!);
      h = next.map((v) => Math.max(0, v));
    });
  }
  return most;
};

/**
 * @param bits of the weights, 8 at most
 * @param samples to choose scales by
 */
export const integerProgram = (model: FloatModel, bits: number, samples: readonly Float32Array[]): CheckedProgram => {
  const most = peaks(model, samples);
  const b = new ProgramBuilder();
  let scale = 127;
  let value = b.input({ name: 'x', dtype: 'i8', shape: [1, model[0]!.w.shape[1]!], low: 0, high: 127, encoding: UNIT });
  const relu = Int8Array.from({ length: 256 }, (_, i) => Math.max(0, i - 128));
  const table = b.constant('i8', [256], () => relu);
  model.forEach(({ w, b: bias }, l) => {
    const unit = w.data.reduce((a, v) => Math.max(a, Math.abs(v)), 0) / (2 ** (bits - 1) - 1);
    const integers = Int8Array.from(w.data, (v) => Math.round(v / unit));
    const biases = Int32Array.from(bias.data, (v) => Math.round((v / unit) * scale));
    const last = l + 1 === model.length;
    const sums = scale / unit;
    const shift = last ? 0 : Math.max(0, Math.ceil(Math.log2((sums * most[l]!) / 127)));
    const form = {
      op: 'matmul',
      a: value,
      b: b.constant('i8', w.shape, () => integers),
      bias: b.constant('i32', bias.shape, () => biases),
    } as const;
    const range = last ? { low: -(2 ** 30) + 1, high: 2 ** 30 - 1 } : { low: -128, high: 127 };
    value = unwrap(b.node({ form, dtype: last ? 'i32' : 'i8', stage: { shift, ...range } }));
    scale = sums / 2 ** shift;
    if (!last)
      value = unwrap(b.node({ form: { op: 'lookup', x: value, table, first: -128 }, dtype: 'i8', stage: null }));
  });
  b.output('digit', unwrap(b.node({ form: { op: 'argmax', x: value }, dtype: 'i32', stage: null })), UNIT);
  return unwrap(b.finish());
};

export const integerInput = (sample: Float32Array): Tensor[] => [
  tensor(
    'i8',
    [1, sample.length],
    Int8Array.from(sample, (ink) => Math.round(ink * 127)),
  ),
];
