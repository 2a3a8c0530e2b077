/** Parts of tensors, put together or taken out: Slice, Split, Concat, Pad, Trilu and crops. */
import { malformed } from '../problems.ts';
import type { Call, Lowering } from './call.ts';
import { type Ops, range, type Val } from './ops.ts';

const slice: Lowering = (call) => {
  const { g } = call;
  const shape = call.shape(0);
  const starts = call.attributeOrOperand('starts', 1) ?? [];
  const ends = call.attributeOrOperand('ends', 2) ?? [];
  const axes = (call.attributeOrOperand('axes', 3) ?? range(starts.length)).map((axis) =>
    call.axis(axis, shape.length),
  );
  const steps = call.has(4) ? call.constant(4) : starts.map(() => 1);
  if (
    new Set([starts, ends, axes, steps].map((list) => list.length)).size !== 1 ||
    new Set(axes).size !== axes.length
  ) {
    throw malformed(call.where, `${call.where}: starts, ends, axes and steps do not fit.`, [starts, ends, axes, steps]);
  }
  let x = call.x(0);
  for (const [i, axis] of axes.entries()) {
    const size = shape[axis]!;
    const step = steps[i]!;
    if (!Number.isSafeInteger(step) || step === 0)
      throw malformed(call.where, `${call.where}: a step is ${step}.`, step);
    const [least, most] = step > 0 ? [0, size] : [-1, size - 1];
    const place = (value: number) => Math.min(Math.max(value < 0 ? value + size : value, least), most);
    const start = step > 0 ? place(starts[i]!) : Math.max(place(starts[i]!), 0);
    const length = Math.max(0, Math.ceil((place(ends[i]!) - start) / step));
    if (length === 0) return [{ id: null, type: x.type, shape: g.shape(x).map((n, j) => (j === axis ? 0 : n)) }];
    x = g.sliceAxis(x, axis, start, length, step);
  }
  return x;
};

const split: Lowering = (call) => {
  const { g } = call;
  const shape = call.shape(0);
  const axis = call.axis(call.int('axis', 0), shape.length);
  const size = shape[axis]!;
  const count = call.node.outputs.length;
  const equal = Math.ceil(size / call.int('num_outputs', count));
  const lengths = call.attributeOrOperand('split', 1) ?? range(count).map((i) => Math.min(equal, size - i * equal));
  if (lengths.length !== count || lengths.reduce((sum, n) => sum + n, 0) !== size || lengths.some((n) => n < 0)) {
    throw malformed(call.where, `${call.where}: ${size} is not split into [${lengths}].`, lengths);
  }
  let start = 0;
  return lengths.map((length) => {
    if (length === 0) return { id: null, type: call.x(0).type, shape: shape.map((n, i) => (i === axis ? 0 : n)) };
    const part = g.sliceAxis(call.x(0), axis, start, length);
    start += length;
    return part;
  });
};

const concat: Lowering = (call) => {
  const parts = range(call.count).flatMap((i) => (call.raw(i)?.id === null ? [] : [call.x(i)]));
  const first = parts[0];
  if (first === undefined) throw call.refuse('it joins nothing.', 'Leave tensors of size 0 out of the model.');
  return call.g.concat(parts, call.axis(call.int('axis', 1), call.g.shape(first).length));
};

/** Places along an axis that a padded one takes its values from. */
const mirrored = (call: Call, mode: string, size: number, before: number, after: number): number[] =>
  range(before + size + after).map((i) => {
    const at = i - before;
    if (mode === 'edge') return Math.min(Math.max(at, 0), size - 1);
    if (mode === 'wrap') return ((at % size) + size) % size;
    if (mode !== 'reflect') throw malformed(call.where, `${call.where}: there is no mode ${mode}.`, mode);
    const period = Math.max(2 * (size - 1), 1);
    const within = ((at % period) + period) % period;
    return within < size ? within : period - within;
  });

/** An axis with constants before and after it; negative numbers cut. */
const padAxis = (g: Ops, x: Val, axis: number, before: number, after: number, value: Val): Val => {
  const size = g.shape(x)[axis]!;
  const start = Math.max(-before, 0);
  const kept = size - start - Math.max(-after, 0);
  const inner = kept === size ? x : g.sliceAxis(x, axis, start, kept);
  const block = (length: number): Val[] => {
    if (length <= 0) return [];
    const shape = g.shape(inner).map((n, i) => (i === axis ? length : n));
    return [g.broadcastTo(value, shape)];
  };
  return g.concat([...block(before), inner, ...block(after)], axis);
};

const pad: Lowering = (call) => {
  const { g } = call;
  const shape = call.shape(0);
  const old = call.opset < 11;
  const pads = call.attributeOrOperand('pads', 1) ?? [];
  const axes = !old && call.has(3) ? call.constant(3).map((a) => call.axis(a, shape.length)) : range(shape.length);
  if (pads.length !== 2 * axes.length || !pads.every((n) => Number.isSafeInteger(n) && Math.abs(n) < 2 ** 28)) {
    throw malformed(call.where, `${call.where}: pads do not fit the axes.`, pads);
  }
  const mode = call.text('mode', 'constant');
  const { type } = call.x(0);
  const given = old ? null : call.maybe(2);
  const value = given === null ? g.scalar(old ? call.float('value', 0) : 0, type) : g.reshape(given, []);
  let x = call.x(0);
  for (const [i, axis] of axes.entries()) {
    const [before, after] = [pads[i]!, pads[axes.length + i]!];
    const size = shape[axis]!;
    if (before === 0 && after === 0) continue;
    if (size + before + after < 1) throw call.refuse('nothing is left.', 'Leave tensors of size 0 out.', pads);
    if (mode === 'constant') x = padAxis(g, x, axis, before, after, value);
    else x = g.pickAxis(x, axis, mirrored(call, mode, size, before, after));
  }
  return x;
};

/** What lies on one side of a diagonal of the last two axes. */
const trilu: Lowering = (call) => {
  const { g } = call;
  const shape = g.shape(call.masked(0));
  const [rows, columns] = shape.slice(-2) as [number, number];
  const k = call.has(1) ? call.scalar(1) : 0;
  const upper = call.flag('upper', true);
  const kept = range(rows * columns).map((at) => {
    const distance = (at % columns) - Math.floor(at / columns);
    return (upper ? distance >= k : distance <= k) ? 1 : 0;
  });
  const { mask, ...x } = call.masked(0);
  const result = g.mul(x, g.constant([rows, columns], kept, x.type));
  if (mask === undefined) return result;
  const cut = g.constant(
    [rows, columns],
    kept.map((keep) => 1 - keep),
    'bool',
  );
  return { ...result, mask: g.max(mask, cut) };
};

const centerCropPad: Lowering = (call) => {
  const { g } = call;
  const rank = call.shape(0).length;
  const given = call.ints('axes');
  const axes = given === null ? range(rank) : given.map((axis) => call.axis(axis, rank));
  const wanted = call.constant(1);
  let x = call.x(0);
  for (const [i, axis] of axes.entries()) {
    const size = g.shape(x)[axis]!;
    const more = wanted[i]! - size;
    if (more < 0) x = g.sliceAxis(x, axis, Math.floor(-more / 2), wanted[i]!);
    else if (more > 0) x = padAxis(g, x, axis, Math.floor(more / 2), Math.ceil(more / 2), g.scalar(0, x.type));
  }
  return x;
};

export const PARTS: Readonly<Record<string, Lowering>> = {
  Slice: slice,
  Split: split,
  Concat: concat,
  Pad: pad,
  Trilu: trilu,
  CenterCropPad: centerCropPad,
};
