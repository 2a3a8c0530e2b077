/** Integers that stand for reals: QuantizeLinear, DequantizeLinear, and the scales and zero points of QLinear operators. */
import { MINIFLOATS, type MinifloatName, nearest } from '../decode/minifloat.ts';
import { type OnnxType, rangeOf, typeOfCode } from '../decode/types.ts';
import { malformed } from '../problems.ts';
import type { Call, Lowering } from './call.ts';
import { halfToEven } from './functions.ts';
import type { Val } from './ops.ts';

const f32 = Math.fround;

/** A real clamped and rounded into a quantised type. */
const intoType = (type: OnnxType): ((v: number) => number) => {
  const limits = rangeOf(type);
  if (limits === null) {
    const format = MINIFLOATS[type as MinifloatName];
    return (v) => nearest(v, format);
  }
  return (v) => Math.min(Math.max(v, limits.low), limits.high);
};

/** An integer operand minus its zero point, which stands along rows or columns where it is not a single number. */
export const withoutZeroPoint = (call: Call, x: Val, operand: number, along: 'rows' | 'columns' | 'filters'): Val => {
  if (!call.has(operand)) return { ...x, type: 'int32' };
  const { g } = call;
  const zero = call.constant(operand);
  if (zero.every((v) => v === zero[0])) return g.affine([x], [1], -zero[0]!, 'int32');
  const rank = g.shape(x).length;
  const z = call.x(operand);
  const shape = g.shape(z);
  if (shape.length > 1) return g.affine([x, z], [1, -1], 0, 'int32');
  const axis = along === 'columns' ? rank - 1 : along === 'rows' ? rank - 2 : 0;
  const wide = g.reshape(
    z,
    g.shape(x).map((_, i) => (i === axis ? shape[0]! : 1)),
  );
  return g.affine([x, wide], [1, -1], 0, 'int32');
};

/** Products of the scales of two operands divided by the output's, in float32 as ONNX computes them. */
export const channelwise = (call: Call, operands: readonly [number, number], output: number): number[] => {
  const [first, second, out] = [call.constant(operands[0]), call.constant(operands[1]), call.constant(output)];
  const count = Math.max(first.length, second.length, out.length);
  const at = (values: readonly number[], i: number): number => values[values.length === 1 ? 0 : i]!;
  for (const values of [first, second, out]) {
    if (values.length !== 1 && values.length !== count)
      throw malformed(call.where, `${call.where}: scales differ in number.`);
  }
  return Array.from({ length: count }, (_, i) => f32(f32(at(first, i) * at(second, i)) / at(out, i)));
};

/** An exact integer rescaled into a quantised type: one scale for all, or one for each channel of an axis. */
export const requantised = (
  call: Call,
  x: Val,
  scales: readonly number[],
  zeroOperand: number,
  channels: 'last' | 'second',
): Val => {
  const { g } = call;
  const zero = call.has(zeroOperand) ? call.constant(zeroOperand) : [0];
  const type = call.has(zeroOperand) ? call.x(zeroOperand).type : 'uint8';
  if (zero.some((v) => v !== zero[0])) {
    throw call.refuse('the output has several zero points.', 'Give it one scale and zero point.', zero);
  }
  const rank = g.shape(x).length;
  const axis = channels === 'last' ? rank - 1 : 1;
  const shape = g.shape(x).map((_, i) => (i === axis ? scales.length : 1));
  const scaled = scales.every((scale) => scale === scales[0])
    ? g.affine([x], [scales[0]!], 0, 'float')
    : g.mul(x, g.constant(shape, scales, 'float'), 'float');
  const limits = rangeOf(type);
  if (limits === null) {
    const into = intoType(type);
    return g.unary(scaled, `round ${zero[0]} ${type}`, (v) => into(halfToEven(v) + zero[0]!), type);
  }
  // Clipped before it is rounded, a quantiser spends its bits on what is left.
  const clipped = g.clip(scaled, limits.low - zero[0]!, limits.high - zero[0]!);
  return g.affine([g.unary(clipped, 'round', (v) => halfToEven(f32(v)), type)], [1], zero[0]!, type);
};

/** Scale or zero point spread over the shape of what it belongs to: single, along an axis, or in blocks of it. */
const spread = (call: Call, operand: number, x: Val): { readonly values: Val; readonly single: number | null } => {
  const { g } = call;
  const given = call.x(operand);
  const known = call.constant(operand);
  if (known.length === 1) return { values: g.reshape(given, []), single: known[0]! };
  const shape = g.shape(x);
  const axis = call.axis(call.int('axis', 1), shape.length);
  const block = call.int('block_size', 0);
  if (g.shape(given).length === 1 && block === 0) {
    return {
      values: g.reshape(
        given,
        shape.map((_, i) => (i === axis ? known.length : 1)),
      ),
      single: null,
    };
  }
  if (block <= 0) throw malformed(call.where, `${call.where}: the scale fits no axis.`, g.shape(given));
  const places = Array.from({ length: shape[axis]! }, (_, i) => Math.floor(i / block));
  return { values: g.pickAxis(given, axis, places), single: null };
};

const quantize: Lowering = (call) => {
  const { g } = call;
  const x = call.x(0);
  const stated = typeOfCode(call.int('output_dtype', 0));
  const type = call.has(2) ? call.x(2).type : (stated ?? 'uint8');
  const into = intoType(type);
  const round = rangeOf(type) === null ? (v: number) => v : halfToEven;
  const scale = spread(call, 1, x);
  const zero = call.has(2) ? spread(call, 2, x) : null;
  if (scale.single !== null && (zero === null || zero.single !== null)) {
    const [s, z] = [scale.single, zero?.single ?? 0];
    return g.unary(x, `quantise ${s} ${z} ${type}`, (v) => into(round(f32(f32(v) / s)) + z), type);
  }
  const scaled = g.mul(x, g.reciprocal(scale.values), 'float');
  const rounded = g.unary(scaled, `round ${type}`, (v) => round(f32(v)), rangeOf(type) === null ? 'float' : 'int32');
  const shifted = zero === null ? rounded : g.add(rounded, zero.values);
  return g.unary(shifted, `clamp ${type}`, into, type);
};

const dequantize: Lowering = (call) => {
  const { g } = call;
  const x = call.x(0);
  const type = call.x(1).type;
  const scale = spread(call, 1, x);
  const zero = call.has(2) ? spread(call, 2, x) : null;
  if (scale.single !== null && (zero === null || zero.single !== null)) {
    return g.affine([x], [scale.single], -(zero?.single ?? 0) * scale.single, type);
  }
  const centred = zero === null ? x : g.affine([x, zero.values], [1, -1], 0, 'int32');
  return g.mul(centred, scale.values, type);
};

/** Scale and zero point from the data themselves, for uint8. */
const dynamic: Lowering = (call) => {
  const { g } = call;
  const x = call.x(0);
  const flat = g.reshape(x, [g.size(x)]);
  const high = g.relu(g.reduceMax(flat));
  const low = g.neg(g.relu(g.reduceMax(g.neg(flat))));
  const scale = g.affine([high, low], [1 / 255, -1 / 255]);
  const perUnit = g.reciprocal(scale);
  const zero = g.unary(g.mul(g.neg(low), perUnit), 'round uint8', (v) => intoType('uint8')(halfToEven(v)), 'uint8');
  const rounded = g.unary(g.mul(x, perUnit), 'round', halfToEven, 'int32');
  const y = g.unary(g.add(rounded, zero), 'clamp uint8', intoType('uint8'), 'uint8');
  return [y, scale, zero];
};

export const QUANTIZE: Readonly<Record<string, Lowering>> = {
  QuantizeLinear: quantize,
  DequantizeLinear: dequantize,
  DynamicQuantizeLinear: dynamic,
};
