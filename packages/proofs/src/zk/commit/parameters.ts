/** How wide to make the rows: short combinations against short columns. */
import { stackCode } from './batch.ts';
import { SALT_BYTES } from './commit.ts';
import { BLINDING_ROWS } from './hidden.ts';
import { codeLength, LEAST_ROW_VARS, type MatrixShape, MOST_ROW_VARS, storedWidth, width } from './shape.ts';
import { queriesOf } from './soundness.ts';
import { HASH_BYTES } from './tree.ts';

const EXT_BYTES = 16;
/** What lies between the planes of a vector and behind it, at most. */
const VECTOR_SPACING_BYTES = 4 * 64 + 64;

/** Bytes of an opening of matrices of these shapes: exactly but for the nodes of the trees, of which it is the most. */
export const openingBytes = (shapes: readonly MatrixShape[]): number => {
  const code = stackCode(shapes);
  const queries = queriesOf(code);
  const sumcheck = 32 * code.rowVars;
  const combination = 16 * (width(code) + code.randomness);
  const columns = shapes.map(
    ({ rows, randomness }) => queries * (4 * rows + (randomness > 0 ? SALT_BYTES : 0)) + mostNodes(code, queries),
  );
  return sumcheck + combination + columns.reduce((total, bytes) => total + bytes, 0);
};

/** At every level each leaf wants one node at most, and half of the level is known. */
const mostNodes = (code: MatrixShape, queries: number): number => {
  let nodes = 0;
  for (let count = codeLength(code); count > 1; count /= 2) nodes += Math.min(queries, count / 2);
  return nodes * HASH_BYTES;
};

/**
 * Bytes that opening takes beside the commitments, at most: a combination, weights and half a combination for each point that
 * claims are at, and for each row of pads.
 * @param padRows rows of pads; null where nothing is hidden
 */
export const openingMemoryBytes = (shapes: readonly MatrixShape[], claims: number, padRows: number | null): number => {
  const code = stackCode(shapes);
  const products = claims + (padRows === null ? 0 : padRows + BLINDING_ROWS / 4);
  const vectors = EXT_BYTES * (storedWidth(code) + 1.5 * width(code)) + 3 * VECTOR_SPACING_BYTES;
  const mostRows = Math.max(...shapes.map(({ rows }) => rows));
  const coefficients = EXT_BYTES * 2 ** Math.ceil(Math.log2(mostRows)) + VECTOR_SPACING_BYTES;
  const pads = ((padRows ?? 0) * EXT_BYTES * width(code)) / 4 + VECTOR_SPACING_BYTES;
  const combination = EXT_BYTES * storedWidth(code) + VECTOR_SPACING_BYTES;
  return products * vectors + coefficients + pads + combination;
};

/** Bytes that are encoded and hashed to commit, to which the time is proportional. */
export const encodedBytes = (shapes: readonly MatrixShape[]): number =>
  shapes.reduce((total, shape) => total + 4 * shape.rows * codeLength(shape), 0);

/**
 * The width (its logarithm) with the shortest opening.
 * @param shapesOf the matrices, one at least, as they are with rows of 2^rowVars values; null where they cannot be
 * @param mostEncodedBytes bound of {@link encodedBytes}, of which about 200 MB a second are done on one thread; widths beyond
 *   it are taken only if all are
 */
export const chooseRowVars = (
  shapesOf: (rowVars: number) => readonly MatrixShape[] | null,
  mostEncodedBytes = Number.POSITIVE_INFINITY,
): number => {
  const choices: { rowVars: number; opening: number; encoded: number }[] = [];
  for (let rowVars = LEAST_ROW_VARS; rowVars <= MOST_ROW_VARS; rowVars++) {
    const shapes = shapesOf(rowVars);
    if (shapes === null) continue;
    choices.push({ rowVars, opening: openingBytes(shapes), encoded: encodedBytes(shapes) });
  }
  const quick = choices.filter(({ encoded }) => encoded <= mostEncodedBytes);
  if (quick.length === 0) return choices.reduce((a, b) => (b.encoded < a.encoded ? b : a)).rowVars;
  return quick.reduce((a, b) => (b.opening < a.opening ? b : a)).rowVars;
};
