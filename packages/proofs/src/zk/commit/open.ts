/**
 * Opening claims on a stack of matrices of one row length. With `W_l` the rows of claim l combined by eq of its row point, the
 * claims are `Σ_c eq(columnPoint_l, c) · W_l(c) = v_l`; v_l may have values that were left (left.ts). Random weights make one sum of
 * them, a sumcheck over c takes it to one column point ρ, and there one combination u of all rows decides: it has to take the value
 * at ρ that the sumcheck left, and its code word to be that combination of the columns opened at random places (combination.ts).
 */
import { SuretyError } from '@surety/core';
import type { ProverChannel } from '../channel/channel.ts';
import { known } from '../channel/form.ts';
import { extBytes } from '../channel/open.ts';
import { add, type Ext, mul, ZERO } from '../field/ext.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import { drawWeights, inTheClear, stackCode, totalOf } from './batch.ts';
import { openCombination } from './combination.ts';
import type { Committed } from './commit.ts';
import type { HiddenProof } from './hidden.ts';
import type { LeftProof } from './left.ts';
import { messageVars } from './levels.ts';
import type { Claim } from './place.ts';
import {
  blindingOf,
  blindingProduct,
  padCount,
  padRows,
  productsOf,
  type RowWeights,
  type Weighted,
} from './products.ts';
import { type MatrixShape, storedWidth } from './shape.ts';
import { combine, sumColumns } from './sum-columns.ts';
import { termOf } from './terms.ts';
import { valueAt } from './value.ts';

export type OpenOptions = {
  /** Rows of claims, combined, that were already made (`foldClaim`), by number of the claim. */
  readonly folds?: ReadonlyMap<number, ExtVector>;
  readonly hidden?: HiddenProof;
  readonly left?: LeftProof;
};

/**
 * @param stack matrices with rows of one length, in the order of the statement
 * @param claims at least one; their values have been sent before
 */
export const open = (
  channel: ProverChannel,
  memory: ProofMemory,
  stack: readonly Committed[],
  claims: readonly Claim<Ext>[],
  { folds, hidden, left }: OpenOptions = {},
): void => {
  const mark = memory.mark();
  const shapes = stack.map(({ shape }) => shape);
  const code = stackCode(shapes);
  const { rowVars } = code;
  if (hidden !== undefined) requireBlinding(shapes, hidden, code.randomness);
  const u = memory.ext(2 ** messageVars(code));
  const kept = memory.mark();
  const length = storedWidth(code);
  const blinding = hidden === undefined ? [] : blindingOf(memory, stack, length, hidden.blinding);
  const blinded = blinding.reduce(
    (total, { combination, point }) => add(total, valueAt(memory, combination, point)),
    ZERO,
  );
  if (hidden !== undefined) channel.publish(extBytes([blinded]));

  const statements = (hidden ?? left)?.statements ?? [];
  const weights = drawWeights(channel, claims.length + statements.length + (hidden === undefined ? 0 : 1));
  const values = hidden?.values ?? left?.claimed ?? claims.map(({ value }) => known(value));
  const count = hidden === undefined ? (left?.values.length ?? 0) : padCount(hidden.pads, rowVars);
  const total = totalOf([...values, ...statements], weights, count);
  let sum = total.constant;
  let pads: readonly RowWeights[] = [];
  if (hidden !== undefined) {
    pads = padRows(memory, hidden.pads, total.unsent);
    sum = add(sum, mul(weights.at(-1)!, blinded));
  }
  const weighted = claims.map((claim, l): Weighted => {
    return { term: termOf(claim, shapes), weight: weights[l]!, fold: folds?.get(l) };
  });
  const unsent = (left?.values ?? []).map((value, k): Weighted => {
    return { term: termOf(value, shapes), weight: total.unsent[k]!, fold: undefined };
  });
  const products = [
    ...blinding.map((vector) => blindingProduct(vector, weights.at(-1)!)),
    ...productsOf(memory, stack, length, [...weighted, ...unsent], pads),
  ];
  const bound = sumColumns(inTheClear(channel), memory, products, sum, rowVars);
  combine(memory, u, products, bound.weights);
  memory.release(kept);
  openCombination(channel, memory, stack, code, u, bound.point);
  memory.release(mark);
};

/** @throws SuretyError `internal` where the blinding vectors would leave part of the combination uncovered: no plan does */
const requireBlinding = (shapes: readonly MatrixShape[], { blinding }: HiddenProof, randomness: number): void => {
  if (shapes[blinding.matrix]?.randomness === randomness) return;
  throw new SuretyError({
    code: 'internal',
    message: 'The matrix that blinds an opening has less randomness than another.',
    next: 'Report this as a defect.',
    field: 'stack',
  });
};
