/** The length of the rows of all matrices: what makes the opening shortest. */
import { LEAST_ROW_VARS } from '../commit/shape.ts';
import { queriesOf } from '../commit/soundness.ts';

/** Bytes of an element of the extension, of a word, and of a hash. */
const EXT_BYTES = 16;
const WORD_BYTES = 4;
const HASH_BYTES = 32;

/** Longer rows make the combination of all rows longer than any proof should be. */
const MOST_ROW_VARS = 17;

/** @param lengths values of each matrix */
export const rowVarsFor = (lengths: readonly number[]): number => {
  let best = LEAST_ROW_VARS;
  let least = Number.POSITIVE_INFINITY;
  for (let vars = LEAST_ROW_VARS; vars <= MOST_ROW_VARS; vars++) {
    const rows = lengths.reduce((sum, length) => sum + Math.ceil(length / 2 ** vars), 0);
    const queries = queriesOf({ rowVars: vars, randomness: 0 });
    const hashes = lengths.length * Math.max(0, vars + 2 - Math.floor(Math.log2(queries)));
    // The combination of all rows; then the columns with the hashes that lead to the roots.
    const bytes = EXT_BYTES * 2 ** vars + queries * (WORD_BYTES * rows + HASH_BYTES * hashes);
    if (bytes < least) [best, least] = [vars, bytes];
  }
  return best;
};
