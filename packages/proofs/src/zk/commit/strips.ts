/**
 * A matrix whose rows are no power of two long, stored as strips of columns that are: 1536 columns as 1024 and 512 side by
 * side take a quarter less than 2048. Each strip is a block of its own, with claims of its own: a value of the matrix, padded
 * by zeros, at a point is a sum of values of the strips.
 */
import type { Ext } from '../field/ext.ts';
import { eqAt } from '../field/multilinear.ts';

export type Strip = {
  /** First column. */
  readonly first: number;
  /** It has 2^vars columns. */
  readonly vars: number;
};

/** Parts of the padded width in which it is rounded up: a strip costs a claim, so there are at most three. */
const PARTS = 8;

/** The strips of so many columns, the widest first. */
export const stripsOf = (columns: number): Strip[] => {
  const bits = Math.ceil(Math.log2(columns));
  const unit = Math.max(2 ** bits / PARTS, 1);
  const rounded = Math.ceil(columns / unit) * unit;
  const strips: Strip[] = [];
  for (let vars = bits; vars >= 0; vars--) {
    const first = strips.reduce((sum, strip) => sum + 2 ** strip.vars, 0);
    if (first + 2 ** vars <= rounded) strips.push({ first, vars });
  }
  return strips;
};

/**
 * What a strip's value counts in that of the matrix: `value(point) = Σ_strips weight · strip(point's lowest vars coordinates)`,
 * whatever the coordinates of the rows.
 * @param point coordinates of the columns of the whole matrix, lowest first
 */
export const stripWeight = ({ first, vars }: Strip, point: readonly Ext[]): Ext =>
  eqAt(point.slice(vars), first / 2 ** vars);
