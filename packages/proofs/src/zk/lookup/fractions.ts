/** Layers of the tree of fractions in the memory of the prover. */
import { add, type Ext, mul } from '../field/ext.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';

/** A layer that kernels work on: numerators and denominators of one stride. */
export type LargeLayer = { readonly p: ExtVector; readonly q: ExtVector };

export type SmallLayer = { readonly p: readonly Ext[]; readonly q: readonly Ext[] };

/** Layers of up to 2^3 fractions are worked on one element at a time. */
export const SMALL_VARS = 3;

export const entries = (memory: ProofMemory, vector: ExtVector, from: number, count: number): Ext[] =>
  Array.from({ length: count }, (_, i) => memory.entry(vector, from + i));

/** `p0/q0 + p1/q1` of the halves of a layer. */
export const sumHalves = ({ p, q }: SmallLayer): SmallLayer => {
  const half = p.length / 2;
  const indices = Array.from({ length: half }, (_, i) => i);
  return {
    p: indices.map((i) => add(mul(p[i]!, q[half + i]!), mul(p[half + i]!, q[i]!))),
    q: indices.map((i) => mul(q[i]!, q[half + i]!)),
  };
};

export type Tree = {
  /** Of 0 to SMALL_VARS variables, as far as the tree goes. */
  readonly small: readonly SmallLayer[];
  /** Those of more, the smallest first. */
  readonly large: readonly LargeLayer[];
};

/** All layers above the leaves, which have `vars` variables. */
export const growTree = (memory: ProofMemory, leaves: LargeLayer, vars: number): Tree => {
  const large: LargeLayer[] = [];
  let layer = leaves;
  let bits = vars;
  for (; bits > SMALL_VARS; bits--) {
    large.unshift(layer);
    const half = 2 ** (bits - 1);
    const above = { p: memory.ext(half), q: memory.ext(half) };
    memory.kernels.sumFractions(
      above.p.address,
      above.q.address,
      above.p.stride,
      layer.p.address,
      layer.q.address,
      layer.p.stride,
      half,
    );
    layer = above;
  }
  const small: SmallLayer[] = [
    { p: entries(memory, layer.p, 0, 2 ** bits), q: entries(memory, layer.q, 0, 2 ** bits) },
  ];
  for (; bits > 0; bits--) small.unshift(sumHalves(small[0]!));
  return { small, large };
};
