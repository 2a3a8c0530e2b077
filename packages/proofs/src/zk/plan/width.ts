/** How wide the rows of all matrices of a proof are, and how long their code words. */
import { BLINDING_ROWS } from '../commit/hidden.ts';
import { chooseCode, LEAN, type ProofShapes, type RowCode, UNIQUE } from '../commit/parameters.ts';
import { LEAST_ROW_VARS, type MatrixShape } from '../commit/shape.ts';
import { randomnessFor } from '../commit/soundness.ts';

/** What proving does besides committing, as bytes that are encoded and hashed in the same time: measured, on one thread. */
const OTHER_BYTES = {
  /** Runs, looks up and relates a value. */
  witness: 80,
  /** Folds a word of hidden constants, and combines it in the opening. */
  weights: 2,
} as const;

/**
 * The code of the rows of all matrices that makes openings shortest, but for proving much longer.
 * @param weights values of the hidden constants, 0 for none
 * @param lengths values of each other matrix, the witness last
 * @param proofs how many proofs something hides in
 */
export const codeFor = (weights: number, lengths: readonly number[], proofs: number): RowCode => {
  if (weights === 0 && lengths.length === 0) return { rowVars: LEAST_ROW_VARS };
  const shapesOf = ({ rowVars, ...listed }: RowCode): ProofShapes | null => {
    if (rowVars > MOST_ROW_VARS) return null;
    const randomness = proofs === 0 ? 0 : randomnessFor(rowVars, proofs);
    if (randomness === null) return null;
    const shapeOf = (length: number, behind: number): MatrixShape => {
      return { rows: Math.ceil(length / 2 ** rowVars) + behind, rowVars, randomness, ...listed };
    };
    const made = lengths.map((length, i) =>
      shapeOf(length, proofs > 0 && i === lengths.length - 1 ? BLINDING_ROWS : 0),
    );
    return { made, opened: weights === 0 ? made : [shapeOf(weights, 0), ...made] };
  };
  const values = lengths.reduce((sum, length) => sum + length, 0);
  const others = OTHER_BYTES.witness * values + OTHER_BYTES.weights * weights;
  // A witness that hides nothing is opened in the one proof that it is made for.
  const once = weights === 0 && proofs === 0;
  return chooseCode(shapesOf, once ? LEAN : UNIQUE, others);
};

/** Of the shortest rows, as a power of two, that columns can hide in for so many proofs. */
export const leastHidingVars = (proofs: number): number => {
  let rowVars = LEAST_ROW_VARS;
  while (randomnessFor(rowVars, proofs) === null) rowVars++;
  return rowVars;
};

/** Longer rows would take more memory and time than they save bytes. */
const MOST_ROW_VARS = 17;
