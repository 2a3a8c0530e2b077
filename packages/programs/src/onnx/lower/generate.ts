/** Operators whose results are known at import: constants, ranges, windows of signals. */

import type { Numbers } from '../../real/evaluate/dot.ts';
import { elements, MAX_ELEMENTS } from '../../tensor.ts';
import { release } from '../../transient.ts';
import { countOf, type OnnxTensor } from '../decode/tensor.ts';
import { type OnnxType, typeOfCode } from '../decode/types.ts';
import { malformed, tooLarge } from '../problems.ts';
import type { Call, Lowering, Operand } from './call.ts';
import { type Ops, range } from './ops.ts';

/** Largest tensor that may hold minus infinities, as masks do. */
const MAX_MASK = 65_536;

/** A tensor of finite numbers and minus infinities as numbers and a mask; `null` of any other. */
const maskOf = (g: Ops, { shape, type }: OnnxTensor, values: Numbers): Operand | null => {
  const isInfinite = (v: number): boolean => v === Number.NEGATIVE_INFINITY;
  if (values.length > MAX_MASK || !values.some(isInfinite)) return null;
  if (!values.every((v) => Number.isFinite(v) || isInfinite(v))) return null;
  const numbers = g.constant(
    shape,
    Array.from(values, (v) => (isInfinite(v) ? 0 : v)),
    type,
  );
  return {
    ...numbers,
    mask: g.constant(
      shape,
      Array.from(values, (v) => (isInfinite(v) ? 0 : 1)),
      'bool',
    ),
  };
};

/** Where the first NaN or infinity stands, or −1. A plain loop: weights have hundreds of millions of numbers. */
const firstOdd = (values: Numbers): number => {
  for (let i = 0; i < values.length; i++) if (values[i]! - values[i]! !== 0) return i;
  return -1;
};

/**
 * A tensor of the model as a constant of the graph.
 * @throws {SuretyError} `model.malformed` when a weight is NaN or infinite
 */
export const constantOf = (g: Ops, tensor: OnnxTensor, where: string): Operand => {
  if (countOf(tensor.shape, where) === 0) return { id: null, type: tensor.type, shape: tensor.shape };
  const values = tensor.read();
  const masked = maskOf(g, tensor, values);
  if (masked !== null) return masked;
  const odd = firstOdd(values);
  if (odd >= 0) {
    const value = String(values[odd]);
    throw malformed(where, `${where} holds ${value} at ${odd}; weights must be finite.`, value);
  }
  release(values);
  return g.constant(tensor.shape, tensor.read, tensor.type);
};

const typeAttribute = (call: Call, name: string, otherwise: OnnxType): OnnxType => {
  if (!call.hasAttribute(name)) return otherwise;
  const type = typeOfCode(call.int(name, 0));
  if (type === null) throw call.refuse('it makes something else than numbers.', 'Use numbers.', call.int(name, 0));
  return type;
};

const constant: Lowering = (call) => {
  const { g } = call;
  const tensor = call.tensor('value');
  if (tensor !== null) return [constantOf(g, tensor, call.where)];
  if (call.hasAttribute('value_float')) return g.scalar(call.float('value_float', 0), 'float');
  if (call.hasAttribute('value_int')) return g.scalar(call.int('value_int', 0), 'int64');
  const floats = call.floats('value_floats');
  const list = floats ?? call.ints('value_ints');
  if (list === null) throw call.refuse('it holds no numbers.', 'Use constants of numbers.');
  const type = floats === null ? 'int64' : 'float';
  return list.length === 0 ? [{ id: null, type, shape: [0] }] : g.constant([list.length], list, type);
};

const constantOfShape: Lowering = (call) => {
  const shape = call.constant(0);
  const given = call.tensor('value');
  const type = given?.type ?? 'float';
  if (countOf(shape, call.where) === 0) return [{ id: null, type, shape }];
  const value = given?.read()[0] ?? 0;
  if (value === Number.NEGATIVE_INFINITY) {
    return { ...call.g.filled(shape, 0, type), mask: call.g.filled(shape, 0, 'bool') };
  }
  if (!Number.isFinite(value)) throw malformed(call.where, `${call.where} holds ${value}.`, String(value));
  const size = elements(shape);
  return call.g.constant(shape, () => new Float32Array(size).fill(value), type);
};

const eyeLike: Lowering = (call) => {
  const [rows, columns] = call.shape(0) as [number, number];
  const k = call.int('k', 0);
  const values = range(rows * columns).map((at) => ((at % columns) - Math.floor(at / columns) === k ? 1 : 0));
  return call.g.constant([rows, columns], values, typeAttribute(call, 'dtype', call.x(0).type));
};

const sequence: Lowering = (call) => {
  const [start, limit, delta] = [call.scalar(0), call.scalar(1), call.scalar(2)];
  const count = Math.max(Math.ceil((limit - start) / delta), 0);
  const { type } = call.x(0);
  if (!(count <= MAX_ELEMENTS))
    throw tooLarge(call.where, `${call.where} makes ${count} numbers.`, count, `${MAX_ELEMENTS}`);
  if (count === 0) return [{ id: null, type, shape: [0] }];
  return call.g.constant(
    [count],
    range(count).map((i) => start + i * delta),
    type,
  );
};

/** Windows of cosines: `Σ a[k] cos(2πkn / N)`. */
const cosines =
  (...a: readonly number[]): Lowering =>
  (call) => {
    const size = call.scalar(0);
    if (!(Number.isInteger(size) && size >= 1 && size <= MAX_ELEMENTS)) {
      throw malformed(call.where, `${call.where} has ${size} places.`, size);
    }
    const period = call.flag('periodic', true) ? size : size - 1;
    const at = (n: number) => a.reduce((sum, c, k) => sum + c * Math.cos((2 * Math.PI * k * n) / period), 0);
    return call.g.constant([size], range(size).map(at), typeAttribute(call, 'output_datatype', 'float'));
  };

const dropout: Lowering = (call) => {
  if (call.has(2) && call.scalar(2) !== 0 && !(call.has(1) && call.scalar(1) === 0)) {
    throw call.refuse('it is in training mode.', 'Export the model for inference.');
  }
  return [call.x(0), call.wants(1) ? call.g.filled(call.shape(0), 1, 'bool') : null];
};

export const GENERATE: Readonly<Record<string, Lowering>> = {
  Constant: constant,
  ConstantOfShape: constantOfShape,
  EyeLike: eyeLike,
  Range: sequence,
  HannWindow: cosines(0.5, -0.5),
  HammingWindow: cosines(25 / 46, -21 / 46),
  BlackmanWindow: cosines(0.42, -0.5, 0.08),
  Dropout: dropout,
};
