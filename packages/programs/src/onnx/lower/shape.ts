/** Operators that only change shapes or the order of elements. */
import { elements } from '../../tensor.ts';
import { malformed } from '../problems.ts';
import type { Call, Lowering } from './call.ts';
import { range } from './ops.ts';

const reshape: Lowering = (call) => {
  const shape = call.shape(0);
  const wanted = call.attributeOrOperand('shape', 1) ?? [];
  const literal = call.flag('allowzero');
  const sizes = wanted.map((size, i) => (size === 0 && !literal ? (shape[i] ?? 0) : size));
  const known = sizes.reduce((n, size) => (size === -1 ? n : n * size), 1);
  const total = elements(shape);
  const open = sizes.filter((size) => size === -1).length;
  const full = sizes.map((size) => (size === -1 ? total / known : size));
  if (open > 1 || elements(full) !== total || !full.every((size) => Number.isInteger(size) && size > 0)) {
    throw malformed(call.where, `${call.where}: [${shape}] cannot take the shape [${wanted}].`, wanted);
  }
  return call.g.reshape(call.x(0), full);
};

const squeeze: Lowering = (call) => {
  const shape = call.shape(0);
  const given = call.attributeOrOperand('axes', 1);
  const axes = given === null ? range(shape.length).filter((i) => shape[i] === 1) : call.axes(given, shape.length);
  if (axes.some((axis) => shape[axis] !== 1))
    throw malformed(call.where, `${call.where} drops an axis of size > 1.`, axes);
  return call.g.reshape(
    call.x(0),
    shape.filter((_, i) => !axes.includes(i)),
  );
};

const unsqueeze: Lowering = (call) => {
  const shape = [...call.shape(0)];
  const given = call.attributeOrOperand('axes', 1) ?? [];
  for (const axis of call.axes(given, shape.length + given.length)) shape.splice(axis, 0, 1);
  return call.g.reshape(call.x(0), shape);
};

const flatten: Lowering = (call) => {
  const shape = call.shape(0);
  const given = call.int('axis', 1);
  const axis = given < 0 ? given + shape.length : given;
  if (axis < 0 || axis > shape.length) throw malformed(call.where, `${call.where}: there is no axis ${given}.`, given);
  return call.g.reshape(call.x(0), [elements(shape.slice(0, axis)), elements(shape.slice(axis))]);
};

const transpose: Lowering = (call) => {
  const rank = call.shape(0).length;
  return call.g.transpose(call.x(0), call.ints('perm') ?? range(rank).reverse());
};

const expand: Lowering = (call) => {
  const { g } = call;
  const ones = g.filled(call.constant(1), 1, call.x(0).type);
  return g.broadcastTo(call.x(0), g.common(call.x(0), ones));
};

const tile: Lowering = (call) => {
  const { g } = call;
  const times = call.constant(1);
  let x = call.x(0);
  const rank = call.shape(0).length;
  if (times.length !== rank || !times.every((n) => Number.isInteger(n) && n >= 1 && n < 2 ** 28)) {
    throw malformed(call.where, `${call.where}: repeats do not fit [${call.shape(0)}].`, times);
  }
  for (const [axis, n] of times.entries()) {
    const shape = g.shape(x);
    const split = g.reshape(x, [elements(shape.slice(0, axis)), 1, elements(shape.slice(axis))]);
    const wide = g.broadcastTo(split, [g.shape(split)[0]!, n, g.shape(split)[2]!]);
    x = g.reshape(
      wide,
      shape.map((size, i) => (i === axis ? size * n : size)),
    );
  }
  return x;
};

const blockOf = (call: Call): { readonly b: number; readonly sizes: readonly [number, number, number, number] } => {
  const shape = call.shape(0);
  const b = call.int('blocksize', 1);
  if (shape.length !== 4 || b < 1) throw malformed(call.where, `${call.where}: no image of blocks.`, shape);
  return { b, sizes: shape as unknown as readonly [number, number, number, number] };
};

const depthToSpace: Lowering = (call) => {
  const { g } = call;
  const { b, sizes } = blockOf(call);
  const [n, c, h, w] = sizes;
  const crd = call.text('mode', 'DCR') === 'CRD';
  const depth = c / (b * b);
  const split = g.reshape(call.x(0), crd ? [n, depth, b, b, h, w] : [n, b, b, depth, h, w]);
  return g.reshape(g.transpose(split, crd ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2]), [n, depth, h * b, w * b]);
};

const spaceToDepth: Lowering = (call) => {
  const { g } = call;
  const { b, sizes } = blockOf(call);
  const [n, c, h, w] = sizes;
  const split = g.reshape(call.x(0), [n, c, h / b, b, w / b, b]);
  return g.reshape(g.transpose(split, [0, 3, 5, 1, 2, 4]), [n, c * b * b, h / b, w / b]);
};

const shapeOf: Lowering = (call) => {
  const operand = call.raw(0);
  const shape = operand !== null && operand.id === null ? operand.shape : call.shape(0);
  const clamp = (value: number) => Math.min(Math.max(value < 0 ? value + shape.length : value, 0), shape.length);
  const part = shape.slice(clamp(call.int('start', 0)), clamp(call.int('end', shape.length)));
  if (part.length === 0) return [{ id: null, type: 'int64', shape: [0] }];
  return call.g.constant([part.length], part, 'int64');
};

export const SHAPE: Readonly<Record<string, Lowering>> = {
  Reshape: reshape,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Flatten: flatten,
  Transpose: transpose,
  Expand: expand,
  Tile: tile,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  Shape: shapeOf,
  Size: (call) => call.g.scalar(elements(call.shape(0)), 'int64'),
  Identity: (call) => [call.raw(0)],
};
