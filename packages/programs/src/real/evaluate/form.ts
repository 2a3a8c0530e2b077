/** What one form computes over reals, in float64: the twin of `reference.ts` without stages, and fast enough to calibrate with. */
import type { ValueId } from '../../program.ts';
import { elements, type Shape, stridesOf } from '../../tensor.ts';
import type { RealForm } from '../graph.ts';
import { broadcastStrides, eachRun } from '../strides.ts';
import { convolve } from './conv.ts';
import { type Numbers, rowsByRows } from './dot.ts';
import { pool, reduceRows } from './pool.ts';
import { turnMatrix } from './turn.ts';

export type RealTensor = { readonly shape: Shape; readonly values: Numbers };

type Get = (id: ValueId) => RealTensor;

type Outside = (words: string) => never;

const matmul = (a: RealTensor, b: RealTensor, bias: RealTensor | null, out: Shape): Float64Array => {
  const [n, k] = [b.shape.at(-2)!, b.shape.at(-1)!];
  const values = new Float64Array(elements(out));
  const shared = b.shape.length === 2;
  const rows = shared ? elements(a.shape) / k : a.shape.at(-2)!;
  const biases = bias === null ? null : { values: bias.values, at: 0 };
  for (let done = 0; done * n < values.length; done += rows) {
    const batch = shared ? 0 : done / rows;
    const left = { values: a.values, at: done * k, rows };
    const right = { values: b.values, at: batch * n * k, rows: n };
    rowsByRows(left, right, k, biases, { values, at: done * n, step: n });
  }
  return values;
};

const affine = (operands: readonly RealTensor[], c: readonly number[], d: number, out: Shape): Float64Array => {
  const y = new Float64Array(elements(out)).fill(d);
  const length = out.at(-1) ?? 1;
  operands.forEach(({ shape, values }, i) => {
    const strides = broadcastStrides(shape, out);
    const step = strides.at(-1) ?? 0;
    const factor = c[i]!;
    eachRun(out, [strides], [0], (to, [from]) => {
      for (let k = 0; k < length; k++) y[to + k]! += factor * values[from! + k * step]!;
    });
  });
  return y;
};

const multiply = (a: RealTensor, b: RealTensor, out: Shape): Float64Array => {
  const y = new Float64Array(elements(out));
  const length = out.at(-1) ?? 1;
  const strides = [broadcastStrides(a.shape, out), broadcastStrides(b.shape, out)];
  const [p, q] = [strides[0]!.at(-1) ?? 0, strides[1]!.at(-1) ?? 0];
  eachRun(out, strides, [0, 0], (to, [i, j]) => {
    for (let k = 0; k < length; k++) y[to + k] = a.values[i! + k * p]! * b.values[j! + k * q]!;
  });
  return y;
};

/** What only moves elements keeps their format: weights of float32 take no more room when they are transposed. */
const alike = (x: Numbers, length: number): Numbers =>
  x instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);

/** Elements of `x` picked with the given strides from `first` on. */
const pick = (x: RealTensor, strides: readonly number[], first: number, out: Shape): Numbers => {
  const y = alike(x.values, elements(out));
  const length = out.at(-1) ?? 1;
  const step = strides.at(-1) ?? 0;
  eachRun(out, [strides], [first], (to, [from]) => {
    for (let k = 0; k < length; k++) y[to + k] = x.values[from! + k * step]!;
  });
  return y;
};

const gather = (data: RealTensor, index: RealTensor, outside: Outside): Numbers => {
  const rows = data.shape[0]!;
  const size = data.values.length / rows;
  const y = alike(data.values, index.values.length * size);
  index.values.forEach((row, at) => {
    if (!(Number.isInteger(row) && row >= 0 && row < rows)) outside(`index ${row} of ${rows} rows`);
    for (let k = 0; k < size; k++) y[at * size + k] = data.values[row * size + k]!;
  });
  return y;
};

const concat = (parts: readonly RealTensor[], axis: number, out: Shape): Float64Array => {
  const y = new Float64Array(elements(out));
  const width = elements(out.slice(axis));
  let before = 0;
  for (const { shape, values } of parts) {
    const run = elements(shape.slice(axis));
    for (let outer = 0; outer * run < values.length; outer++) {
      y.set(values.subarray(outer * run, (outer + 1) * run), outer * width + before);
    }
    before += run;
  }
  return y;
};

const sum = (values: Numbers, from: number, to: number): number => {
  let total = 0;
  for (let i = from; i < to; i++) total += values[i]!;
  return total;
};

/** Where the first largest lies; NaN is never larger. */
const largestAt = (values: Numbers, from: number, to: number): number => {
  let best = from;
  for (let i = from + 1; i < to; i++) if (values[i]! > values[best]!) best = i;
  return best;
};

/**
 * The values of a form, whose result has the given shape.
 * @param outside called, to throw, when a gather's index lies outside its table
 */
export const evaluateForm = (form: RealForm, shape: Shape, get: Get, outside: Outside): Numbers => {
  switch (form.op) {
    case 'unary': {
      const { f } = form;
      const x = get(form.x).values;
      const y = new Float64Array(x.length);
      for (let i = 0; i < x.length; i++) y[i] = f(x[i]!);
      return y;
    }
    case 'matmul':
      return matmul(get(form.a), get(form.b), form.bias === null ? null : get(form.bias), shape);
    case 'conv':
      return convolve(get(form.x), get(form.w), form.bias === null ? null : get(form.bias), form, shape);
    case 'sum_pool':
      return pool(get(form.x), form, shape, 0, (total, x) => total + x);
    case 'max_pool':
      return pool(get(form.x), form, shape, Number.NEGATIVE_INFINITY, Math.max);
    case 'affine':
      return affine(form.x.map(get), form.c, form.d, shape);
    case 'mul':
      return multiply(get(form.a), get(form.b), shape);
    case 'reduce_sum':
      return reduceRows(get(form.x), sum);
    case 'reduce_max':
      return reduceRows(get(form.x), (values, from, to) => values[largestAt(values, from, to)]!);
    case 'argmax':
      return reduceRows(get(form.x), (values, from, to) => largestAt(values, from, to) - from);
    case 'gather':
      return gather(get(form.data), get(form.index), outside);
    case 'reshape':
      return get(form.x).values;
    case 'transpose': {
      const x = get(form.x);
      if (x.shape.length === 2 && form.perm[0] === 1) {
        const y = alike(x.values, x.values.length);
        turnMatrix(x.values, x.shape[0]!, x.shape[1]!, y);
        return y;
      }
      const strides = stridesOf(x.shape);
      return pick(
        x,
        form.perm.map((axis) => strides[axis]!),
        0,
        shape,
      );
    }
    case 'slice': {
      const x = get(form.x);
      const strides = stridesOf(x.shape);
      const first = strides.reduce((at, stride, axis) => at + stride * form.starts[axis]!, 0);
      return pick(
        x,
        strides.map((stride, axis) => stride * form.steps[axis]!),
        first,
        shape,
      );
    }
    case 'concat':
      return concat(form.x.map(get), form.axis, shape);
  }
};
