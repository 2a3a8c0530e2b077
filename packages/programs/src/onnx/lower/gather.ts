/** Operators that pick or place elements by indices. */
import { elements, stridesOf } from '../../tensor.ts';
import { malformed } from '../problems.ts';
import type { Call, Lowering } from './call.ts';
import { listed, range, type Val } from './ops.ts';

/** Indices from 0 on: negative ones count from the end. */
const wrapIndex = (call: Call, index: number, size: number): number => {
  const at = index < 0 ? index + size : index;
  if (Number.isInteger(at) && at >= 0 && at < size) return at;
  throw malformed(call.where, `${call.where}: index ${index} lies outside ${size}.`, index);
};

const gather: Lowering = (call) => {
  const { g } = call;
  const shape = call.shape(0);
  const axis = call.axis(call.int('axis', 0), shape.length);
  const size = shape[axis]!;
  const known = g.known(call.x(1));
  const index =
    known === null
      ? // The program proves that indices are within the table.
        g.unary(call.x(1), `index of ${size}`, (v) => (v < 0 ? v + size : v))
      : g.constant(
          call.shape(1),
          Array.from(known, (v) => wrapIndex(call, v, size)),
          'int64',
        );
  const others = range(shape.length).filter((i) => i !== axis);
  const picked = g.gather(g.transpose(call.x(0), [axis, ...others]), index);
  const added = g.shape(index).length;
  const rest = range(shape.length - 1).map((i) => i + added);
  return g.transpose(picked, [...rest.slice(0, axis), ...range(added), ...rest.slice(axis)]);
};

/** The positions that the elements of an index tensor name, where it replaces the coordinate along one axis. */
const alongAxis = (
  call: Call,
  operand: number,
): { readonly positions: number[]; readonly shape: readonly number[] } => {
  const data = call.shape(0);
  const shape = call.shape(operand);
  const axis = call.axis(call.int('axis', 0), data.length);
  if (shape.length !== data.length)
    throw malformed(call.where, `${call.where}: data and indices differ in rank.`, shape);
  const [strides, own] = [stridesOf(data), stridesOf(shape)];
  const positions = call.constant(operand).map((index, at) =>
    shape.reduce((sum, size, i) => {
      const coordinate =
        i === axis ? wrapIndex(call, index, data[i]!) : wrapIndex(call, Math.floor(at / own[i]!) % size, data[i]!);
      return sum + coordinate * strides[i]!;
    }, 0),
  );
  return { positions, shape };
};

/** Where runs of `data` start that the last axis of an index tensor names, after `batch` shared leading axes. */
const runs = (call: Call, operand: number, batch: number) => {
  const data = call.shape(0);
  const shape = call.shape(operand);
  const depth = shape.at(-1)!;
  if (batch + depth > data.length)
    throw malformed(call.where, `${call.where}: indices are longer than the shape.`, shape);
  const strides = stridesOf(data);
  const size = elements(data.slice(batch + depth));
  const values = call.constant(operand);
  const perBatch = elements(shape.slice(batch, -1));
  const starts = range(values.length / depth).map((row) => {
    const block = Math.floor(row / perBatch) * (batch === 0 ? 0 : strides[batch - 1]!);
    return range(depth).reduce(
      (at, i) => at + wrapIndex(call, values[row * depth + i]!, data[batch + i]!) * strides[batch + i]!,
      block,
    );
  });
  listed(starts.length * size);
  return { starts, size, rest: data.slice(batch + depth), outer: shape.slice(0, -1) };
};

const gatherNd: Lowering = (call) => {
  const { starts, size, rest, outer } = runs(call, 1, call.int('batch_dims', 0));
  const positions = starts.flatMap((start) => range(size).map((i) => start + i));
  return call.g.pickFlat(call.x(0), positions, [...outer, ...rest]);
};

/** Data with some elements replaced: picked from both, one after the other. */
const placed = (call: Call, positions: readonly number[], updates: Val): Val => {
  const { g } = call;
  const how = call.text('reduction', 'none');
  if (how !== 'none') throw call.refuse(`it combines updates by ${how}.`, 'Use the reduction none.', how);
  const size = g.size(call.x(0));
  const from = range(size);
  positions.forEach((position, i) => {
    from[position] = size + i;
  });
  const both = g.concat([g.reshape(call.x(0), [size]), g.reshape(updates, [g.size(updates)])], 0);
  return g.pickFlat(both, from, call.shape(0));
};

const scatterNd: Lowering = (call) => {
  const { starts, size } = runs(call, 1, 0);
  return placed(
    call,
    starts.flatMap((start) => range(size).map((i) => start + i)),
    call.x(2),
  );
};

const compress: Lowering = (call) => {
  const { g } = call;
  const flat = !call.hasAttribute('axis');
  const x = flat ? g.reshape(call.x(0), [g.size(call.x(0))]) : call.x(0);
  const axis = flat ? 0 : call.axis(call.int('axis', 0), g.shape(x).length);
  const kept = call.constant(1).flatMap((keep, i) => (keep === 0 ? [] : [i]));
  if (kept.length === 0) throw call.refuse('it keeps nothing.', 'Leave tensors of size 0 out of the model.');
  return g.pickAxis(x, axis, kept);
};

/** Ones where an index stands, counted along a new axis. */
const oneHot: Lowering = (call) => {
  const { g } = call;
  const depth = call.scalar(1);
  const [off, on] = call.constant(2) as [number, number];
  const rank = call.shape(0).length;
  const axis = call.axis(call.int('axis', -1), rank + 1);
  const places = g.unary(g.affine([call.x(0)], [1], 0, 'int64'), `index of ${depth}`, (v) => (v < 0 ? v + depth : v));
  const spread = g.reshape(places, [...call.shape(0).slice(0, axis), 1, ...call.shape(0).slice(axis)]);
  const along = g.reshape(g.constant([depth], range(depth), 'int64'), [
    depth,
    ...new Array<number>(rank - axis).fill(1),
  ]);
  return g.unary(g.sub(spread, along), `zero: ${on}, else ${off}`, (d) => (d === 0 ? on : off), call.x(2).type);
};

/** Runs of each row turned around up to a length of its own. */
const reverseSequence: Lowering = (call) => {
  const shape = call.shape(0);
  const [time, batch] = [call.int('time_axis', 0), call.int('batch_axis', 1)];
  const lengths = call.constant(1);
  const strides = stridesOf(shape);
  const positions = range(elements(shape)).map((at) => {
    const t = Math.floor(at / strides[time]!) % shape[time]!;
    const length = lengths[Math.floor(at / strides[batch]!) % shape[batch]!]!;
    return t < length ? at + (length - 1 - 2 * t) * strides[time]! : at;
  });
  return call.g.pickFlat(call.x(0), positions, shape);
};

export const GATHER: Readonly<Record<string, Lowering>> = {
  Gather: gather,
  GatherElements: (call) => {
    const { positions, shape } = alongAxis(call, 1);
    return call.g.pickFlat(call.x(0), positions, shape);
  },
  GatherND: gatherNd,
  Scatter: (call) => placed(call, alongAxis(call, 1).positions, call.x(2)),
  ScatterElements: (call) => placed(call, alongAxis(call, 1).positions, call.x(2)),
  ScatterND: scatterNd,
  Compress: compress,
  OneHot: oneHot,
  ReverseSequence: reverseSequence,
};
