/** All rows of a matrix, as one polynomial. */
import type { Place } from '../commit/place.ts';
import { bitsOf } from '../field/multilinear.ts';
import type { Layout } from './plan.ts';

export const wholeOf = ({ matrices, rowVars }: Layout, matrix = 0): Place => {
  const { rows } = matrices[matrix]!;
  return { matrix, offset: 0, vars: rowVars + bitsOf(rows), rows };
};
