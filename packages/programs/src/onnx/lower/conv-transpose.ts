/** ConvTranspose: zeros between the elements, then a convolution with the kernel turned around. */
import { malformed } from '../problems.ts';
import type { Call, Lowering } from './call.ts';
import { channelsFirst, channelsLast, convolution } from './conv.ts';
import { type Ops, range, type Val } from './ops.ts';

/** `stride − 1` zeros after each element of an axis but the last, of a channels-last image. */
const spaced = (g: Ops, x: Val, axis: number, stride: number): Val => {
  if (stride === 1) return x;
  const shape = g.shape(x);
  const [before, size, after] = [shape.slice(0, axis), shape[axis]!, shape.slice(axis + 1)];
  const flat = g.reshape(x, [before.reduce((n, s) => n * s, 1), size, 1, after.reduce((n, s) => n * s, 1)]);
  const [outer, , , inner] = g.shape(flat) as [number, number, number, number];
  const wide = g.concat([flat, g.filled([outer, size, stride - 1, inner], 0, x.type)], 2);
  const long = g.reshape(wide, [...before, size * stride, ...after]);
  return g.sliceAxis(long, axis, 0, (size - 1) * stride + 1);
};

/** `[C, O/g, …]` as `[O, …, C/g]`, turned around along each spatial axis. */
const turned = (g: Ops, w: Val, groups: number): Val => {
  const [channels, perGroup, ...kernel] = g.shape(w) as [number, number, ...number[]];
  const split = g.reshape(w, [groups, channels / groups, perGroup, ...kernel]);
  const axes = range(kernel.length).map((i) => i + 3);
  let filters = g.reshape(g.transpose(split, [0, 2, ...axes, 1]), [groups * perGroup, ...kernel, channels / groups]);
  kernel.forEach((size, i) => {
    filters = g.sliceAxis(filters, i + 1, size - 1, size, -1);
  });
  return filters;
};

type Plan = {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly before: number[];
  readonly sizes: number[];
};

/** How much of the full result is cut off before each axis, and how much stays. */
const plan = (call: Call, input: readonly number[], kernel: readonly number[]): Plan => {
  const n = input.length;
  const list = (name: string, otherwise: number, count = n): readonly number[] => {
    const values = call.ints(name) ?? new Array<number>(count).fill(otherwise);
    const good =
      values.length === count && values.every((v) => Number.isSafeInteger(v) && v >= otherwise && v < 2 ** 28);
    if (!good) throw malformed(call.where, `${call.where}: ${name} does not fit ${count} axes.`, values);
    return values;
  };
  const strides = list('strides', 1);
  const dilations = list('dilations', 1);
  const extra = list('output_padding', 0);
  const auto = call.text('auto_pad', 'NOTSET');
  const stated = call.ints('output_shape');
  const pads = list('pads', 0, 2 * n);
  const before: number[] = [];
  const sizes: number[] = [];
  for (let i = 0; i < n; i++) {
    const full = strides[i]! * (input[i]! - 1) + extra[i]! + dilations[i]! * (kernel[i]! - 1) + 1;
    const same = auto === 'SAME_UPPER' || auto === 'SAME_LOWER';
    const wanted = stated?.slice(-n)[i] ?? (same ? input[i]! * strides[i]! : null);
    if (wanted === null) {
      before.push(pads[i]!);
      sizes.push(full - pads[i]! - pads[n + i]!);
    } else {
      const total = full - wanted;
      before.push(auto === 'SAME_UPPER' ? Math.floor(total / 2) : Math.ceil(total / 2));
      if (auto !== 'SAME_UPPER') before[i] = total - Math.floor(total / 2);
      sizes.push(wanted);
    }
  }
  return { strides, dilations, before, sizes };
};

const convTranspose: Lowering = (call) => {
  const { g } = call;
  const [image, weights] = [call.shape(0), call.shape(1)];
  const groups = call.int('group', 1);
  if (image.length < 3 || weights.length !== image.length || groups < 1 || weights[0]! % groups !== 0) {
    throw malformed(call.where, `${call.where}: image and weights do not fit.`, [image, weights]);
  }
  const kernel = weights.slice(2);
  const { strides, dilations, before, sizes } = plan(call, image.slice(2), kernel);
  let x = channelsLast(g, call.x(0));
  strides.forEach((stride, i) => {
    x = spaced(g, x, i + 1, stride);
  });
  const reach = kernel.map((size, i) => dilations[i]! * (size - 1));
  const ones = kernel.map(() => 1);
  // The full result and what lies beyond it; cut to the part that is asked for.
  const beyond = kernel.map((_, i) => Math.max(0, before[i]! + sizes[i]! - (g.shape(x)[i + 1]! + reach[i]!)));
  const window = {
    kernel,
    strides: ones,
    dilations,
    before: reach,
    after: reach,
    reach: reach.map((size, i) => size + beyond[i]!),
    positions: kernel.map((_, i) => g.shape(x)[i + 1]! + reach[i]! + beyond[i]!),
  };
  const bias = call.maybe(2);
  let out = convolution(call, x, turned(g, call.x(1), groups), bias, window, groups);
  for (const [i, start] of before.entries()) {
    if (start < 0) throw call.refuse('the output is padded before its start.', 'Use pads of at least 0.', before);
    out = g.sliceAxis(out, i + 1, start, sizes[i]!);
  }
  return channelsFirst(g, out);
};

export const CONV_TRANSPOSE: Readonly<Record<string, Lowering>> = { ConvTranspose: convTranspose };
