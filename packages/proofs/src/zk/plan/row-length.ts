/** The length of the rows of all matrices: what makes the opening shortest. */
import { chooseRowVars } from '../commit/parameters.ts';
import { LEAST_ROW_VARS } from '../commit/shape.ts';

/** @param lengths values of each matrix */
export const rowVarsFor = (lengths: readonly number[]): number => {
  // A proof that commits to nothing opens nothing.
  if (lengths.length === 0) return LEAST_ROW_VARS;
  return chooseRowVars((rowVars) =>
    lengths.map((length) => ({ rows: Math.max(Math.ceil(length / 2 ** rowVars), 1), rowVars, randomness: 0 })),
  );
};
