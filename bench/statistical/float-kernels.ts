/**
 * One model run by different kernels, simulated here: 32-bit floats summed one after the other, in eight lanes, pairwise, or as
 * 64-bit floats; and activations kept in 16 bits (bfloat16) between layers. Real accelerators differ in such ways; none was
 * available.
 */
import type { FloatModel } from './models.ts';

const f32 = Math.fround;

type Dot = (w: Float32Array, at: number, x: ArrayLike<number>, bias: number) => number;

const inTurn: Dot = (w, at, x, bias) => {
  let sum = bias;
  for (let i = 0; i < x.length; i++) sum = f32(sum + f32(w[at + i]! * x[i]!));
  return sum;
};

const backwards: Dot = (w, at, x, bias) => {
  let sum = 0;
  for (let i = x.length - 1; i >= 0; i--) sum = f32(sum + f32(w[at + i]! * x[i]!));
  return f32(sum + bias);
};

const inLanes: Dot = (w, at, x, bias) => {
  const lanes = new Float32Array(8);
  for (let i = 0; i < x.length; i++) lanes[i % 8] = lanes[i % 8]! + f32(w[at + i]! * x[i]!);
  return f32(lanes.reduce((a, v) => f32(a + v), 0) + bias);
};

const inPairs: Dot = (w, at, x, bias) => {
  let parts = Array.from(x, (v, i) => f32(w[at + i]! * v));
  while (parts.length > 1) {
    parts = Array.from({ length: Math.ceil(parts.length / 2) }, (_, i) =>
      2 * i + 1 < parts.length ? f32(parts[2 * i]! + parts[2 * i + 1]!) : parts[2 * i]!,
    );
  }
  return f32(parts[0]! + bias);
};

const inDoubles: Dot = (w, at, x, bias) => {
  let sum = bias;
  for (let i = 0; i < x.length; i++) sum += w[at + i]! * x[i]!;
  return sum;
};

const bits = new Uint32Array(1);
const asFloat = new Float32Array(bits.buffer);

/** The nearest bfloat16, halves to even. */
const bfloat16 = (x: number): number => {
  asFloat[0] = x;
  bits[0] = (bits[0]! + 0x7fff + ((bits[0]! >>> 16) & 1)) & 0xffff0000;
  return asFloat[0]!;
};

export type FloatKernel = { readonly name: string; readonly dot: Dot; readonly store: (x: number) => number };

const kept = (x: number): number => x;

/** What a checker runs. */
export const OWN: FloatKernel = { name: 'fp32, in turn', dot: inTurn, store: f32 };

export const FULL: readonly FloatKernel[] = [
  { name: 'fp32, backwards', dot: backwards, store: f32 },
  { name: 'fp32, eight lanes', dot: inLanes, store: f32 },
  { name: 'fp32, pairwise', dot: inPairs, store: f32 },
  { name: 'fp64', dot: inDoubles, store: kept },
];

export const HALF: readonly FloatKernel[] = [
  { name: 'fp32 sums, bfloat16 between layers', dot: inLanes, store: bfloat16 },
];

/** Activations before the last layer. */
export const lastHidden = (model: FloatModel, x: Float32Array, { dot, store }: FloatKernel): number[] =>
  model.slice(0, -1).reduce<number[]>(
    (h, { w, b }) => {
      const k = w.shape[1]!;
      return Array.from(b.data, (bias, n) => store(Math.max(0, dot(w.data, n * k, h, bias))));
    },
    Array.from(x, store),
  );
