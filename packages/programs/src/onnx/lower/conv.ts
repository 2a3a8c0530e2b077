/** Convolutions: channels last, one axis as two, three as a sum over the first of them. */
import type { Pads } from '../../program.ts';
import { malformed } from '../problems.ts';
import type { Call, Lowering } from './call.ts';
import { type Ops, range, type Val } from './ops.ts';
import { channelwise, requantised, withoutZeroPoint } from './quantize.ts';
import { type Geometry, geometry, kernelShape } from './window.ts';

export const channelsLast = (g: Ops, x: Val): Val => {
  const rank = g.shape(x).length;
  return g.transpose(x, [0, ...range(rank).slice(2), 1]);
};

export const channelsFirst = (g: Ops, x: Val): Val => {
  const rank = g.shape(x).length;
  return g.transpose(x, [0, rank - 1, ...range(rank - 1).slice(1)]);
};

/** A convolution of `[B, H, W, C]` with `[O, KH, KW, C/g]`, both geometry and weights of two axes. */
const flat = (g: Ops, x: Val, w: Val, bias: Val | null, window: Geometry, groups: number): Val => {
  const [a, b] = [0, 1];
  const pads: Pads = [window.before[a]!, window.before[b]!, window.reach[a]!, window.reach[b]!];
  const pair = (values: readonly number[]): readonly [number, number] => [values[a]!, values[b]!];
  const form = { strides: pair(window.strides), dilations: pair(window.dilations), pads, groups };
  return g.node({ op: 'conv', x: x.id, w: w.id, bias: bias?.id ?? null, ...form }, x.type);
};

const slicePart = (window: Geometry, from: number): Geometry => {
  const cut = (values: readonly number[]) => values.slice(from);
  return {
    kernel: cut(window.kernel),
    strides: cut(window.strides),
    dilations: cut(window.dilations),
    before: cut(window.before),
    after: cut(window.after),
    reach: cut(window.reach),
    positions: cut(window.positions),
  };
};

/** Over depth, height and width: one flat convolution for each depth of the kernel, summed. */
const deep = (g: Ops, x: Val, w: Val, bias: Val | null, window: Geometry, groups: number): Val => {
  const [batch, , height, width, channels] = g.shape(x) as [number, number, number, number, number];
  const [count, depth, kh, kw, inner] = g.shape(w) as [number, number, number, number, number];
  const padding = (size: number) => (size === 0 ? [] : [g.filled([batch, size, height, width, channels], 0, x.type)]);
  const padded = g.concat([...padding(window.before[0]!), x, ...padding(window.reach[0]!)], 1);
  const rows = window.positions[0]!;
  const rest = slicePart(window, 1);
  const terms = range(depth).map((d) => {
    const layers = g.sliceAxis(padded, 1, d * window.dilations[0]!, rows, window.strides[0]!);
    const images = g.reshape(layers, [batch * rows, height, width, channels]);
    const filters = g.reshape(g.sliceAxis(w, 1, d, 1), [count, kh, kw, inner]);
    return flat(g, images, filters, d === 0 ? bias : null, rest, groups);
  });
  const sum = g.affine(
    terms,
    terms.map(() => 1),
  );
  return g.reshape(sum, [batch, rows, ...g.shape(sum).slice(1)]);
};

/** A convolution of channels-last operands over one to three axes. */
export const convolution = (call: Call, x: Val, w: Val, bias: Val | null, window: Geometry, groups: number): Val => {
  const { g } = call;
  const spatial = g.shape(x).length - 2;
  if (spatial === 2) return flat(g, x, w, bias, window, groups);
  if (spatial === 3) return deep(g, x, w, bias, window, groups);
  if (spatial !== 1) throw call.refuse(`it slides along ${spatial} axes.`, 'Use 1 to 3.', g.shape(x));
  const [batch, length, channels] = g.shape(x) as [number, number, number];
  const [count, kernel, inner] = g.shape(w) as [number, number, number];
  const one = (values: readonly number[], other: number) => [other, values[0]!];
  const wide: Geometry = {
    kernel: one(window.kernel, 1),
    strides: one(window.strides, 1),
    dilations: one(window.dilations, 1),
    before: one(window.before, 0),
    after: one(window.after, 0),
    reach: one(window.reach, 0),
    positions: one(window.positions, 1),
  };
  const image = g.reshape(x, [batch, 1, length, channels]);
  const out = flat(g, image, g.reshape(w, [count, 1, kernel, inner]), bias, wide, groups);
  return g.reshape(out, [batch, g.shape(out)[2]!, count]);
};

/** Operands in ONNX's layout: `[B, C, …]`, `[O, C/g, …]`. */
const onnxConv = (call: Call, x: Val, w: Val, bias: Val | null): Val => {
  const { g } = call;
  const [image, weights] = [g.shape(x), g.shape(w)];
  if (image.length < 3 || weights.length !== image.length) {
    throw malformed(call.where, `${call.where}: image and weights differ in rank.`, [image, weights]);
  }
  const window = geometry(call, image.slice(2), kernelShape(call, image.length - 2, weights.slice(2)));
  const out = convolution(call, channelsLast(g, x), channelsLast(g, w), bias, window, call.int('group', 1));
  return channelsFirst(g, out);
};

const qlinear: Lowering = (call) => {
  const x = withoutZeroPoint(call, call.x(0), 2, 'rows');
  const w = withoutZeroPoint(call, call.x(3), 5, 'filters');
  const product = onnxConv(call, x, w, call.maybe(8));
  return requantised(call, product, channelwise(call, [1, 4], 6), 7, 'second');
};

export const CONV: Readonly<Record<string, Lowering>> = {
  Conv: (call) => onnxConv(call, call.x(0), call.x(1), call.maybe(2)),
  ConvInteger: (call) =>
    onnxConv(call, withoutZeroPoint(call, call.x(0), 2, 'rows'), withoutZeroPoint(call, call.x(1), 3, 'filters'), null),
  QLinearConv: qlinear,
};
