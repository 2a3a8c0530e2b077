/**
 * The first rounds of the sumcheck over the columns of an opening. What each part of a combination makes with the weights of each
 * part, summed over all products, says all of them: rows stay as they lie, and weights are made of one part at a time.
 */
import { add, type Ext, ext, mul, sub, ZERO } from '../field/ext.ts';
import type { BaseVector, ExtVector, ProofMemory } from '../memory.ts';
import type { Quadratic } from '../sumcheck/prove.ts';
import type { WeighedColumns } from './column-weights.ts';
import { eqInto, isExtVector, type Product } from './products.ts';
import { columnWeight } from './terms.ts';

/** Variables that are bound before anything is folded: a row has {@link PARTS} until then. */
export const AHEAD = 2;
export const PARTS = 2 ** AHEAD;

/** `Σ_products Σ_c combination_a(c) · weights_b(c)` of parts a and b. */
export type PartSums = readonly (readonly Ext[])[];

export const sumParts = (memory: ProofMemory, products: readonly Product[], rowVars: number): PartSums => {
  const sums = Array.from({ length: PARTS }, () => Array.from({ length: PARTS }, () => ZERO));
  for (const { combination, weights } of products) {
    for (const claim of weights.claims) addClaim(memory, sums, combination, claim, rowVars - AHEAD);
    if (weights.others !== null) addExplicit(memory, sums, combination, weights.others);
  }
  return sums;
};

type Sums = Ext[][];

/** The coordinates of each part. */
const CORNERS = Array.from({ length: PARTS }, (_, part) =>
  Array.from({ length: AHEAD }, (_, j) => ext(Math.floor(part / 2 ** j) % 2)),
);

/** Of a claim, whose weights in all parts are those in one of them but for a factor. */
const addClaim = (
  memory: ProofMemory,
  sums: Sums,
  combination: ExtVector | BaseVector,
  claim: WeighedColumns,
  partVars: number,
): void => {
  const mark = memory.mark();
  const vars = Math.min(claim.columnPoint.length, partVars);
  const table = memory.ext(2 ** vars);
  eqInto(memory, table, claim.columnPoint.slice(0, vars), claim.weight);
  const factors = CORNERS.map((corner) => columnWeight(claim, corner, partVars));
  for (const [a, own] of sums.entries()) {
    const from = 2 ** partVars * a + (claim.column % 2 ** partVars);
    const sum = dot(memory, combination, from, table);
    for (const [b, factor] of factors.entries()) own[b] = add(own[b]!, mul(factor, sum));
  }
  memory.release(mark);
};

const addExplicit = (
  memory: ProofMemory,
  sums: Sums,
  combination: ExtVector | BaseVector,
  weights: ExtVector,
): void => {
  const length = weights.length / PARTS;
  for (const [a, own] of sums.entries()) {
    for (const b of own.keys()) {
      own[b] = add(
        own[b]!,
        dot(memory, combination, length * a, { ...weights, address: weights.address + 4 * length * b, length }),
      );
    }
  }
};

/** `Σ_i vector(from + i) · weights(i)`. */
const dot = (memory: ProofMemory, vector: ExtVector | BaseVector, from: number, weights: ExtVector): Ext => {
  const { kernels } = memory;
  const mark = memory.mark();
  const out = memory.take(16);
  const at = vector.address + 4 * from;
  const { address, stride, length } = weights;
  if (isExtVector(vector)) kernels.dotExt(out, at, vector.stride, address, stride, length);
  else kernels.dotBase(out, at, address, stride, length);
  memory.release(mark);
  return memory.element(out);
};

/** The round that binds the highest bit of the parts. */
export const roundOfParts = (sums: PartSums): Quadratic => {
  const half = sums.length / 2;
  let [atZero, leading] = [ZERO, ZERO];
  for (let i = 0; i < half; i++) {
    const [low, high] = [sums[i]!, sums[half + i]!];
    atZero = add(atZero, low[i]!);
    leading = add(leading, sub(add(low[i]!, high[half + i]!), add(low[half + i]!, high[i]!)));
  }
  return { atZero, leading };
};

export const bindParts = (sums: PartSums, challenge: Ext): PartSums => {
  const half = sums.length / 2;
  const between = (low: Ext, high: Ext): Ext => add(low, mul(challenge, sub(high, low)));
  const bound = (own: readonly Ext[]): Ext[] => own.slice(0, half).map((low, i) => between(low, own[half + i]!));
  const rows = sums.map(bound);
  return rows.slice(0, half).map((low, i) => low.map((one, j) => between(one, rows[half + i]![j]!)));
};
