/**
 * How matrices are made that several proofs open: from the number of proofs alone, so that data can be committed to before
 * anybody knows what will be trained on them.
 */
import { ok, type Problem, type Result, refuse } from '@surety/core';
import { randomnessFor } from '../commit/soundness.ts';

/** Proofs that may open a matrix. Two at least: a state goes out of one and into another. */
export const OPENINGS = { least: 2, most: 64 } as const;

/** Rows of 4,096 values: within a tenth of the shortest proofs of small models, whatever their widths. */
const LEAST_ROW_VARS = 12;

export type Room = { readonly openings: number; readonly rowVars: number; readonly randomness: number };

const outside = (openings: number): Problem => ({
  code: 'proof.unsupported',
  message: `No matrix can be opened in ${openings} proofs.`,
  next: 'Commit for another number of proofs; each step that reads a batch opens it once.',
  field: 'openings',
  value: `${openings}`,
  limit: `${OPENINGS.least} .. ${OPENINGS.most}`,
});

/** The shortest rows, from 4,096 values, in which there is room for what hides them in so many proofs. */
export const roomFor = (openings: number): Result<Room> => {
  const { least, most } = OPENINGS;
  if (!Number.isSafeInteger(openings) || openings < least || openings > most) return refuse(outside(openings));
  for (let rowVars = LEAST_ROW_VARS; ; rowVars++) {
    const randomness = randomnessFor(rowVars, openings);
    if (randomness !== null) return ok({ openings, rowVars, randomness });
  }
};
