/** Normalisations: by constants (batch norm), or by means and squares of the data themselves. */
import { elements } from '../../tensor.ts';
import type { Call, Lowering } from './call.ts';
import { channelsFirst, channelsLast } from './conv.ts';
import { type Ops, range, type Val } from './ops.ts';

const rsqrt = (g: Ops, x: Val, epsilon: number): Val =>
  g.smooth(x, `rsqrt + ${epsilon}`, (v) => 1 / Math.sqrt(v + epsilon));

/** `(x − mean) / √(variance + ε)` over the given axes; with what the deviation was divided by. */
const standardised = (g: Ops, x: Val, axes: readonly number[], epsilon: number) => {
  const mean = g.mean(x, axes, true);
  const deviation = g.sub(x, mean);
  const factor = rsqrt(g, g.mean(g.square(deviation), axes, true), epsilon);
  return { y: g.mul(deviation, factor), mean, factor };
};

/** One number a channel, standing along axis 1. */
const perChannel = (g: Ops, v: Val, rank: number): Val =>
  g.reshape(v, [g.size(v), ...new Array<number>(rank - 2).fill(1)]);

const batchNorm: Lowering = (call) => {
  const { g } = call;
  if (call.flag('training_mode') || call.wants(1)) {
    throw call.refuse('it is in training mode.', 'Export the model for inference.');
  }
  if (call.int('spatial', 1) !== 1) throw call.refuse('it has a mean for each place.', 'Use spatial = 1.');
  const rank = call.shape(0).length;
  const [scale, shift, mean, variance] = [1, 2, 3, 4].map((i) => perChannel(g, call.x(i), Math.max(rank, 2)));
  const factor = g.mul(scale!, rsqrt(g, variance!, call.float('epsilon', 1e-5)));
  return g.add(g.mul(call.x(0), factor), g.sub(shift!, g.mul(mean!, factor)));
};

const layerNorm: Lowering = (call) => {
  const { g } = call;
  const rank = call.shape(0).length;
  const axes = range(rank).slice(call.axis(call.int('axis', -1), rank));
  const { y, mean, factor } = standardised(g, call.x(0), axes, call.float('epsilon', 1e-5));
  const scaled = g.mul(y, call.x(1));
  const bias = call.maybe(2);
  return [bias === null ? scaled : g.add(scaled, bias), mean, factor];
};

const rmsNorm: Lowering = (call) => {
  const { g } = call;
  const rank = call.shape(0).length;
  const axes = range(rank).slice(call.axis(call.int('axis', -1), rank));
  const factor = rsqrt(g, g.mean(g.square(call.x(0)), axes, true), call.float('epsilon', 1e-5));
  return g.mul(g.mul(call.x(0), factor), call.x(1));
};

const instanceNorm: Lowering = (call) => {
  const { g } = call;
  const rank = call.shape(0).length;
  const { y } = standardised(g, call.x(0), range(rank).slice(2), call.float('epsilon', 1e-5));
  return g.add(g.mul(y, perChannel(g, call.x(1), rank)), perChannel(g, call.x(2), rank));
};

const groupNorm: Lowering = (call) => {
  const { g } = call;
  const shape = call.shape(0);
  const [batch, channels] = shape as [number, number];
  const groups = call.int('num_groups', 1);
  if (groups < 1 || channels % groups !== 0)
    throw call.refuse('the groups do not divide the channels.', 'Use others.', groups);
  const grouped = g.reshape(call.x(0), [batch, groups, elements(shape) / batch / groups]);
  const { y } = standardised(g, grouped, [2], call.float('epsilon', 1e-5));
  // Before operator set 21, scale and bias were one a group.
  const channel = (v: Val): Val => {
    if (g.size(v) === channels) return perChannel(g, v, shape.length);
    const each = range(channels).map((c) => Math.floor(c / (channels / groups)));
    return perChannel(g, g.pickAxis(v, 0, each), shape.length);
  };
  return g.add(g.mul(g.reshape(y, shape), channel(call.x(1))), channel(call.x(2)));
};

/** ONNX adds 1e-9 to the deviation, not to the variance. */
const meanVariance: Lowering = (call) => {
  const { g } = call;
  const x = call.x(0);
  const axes = call.axes(call.ints('axes') ?? [0, 2, 3], call.shape(0).length);
  const deviation = g.sub(x, g.mean(x, axes, true));
  const variance = g.mean(g.square(deviation), axes, true);
  return g.mul(
    deviation,
    g.smooth(variance, 'reciprocal of root + 1e-9', (v) => 1 / (Math.sqrt(v) + 1e-9)),
  );
};

/** Sums of squares over neighbouring channels: a window that slides along them. */
const lrn: Lowering = (call) => {
  const { g } = call;
  const shape = call.shape(0);
  const [batch, channels] = shape as [number, number];
  const size = call.int('size', 1);
  const [alpha, beta, bias] = [call.float('alpha', 1e-4), call.float('beta', 0.75), call.float('bias', 1)];
  const last = channelsLast(g, g.square(call.x(0)));
  const rows = g.reshape(last, [batch, elements(shape) / batch / channels, channels, 1]);
  const before = Math.floor((size - 1) / 2);
  const one = [1, 1] as const;
  const pads = [0, before, 0, size - 1 - before] as const;
  const sums = g.pool('sum_pool', rows, { kernel: [1, size], strides: one, dilations: one, pads });
  const name = `(${bias} + ${alpha / size} x)^-${beta}`;
  return g.mul(
    call.x(0),
    g.unary(channelsFirst(g, g.reshape(sums, g.shape(last))), name, (v) => (bias + (alpha / size) * v) ** -beta),
  );
};

/** `x / ‖x‖` along an axis, as some exporters write it. */
const lpNorm: Lowering = (call: Call) => {
  const { g } = call;
  const axis = call.axis(call.int('axis', -1), call.shape(0).length);
  const p = call.int('p', 2);
  const powers = p === 1 ? g.unary(call.x(0), 'Abs', Math.abs) : g.square(call.x(0));
  const sum = g.sum(powers, [axis], true);
  return g.mul(call.x(0), p === 1 ? g.reciprocal(sum) : rsqrt(g, sum, 0));
};

export const NORM: Readonly<Record<string, Lowering>> = {
  BatchNormalization: batchNorm,
  LayerNormalization: layerNorm,
  RMSNormalization: rmsNorm,
  InstanceNormalization: instanceNorm,
  GroupNormalization: groupNorm,
  MeanVarianceNormalization: meanVariance,
  LRN: lrn,
  LpNormalization: lpNorm,
};
