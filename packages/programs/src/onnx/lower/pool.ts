/** Pools over one to three axes: along two of them at a time, which is exact for sums and maxima alike. */
import type { Shape } from '../../tensor.ts';
import type { Call, Lowering } from './call.ts';
import { channelsFirst, channelsLast } from './conv.ts';
import { type Ops, range, type Val } from './ops.ts';
import { type Geometry, geometry, kernelShape } from './window.ts';

/** Pools a channels-last tensor along its spatial axes. */
const pooled = (g: Ops, op: 'sum_pool' | 'max_pool', x: Val, w: Geometry): Val => {
  const shape = g.shape(x);
  const [batch, ...rest] = shape as [number, ...number[]];
  const channels = rest.pop()!;
  const along = (image: Val, first: number, second: number | null): Val => {
    const pick = (values: readonly number[], other: number): readonly [number, number] =>
      second === null ? [values[first]!, other] : [values[first]!, values[second]!];
    const [top, left] = pick(w.before, 0);
    const [bottom, right] = pick(w.reach, 0);
    return g.pool(op, image, {
      kernel: pick(w.kernel, 1),
      strides: pick(w.strides, 1),
      dilations: pick(w.dilations, 1),
      pads: [top, left, bottom, right],
    });
  };
  if (rest.length === 2) return along(x, 0, 1);
  if (rest.length === 1) {
    const out = along(g.reshape(x, [batch, rest[0]!, 1, channels]), 0, null);
    return g.reshape(out, [batch, g.shape(out)[1]!, channels]);
  }
  const [depth, height, width] = rest as [number, number, number];
  const layers = along(g.reshape(x, [batch * depth, height, width, channels]), 1, 2);
  const [, rows, columns] = g.shape(layers) as [number, number, number, number];
  const out = along(g.reshape(layers, [batch, depth, rows * columns, channels]), 0, null);
  return g.reshape(out, [batch, g.shape(out)[1]!, rows, columns, channels]);
};

const spatialOf = (call: Call): Shape => {
  const sizes = call.shape(0).slice(2);
  if (sizes.length >= 1 && sizes.length <= 3) return sizes;
  throw call.refuse(`it pools along ${sizes.length} axes.`, 'Pool along 1 to 3.', call.shape(0));
};

const windowOf = (call: Call): Geometry => {
  const sizes = spatialOf(call);
  const window = geometry(call, sizes, kernelShape(call, sizes.length, null));
  const beyond = (pads: readonly number[]): boolean =>
    pads.some((pad, i) => pad > window.dilations[i]! * (window.kernel[i]! - 1));
  if (beyond(window.before) || beyond(window.after)) {
    throw call.refuse('the padding is as wide as the window.', 'Pad by less than the kernel.', window.before);
  }
  return window;
};

/** How many elements each window along one axis averages over. */
const countsAlong = (w: Geometry, i: number, size: number, padded: boolean): number[] =>
  range(w.positions[i]!).map((position) => {
    const start = position * w.strides[i]! - w.before[i]!;
    const end = padded ? size + w.after[i]! : size;
    const step = w.dilations[i]!;
    const first = padded ? 0 : Math.max(0, Math.ceil(-start / step));
    const last = Math.min(w.kernel[i]! - 1, Math.ceil((end - start) / step) - 1);
    return Math.max(0, last - first + 1);
  });

const average: Lowering = (call) => {
  const { g } = call;
  const w = windowOf(call);
  const sizes = spatialOf(call);
  const sums = pooled(g, 'sum_pool', channelsLast(g, call.x(0)), w);
  const counts = sizes.map((size, i) => countsAlong(w, i, size, call.flag('count_include_pad')));
  const { type } = call.x(0);
  if (counts.every((along) => along.every((count) => count === along[0]))) {
    return channelsFirst(g, g.scale(sums, 1 / counts.reduce((n, along) => n * along[0]!, 1)));
  }
  const factors = counts.map((along, i) => {
    const shape = g.shape(sums).map((_, axis) => (axis === i + 1 ? along.length : 1));
    return g.constant(
      shape,
      along.map((count) => 1 / count),
      type,
    );
  });
  return channelsFirst(
    g,
    g.mul(
      sums,
      factors.reduce((a, b) => g.mul(a, b)),
    ),
  );
};

const max: Lowering = (call) => {
  if (call.wants(1)) throw call.refuse('the places of the maxima are not kept.', 'Leave its second output unused.');
  return channelsFirst(call.g, pooled(call.g, 'max_pool', channelsLast(call.g, call.x(0)), windowOf(call)));
};

/** `(Σ |x|^p)^(1/p)`. */
const lp = (call: Call, sum: (powers: Val) => Val): Val => {
  const p = call.int('p', 2);
  const powers = call.g.smooth(call.x(0), `power ${p}`, (v) => Math.abs(v) ** p);
  return call.g.smooth(sum(powers), `root ${p}`, (v) => v ** (1 / p));
};

const spatialAxes = (call: Call): number[] => range(call.shape(0).length).slice(2);

/** All positions are one window. */
const globalMean = (call: Call): Val => call.g.mean(call.x(0), spatialAxes(call), true);

export const POOL: Readonly<Record<string, Lowering>> = {
  AveragePool: average,
  MaxPool: max,
  LpPool: (call) =>
    lp(call, (powers) =>
      channelsFirst(call.g, pooled(call.g, 'sum_pool', channelsLast(call.g, powers), windowOf(call))),
    ),
  GlobalAveragePool: globalMean,
  GlobalMaxPool: (call) => call.g.over(call.x(0), spatialAxes(call), true, (rows) => call.g.reduceMax(rows)),
  GlobalLpPool: (call) => lp(call, (powers) => call.g.sum(powers, spatialAxes(call), true)),
};
