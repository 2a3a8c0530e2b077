/** What a claim's value is, for a prover that has not computed it on the way. */
import type { Ext } from '../field/ext.ts';
import { ONE } from '../field/ext.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import type { Committed } from './commit.ts';
import type { Claim } from './place.ts';
import { addCombination, eqInto } from './products.ts';
import { storedWidth } from './shape.ts';
import { termOf } from './terms.ts';

/**
 * The rows of a claim combined by `eq` of its row coordinates, randomness included: what {@link open} takes as its fold. Its
 * first 2^rowVars elements combined by `eq` of the column coordinates are the value.
 */
export const foldClaim = (
  memory: ProofMemory,
  stack: readonly Committed[],
  claim: Pick<Claim<unknown>, 'place' | 'point'>,
): ExtVector => {
  const term = termOf(claim, shapesOf(stack));
  const committed = stack[term.matrix]!;
  const fold = memory.ext(storedWidth(committed.shape));
  memory.bytes(fold.address, 4 * fold.stride).fill(0);
  const mark = memory.mark();
  const coefficients = memory.ext(2 ** term.rowPoint.length);
  eqInto(memory, coefficients, term.rowPoint, ONE);
  addCombination(memory, committed, fold, term.row, term.rows, coefficients);
  memory.release(mark);
  return fold;
};

export const evaluateClaim = (
  memory: ProofMemory,
  stack: readonly Committed[],
  claim: Pick<Claim<unknown>, 'place' | 'point'>,
): Ext => {
  const mark = memory.mark();
  const value = foldedValue(memory, stack, claim, foldClaim(memory, stack, claim));
  memory.release(mark);
  return value;
};

/** @param fold what {@link foldClaim} makes of the claim */
export const foldedValue = (
  memory: ProofMemory,
  stack: readonly Committed[],
  claim: Pick<Claim<unknown>, 'place' | 'point'>,
  fold: ExtVector,
): Ext => {
  const { column, columnPoint } = termOf(claim, shapesOf(stack));
  return valueAt(memory, { ...fold, address: fold.address + 4 * column }, columnPoint);
};

/** What the first 2^vars elements of a vector take at a point of so many coordinates. */
export const valueAt = (memory: ProofMemory, { address, stride }: ExtVector, point: readonly Ext[]): Ext => {
  const mark = memory.mark();
  const table = memory.ext(2 ** point.length);
  eqInto(memory, table, point, ONE);
  const out = memory.take(16);
  memory.kernels.dotExt(out, address, stride, table.address, table.stride, table.length);
  memory.release(mark);
  return memory.element(out);
};

const shapesOf = (stack: readonly Committed[]): Committed['shape'][] => stack.map(({ shape }) => shape);
