/** Layers of the tree of fractions in the memory of the prover. */
import { add, type Ext, mul } from '../field/ext.ts';
import { bitsOf } from '../field/multilinear.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';

/** A layer that kernels work on: numerators and denominators of one stride. */
export type LargeLayer = {
  readonly p: ExtVector;
  readonly q: ExtVector;
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

const sumLarge = (memory: ProofMemory, below: LargeLayer, above: LargeLayer, half: number): void => {
  const { p, q, upper } = below;
  memory.kernels.sumFractions(
    above.p.address,
    above.q.address,
    above.p.stride,
    p.address,
    q.address,
    p.stride,
    upper,
    half,
  );
  // What is added to 0/1 stays as it is.
  for (const [from, to] of [
    [p, above.p],
    [q, above.q],
  ] as const) {
    for (let c = 0; c < 4; c++) {
      const rest = (vector: ExtVector) => ({
        address: vector.address + c * vector.stride + 4 * upper,
        length: half - upper,
      });
      memory.words(rest(to)).set(memory.words(rest(from)));
    }
  }
};

/** All layers above the leaves, which have `vars` variables. */
export const growTree = (memory: ProofMemory, leaves: LargeLayer, vars: number): Tree => {
  const large: LargeLayer[] = [];
  let layer = leaves;
  let bits = vars;
  for (; bits > SMALL_VARS; bits--) {
    large.unshift(layer);
    const half = 2 ** (bits - 1);
    const above = { p: memory.ext(half), q: memory.ext(half), upper: half / 2 };
    sumLarge(memory, layer, above, half);
    layer = above;
  }
  const small: SmallLayer[] = [
    { p: entries(memory, layer.p, 0, 2 ** bits), q: entries(memory, layer.q, 0, 2 ** bits) },
  ];
  for (; bits > 0; bits--) small.unshift(sumHalves(small[0]!));
  return { small, large };
};
