/**
 * A claim as an opening takes it: of rank one, `Σ_i Σ_c eq(rowPoint, i) · eq(columnPoint, c) · M[row + i][column + c]` over the
 * rows that are there.
 */
import { SuretyError } from '@surety/core';
import { type Ext, mul } from '../field/ext.ts';
import { eqAt, eqPoints } from '../field/multilinear.ts';
import type { Claim } from './place.ts';
import { type MatrixShape, width } from './shape.ts';

export type Term = {
  readonly matrix: number;
  /** First row. */
  readonly row: number;
  readonly rows: number;
  readonly rowPoint: readonly Ext[];
  /** First column, a multiple of as many as there are: 0 where they are a whole row. */
  readonly column: number;
  readonly columnPoint: readonly Ext[];
};

/**
 * `eq` of the columns of a term at a point, of the variables from `from` on: all of them unless stated. What is left of it is `eq` of
 * the term's own coordinates below.
 * @param point of those variables, the lowest first
 */
export const columnWeight = (
  { column, columnPoint }: Pick<Term, 'column' | 'columnPoint'>,
  point: readonly Ext[],
  from = 0,
): Ext => {
  const own = columnPoint.slice(from);
  const above = Math.max(columnPoint.length, from);
  return mul(eqPoints(own, point.slice(0, own.length)), eqAt(point.slice(own.length), Math.floor(column / 2 ** above)));
};

/** @throws SuretyError `internal` for a claim on what is not in the stack: no proof makes one */
export const termOf = (
  { place, point }: Pick<Claim<unknown>, 'place' | 'point'>,
  shapes: readonly MatrixShape[],
): Term => {
  const { matrix, offset, vars } = place;
  const shape = shapes[matrix];
  const rowVars = shape?.rowVars ?? 0;
  const size = width({ rowVars });
  const row = Math.floor(offset / size);
  const fits = shape !== undefined && row < shape.rows && point.length === vars;
  if (!fits || offset % 2 ** Math.min(vars, rowVars) !== 0) throw outside(place);
  if (vars <= rowVars) {
    return { matrix, row, rows: 1, rowPoint: [], column: offset % size, columnPoint: point };
  }
  const rows = Math.min(place.rows ?? Number.POSITIVE_INFINITY, 2 ** (vars - rowVars), shape.rows - row);
  return { matrix, row, rows, rowPoint: point.slice(rowVars), column: 0, columnPoint: point.slice(0, rowVars) };
};

const outside = ({ matrix, offset, vars }: Claim<unknown>['place']): SuretyError =>
  new SuretyError({
    code: 'internal',
    message: `A claim is on 2^${vars} values from ${offset} of matrix ${matrix}, which are not committed to so.`,
    next: 'Report this as a defect.',
    field: 'place',
  });
