/** Layers of the tree of fractions in the memory of the prover. */
import { add, type Ext, mul } from '../field/ext.ts';
import { bitsOf } from '../field/multilinear.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';

/** A layer that kernels work on: numerators and denominators of one stride. */
export type LargeLayer = {
  /** Numerators of the lower half; null if all are 1. */
  readonly p0: ExtVector | null;
  readonly q0: ExtVector;
  readonly p1: ExtVector;
  readonly q1: ExtVector;
  /** Whether all numerators are 1; p1 is then but room for them. */
  readonly ones?: boolean;
  /** Fractions of the upper half before those that are all 0/1; of which, if any, only as many again lie in memory. */
  readonly upper: number;
};

/** Entries of the part of the equality polynomial that stays in the first cache. */
export const BLOCK_VARS = 8;

/** `upper` of a layer of 2^vars fractions, 0/1 from `rows` on: all of its half, or a power of two of whole blocks. */
export const upperOf = (rows: number, vars: number): number => {
  const half = 2 ** (vars - 1);
  const upper = 2 ** Math.max(BLOCK_VARS, bitsOf(Math.max(rows - half, 1)));
  return 2 * upper < half ? upper : half;
};

/** Numerators and denominators of a layer, of one stride. */
export type LayerVectors = { readonly p: ExtVector; readonly q: ExtVector };

export type SmallLayer = { readonly p: readonly Ext[]; readonly q: readonly Ext[] };

/** Layers of up to 2^3 fractions are worked on one element at a time. */
export const SMALL_VARS = 3;

export const entries = (memory: ProofMemory, vector: ExtVector): Ext[] =>
  Array.from({ length: vector.length }, (_, i) => memory.entry(vector, i));

/** `p0/q0 + p1/q1` of the halves of a layer. */
export const sumHalves = ({ p, q }: SmallLayer): SmallLayer => {
  const half = p.length / 2;
  const indices = Array.from({ length: half }, (_, i) => i);
  return {
    p: indices.map((i) => add(mul(p[i]!, q[half + i]!), mul(p[half + i]!, q[i]!))),
    q: indices.map((i) => mul(q[i]!, q[half + i]!)),
  };
};

/** Adds `λ·q1` to p1. */
export const joinLayer = (memory: ProofMemory, { p1, q1, ones }: LargeLayer, lambda: Ext): void => {
  const mark = memory.mark();
  const at = memory.take(16);
  memory.put(at, [lambda]);
  memory.kernels.joinFractions(p1.address, q1.address, q1.stride, p1.length, at, ones ? 1 : 0);
  memory.release(mark);
};

export type Tree = {
  /** Of 0 to SMALL_VARS variables. */
  readonly small: readonly SmallLayer[];
  /** Those of more, the smallest first. */
  readonly large: readonly LargeLayer[];
};

/** Elements `from` to `to` of a vector. */
export const part = ({ address, stride }: ExtVector, from: number, to: number): ExtVector => ({
  address: address + 4 * from,
  length: to - from,
  stride,
});

/** A layer as two halves. */
export const halves = (p: ExtVector, q: ExtVector): LargeLayer => {
  const [half, all] = [p.length / 2, p.length];
  const lower = { p0: part(p, 0, half), q0: part(q, 0, half) };
  return { ...lower, p1: part(p, half, all), q1: part(q, half, all), upper: half };
};

/** Writes the sums of the halves of a layer. */
export const sumLayer = (
  memory: ProofMemory,
  { p0, q0, p1, q1, ones, upper }: LargeLayer,
  p: ExtVector,
  q: ExtVector,
): void => {
  const lower = p0?.address ?? 0;
  const higher = ones ? 0 : p1.address;
  memory.kernels.sumFractions(p.address, q.address, p.stride, lower, q0.address, higher, q1.address, q0.stride, upper);
  if (upper === p.length) return;
  // What is added to 0/1 stays as it is.
  const rest = (vector: ExtVector, c: number): Uint32Array => {
    const { address, stride, length } = part(vector, upper, p.length);
    return memory.words({ address: address + c * stride, length });
  };
  for (let c = 0; c < 4; c++) {
    if (p0 === null) rest(p, c).fill(c === 0 ? 1 : 0);
    else rest(p, c).set(rest(p0, c));
    rest(q, c).set(rest(q0, c));
  }
};

/** A layer of `vars` variables, more than {@link SMALL_VARS}, and all above it. */
export const growTree = (memory: ProofMemory, lowest: LargeLayer, vars: number): Tree => {
  const large = [lowest];
  for (let bits = vars - 1; ; bits--) {
    const [p, q] = [memory.ext(2 ** bits), memory.ext(2 ** bits)];
    sumLayer(memory, large[0]!, p, q);
    if (bits === SMALL_VARS) {
      const small: SmallLayer[] = [{ p: entries(memory, p), q: entries(memory, q) }];
      while (small[0]!.p.length > 1) small.unshift(sumHalves(small[0]!));
      return { small, large };
    }
    large.unshift(halves(p, q));
  }
};
