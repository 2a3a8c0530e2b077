/**
 * `argmax` whose indices everybody knows: outputs of a program. That each is the first of the largest is that every margin
 *
 *     E(row, j) = x(row, index) − x(row, j) − (j < index ? 1 : 0)
 *
 * is at least 0: margins are looked up in a range. They need not be committed: a claim on them is one on x.
 */
import { elements, type Interval, type Shape, type Tensor, type ValueId } from '@surety/programs';
import { ProofError } from '../channel/problem.ts';
import type { Arithmetic } from '../field/arithmetic.ts';
import { bitsOf } from '../field/multilinear.ts';
import { varsOf } from './axes.ts';
import type { Sum } from './linear.ts';
import { eachRun } from './vectors.ts';
import { scattered } from './weights.ts';

/** What margins range over, of an operand with this range. */
export const marginRange = ({ low, high }: Interval): Interval => ({ low: 0, high: high - low });

/** The margins of the operand, in its shape. */
export const marginsOf = ({ shape, values }: Tensor, { values: indices }: Tensor): Int32Array => {
  const size = shape.at(-1)!;
  return Int32Array.from(values, (value, at) => {
    const row = Math.floor(at / size);
    const index = indices[row]!;
    return values[row * size + index]! - value - (at % size < index ? 1 : 0);
  });
};

/** Where each row of the operand lies padded. */
const paddedRows = (rows: Shape): Uint32Array => {
  const all = new Uint32Array(elements(rows));
  eachRun(rows, (from, to, length) => {
    for (let i = 0; i < length; i++) all[from + i] = to + i;
  });
  return all;
};

/**
 * The margins at a point of the operand's shape.
 * @param indices what the result is said to be
 * @throws ProofError for an index that the operand does not have
 */
export const marginSum = <C>(
  { number, add, mul, neg, below, eqAt }: Arithmetic<C>,
  operand: { readonly id: ValueId; readonly shape: Shape },
  { values }: Tensor,
  point: readonly C[],
): Sum<C> => {
  const { id, shape } = operand;
  const size = shape.at(-1)!;
  if (values.some((index) => index < 0 || index >= size)) throw new ProofError('an index is beyond the operand');
  const vars = bitsOf(size);
  const [place, rows] = [point.slice(0, vars), point.slice(vars)];
  const from = paddedRows(shape.slice(0, -1));
  let before = number(0);
  for (const [row, index] of values.entries()) before = add(before, mul(eqAt(rows, from[row]!), below(place, index)));
  const weights = scattered(varsOf(shape), [{ point: rows, scale: number(1) }], {
    to: from.map((row, i) => row * 2 ** vars + values[i]!),
    from,
  });
  return {
    constant: neg(before),
    parts: [
      { operand: id, coefficient: below(place, size), axes: [{ weights }] },
      { operand: id, coefficient: number(-1), axes: [{ at: point }] },
    ],
  };
};
