/**
 * What a sub-protocol leaves to be opened: claims that the multilinear extension of committed values takes a value at a point.
 */
import type { Ext } from '../field/ext.ts';

/**
 * Where a polynomial lies among the values of a commitment: values `offset .. offset + 2^vars − 1` of its matrix, read row by
 * row. Of less than a row `offset` is a multiple of 2^vars, else of the row.
 */
export type Place = {
  /** Which of the matrices that are opened together: see the order in the statement. */
  readonly matrix: number;
  readonly offset: number;
  readonly vars: number;
  /**
   * Rows that belong to it, where it is longer than a row: what follows is not its own and counts as zero, as what is beyond
   * the matrix does. All of 2^vars values unless stated.
   */
  readonly rows?: number;
};

/** The matrix of places that are committed nowhere: their values follow from others. */
export const DERIVED = -1;

/** A point of the polynomial at a place. */
export type Evaluation<C = Ext> = { readonly place: Place; readonly point: readonly C[] };

/** The polynomial at `place` has `value` at `point` (lowest bit first). The prover's value is an `Ext`, the verifier's a `Form`. */
export type Claim<Value, C = Ext> = Evaluation<C> & { readonly value: Value };
