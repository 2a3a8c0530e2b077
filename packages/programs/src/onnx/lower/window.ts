/** Sliding windows over one to three axes: ONNX's ways to state their padding. */
import { malformed } from '../problems.ts';
import type { Call } from './call.ts';

export type Geometry = {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly before: readonly number[];
  /** Padding after each axis as stated. */
  readonly after: readonly number[];
  /** Padding after each axis for exactly as many positions as there are. */
  readonly reach: readonly number[];
  readonly positions: readonly number[];
};

const list = (call: Call, name: string, count: number, otherwise: number): readonly number[] => {
  const values = call.ints(name) ?? new Array<number>(count).fill(otherwise);
  const good = values.length === count && values.every((v) => Number.isSafeInteger(v) && v >= otherwise && v < 2 ** 28);
  if (!good) throw malformed(call.where, `${call.where}: ${name} does not fit ${count} axes.`, values);
  return values;
};

/** The windows of a node over axes of the given sizes. */
export const geometry = (call: Call, sizes: readonly number[], kernel: readonly number[]): Geometry => {
  const n = sizes.length;
  const strides = list(call, 'strides', n, 1);
  const dilations = list(call, 'dilations', n, 1);
  const auto = call.text('auto_pad', 'NOTSET');
  const ceil = call.flag('ceil_mode');
  const pads = call.ints('pads') === null ? new Array<number>(2 * n).fill(0) : list(call, 'pads', 2 * n, 0);
  const before = auto === 'NOTSET' ? pads.slice(0, n) : new Array<number>(n).fill(0);
  const after = auto === 'NOTSET' ? pads.slice(n) : new Array<number>(n).fill(0);
  const positions: number[] = [];
  const reach: number[] = [];
  for (let i = 0; i < n; i++) {
    const extent = dilations[i]! * (kernel[i]! - 1) + 1;
    if (auto === 'SAME_UPPER' || auto === 'SAME_LOWER') {
      const count = Math.ceil(sizes[i]! / strides[i]!);
      const total = Math.max((count - 1) * strides[i]! + extent - sizes[i]!, 0);
      before[i] = auto === 'SAME_UPPER' ? Math.floor(total / 2) : Math.ceil(total / 2);
      after[i] = total - before[i]!;
    }
    const span = sizes[i]! + before[i]! + after[i]! - extent;
    let count = (ceil ? Math.ceil : Math.floor)(span / strides[i]!) + 1;
    // A window that would start beyond the data and its padding before is left out.
    if (ceil && (count - 1) * strides[i]! >= sizes[i]! + before[i]!) count--;
    positions.push(count);
    reach.push(Math.max((count - 1) * strides[i]! + extent - sizes[i]! - before[i]!, 0));
  }
  return { kernel, strides, dilations, before, after, reach, positions };
};

/** `kernel_shape`, or the shape that weights have. */
export const kernelShape = (call: Call, rank: number, weights: readonly number[] | null): readonly number[] => {
  const stated = call.ints('kernel_shape');
  if (weights !== null && stated !== null && String(weights) !== String(stated)) {
    throw malformed(call.where, `${call.where}: kernel_shape is not the shape of the weights.`, stated);
  }
  return weights ?? list(call, 'kernel_shape', rank, 1);
};
