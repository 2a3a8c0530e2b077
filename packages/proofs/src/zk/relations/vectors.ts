/** Vectors of the proof memory, as relations make them. */

import { elements, type Shape, type Tensor } from '@surety/programs';
import { type Ext, fromInteger, ONE } from '../field/ext.ts';
import { bitsOf } from '../field/multilinear.ts';
import type { BaseVector, ExtVector, ProofMemory } from '../memory.ts';
import type { AnyVector } from './context.ts';

export const isExt = (vector: AnyVector): vector is ExtVector => 'stride' in vector;

/** The words of one coordinate. Invalid after the next room is taken. */
export const plane = (memory: ProofMemory, { address, stride, length }: ExtVector, c: number): Uint32Array =>
  memory.words({ address: address + c * stride, length });

/** Some of the elements of a vector. */
export const part = ({ address, stride }: ExtVector, from: number, length: number): ExtVector => ({
  address: address + 4 * from,
  length,
  stride,
});

/** `eq(point, i)·scale` for all i. */
export const eqVector = (memory: ProofMemory, point: readonly Ext[], scale: Ext = ONE): ExtVector => {
  const out = memory.ext(2 ** point.length);
  const mark = memory.mark();
  const at = memory.take(16 * (point.length + 1));
  memory.put(at, [scale, ...point]);
  memory.kernels.eqTable(out.address, out.stride, at, at + 16, point.length);
  memory.release(mark);
  return out;
};

export const zeros = (memory: ProofMemory, length: number): ExtVector => {
  const out = memory.ext(length);
  for (let c = 0; c < 4; c++) plane(memory, out, c).fill(0);
  return out;
};

/** The same elements, of the extension. */
export const lifted = (memory: ProofMemory, vector: BaseVector): ExtVector => {
  const out = zeros(memory, vector.length);
  plane(memory, out, 0).set(memory.words(vector));
  return out;
};

/** `Σ a_i·b_i`. */
export const inner = (memory: ProofMemory, a: AnyVector, b: ExtVector): Ext => {
  const mark = memory.mark();
  const out = memory.ext(1);
  const { kernels } = memory;
  const n = b.length;
  if (isExt(a)) kernels.contractExt(out.address, out.stride, a.address, a.stride, 1, n, n, 1, b.address, b.stride);
  else kernels.contractBase(out.address, out.stride, a.address, 1, n, n, 1, b.address, b.stride);
  const value = memory.entry(out, 0);
  memory.release(mark);
  return value;
};

/** Calls back with where each run along the last axis starts, in row-major order and where it lies padded. */
export const eachRun = (shape: Shape, visit: (from: number, to: number, length: number) => void): void => {
  const last = shape.at(-1) ?? 1;
  const index = new Array<number>(Math.max(shape.length - 1, 0)).fill(0);
  const steps = new Array<number>(index.length);
  let step = 2 ** bitsOf(last);
  for (let axis = index.length - 1; axis >= 0; axis--) {
    steps[axis] = step;
    step *= 2 ** bitsOf(shape[axis]!);
  }
  const total = elements(shape);
  let to = 0;
  for (let from = 0; from < total; from += last) {
    visit(from, to, last);
    for (let axis = index.length - 1; axis >= 0; axis--) {
      to += steps[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      to -= steps[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
};

/** A tensor as elements of M31, each dimension padded to a power of two with zeros. */
export const padTensor = (memory: ProofMemory, { shape, values }: Tensor): BaseVector => {
  const vector = memory.base(shape.reduce((length, size) => length * 2 ** bitsOf(size), 1));
  const words = memory.words(vector).fill(0);
  eachRun(shape, (from, to, length) => {
    for (let i = 0; i < length; i++) words[to + i] = fromInteger(values[from + i]!);
  });
  return vector;
};
