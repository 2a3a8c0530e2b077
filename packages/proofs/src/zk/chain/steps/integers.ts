/** Steps that sum the values of a tensor of the data, weighed by their places along each axis. */
import { assertInvariant } from '@surety/core';
import { DTYPE_BYTES, DTYPE_CODE, type Interval, type Shape, type TensorType } from '@surety/programs';
import { bitsOf } from '../../field/multilinear.ts';
import { type Axis, axisVars } from '../../relations/linear.ts';
import { eachRun } from '../../relations/vectors.ts';
import { added, type Term } from './sums.ts';
import { STEPS, type StepValue } from './values.ts';
import { spreadSteps } from './weights.ts';
import type { Maker, ProgramWriter, Ref } from './writer.ts';

/** Integers that one instruction folds: 2^6. */
const PIECE_VARS = 6;

/** A tensor that lies in the data from `offset` on, all of whose values have to be in a range. */
export type DataTensor = { readonly type: TensorType; readonly range: Interval; readonly offset: number };

/** Neighbours along the last axis: from which value on, where that lies in the padded tensor, and how many. */
type Piece = { readonly first: number; readonly padded: number; readonly count: number };

const piecesOf = (shape: Shape, each: number): readonly Piece[] => {
  const pieces: Piece[] = [];
  eachRun(shape, (from, to, length) => {
    for (let at = 0; at < length; at += each) {
      pieces.push({ first: from + at, padded: to + at, count: Math.min(each, length - at) });
    }
  });
  return pieces;
};

/** What a place counts along one axis, by its index there. */
const weightsAlong = (book: ProgramWriter, axis: Axis<StepValue>): ((index: number) => StepValue) => {
  if ('at' in axis) return (index) => STEPS.eqAt(axis.at, index);
  assertInvariant(
    'weights' in axis && axis.weights.kind === 'scattered',
    'Values of the data are weighed axis by axis.',
  );
  const spread = spreadSteps(book, axis.weights);
  return (index) => spread.get(index) ?? STEPS.number(0);
};

/**
 * `Σ_j Π_axes weight(j)·value j`.
 * @param axes that all bits of a place belong to, outermost first
 */
export const integerSteps = (
  book: ProgramWriter,
  { type: { dtype, shape }, range, offset }: DataTensor,
  axes: readonly Axis<StepValue>[],
): Ref => {
  const bytes = DTYPE_BYTES[dtype];
  const last = axes.at(-1);
  // What is at a point along the last axis is folded by its lowest coordinates; else values are weighed one by one.
  const along = last !== undefined && 'at' in last ? last.at : [];
  const vars = Math.min(bitsOf(shape.at(-1) ?? 1), along.length, PIECE_VARS);
  const [low, high] = [along.slice(0, vars), along.slice(vars)];
  const all: readonly Axis<StepValue>[] = 'at' in (last ?? {}) ? [...axes.slice(0, -1), { at: high }] : axes;
  const weights = all.map((axis) => ({ vars: axisVars(axis), of: weightsAlong(book, axis) })).reverse();
  const weightOf = ({ padded }: Piece): StepValue => {
    let rest = padded / 2 ** vars;
    return weights.reduce((product, axis) => {
      const index = rest % 2 ** axis.vars;
      rest = (rest - index) / 2 ** axis.vars;
      return STEPS.mul(product, axis.of(index));
    }, STEPS.number(1));
  };
  // Values that nothing counts have to be in their range as well.
  const terms = piecesOf(shape, 2 ** vars).map((piece): Term => {
    const place = offset + piece.first * bytes;
    const weight = weightOf(piece);
    const make: Maker = (step) => {
      const own = step.integers(low, DTYPE_CODE[dtype], range, piece.count, place);
      return 'known' in weight && weight.known === 1 ? own : step.mul(own, step.value(weight));
    };
    return { make, offset: place, bytes: piece.count * bytes };
  });
  return added(book, terms);
};

/** The extension of a tensor of the data at a point. */
export const evaluateSteps = (book: ProgramWriter, tensor: DataTensor, point: readonly StepValue[]): Ref =>
  integerSteps(book, tensor, [{ at: point }]);
