/** How wide to make the rows, and how long their code words: few levels and little to encode against short and few columns. */
import { bitsOf } from '../field/multilinear.ts';
import { extVectorBytes } from '../memory.ts';
import { stackCode } from './batch.ts';
import { commitmentBytes, SALT_BYTES } from './commit.ts';
import { BLINDING_ROWS } from './hidden.ts';
import { combinationBytes, levelsOf, messageVars, mostNodeBytes } from './levels.ts';
import { lowerVars } from './places.ts';
import { codeLength, LEAST_ROW_VARS, type MatrixShape, MOST_ROW_VARS, storedWidth, width } from './shape.ts';
import { queriesOf } from './soundness.ts';
import { sumColumnsBytes } from './sum-columns.ts';

/** Bytes of an opening of matrices of these shapes: exactly but for the nodes of the trees, of which it is the most. */
export const openingBytes = (shapes: readonly MatrixShape[]): number => {
  const code = stackCode(shapes);
  const queries = queriesOf(code);
  const sumcheck = 32 * code.rowVars;
  const columns = shapes.map(
    ({ rows, randomness }) => queries * (4 * rows + (randomness > 0 ? SALT_BYTES : 0)) + mostNodeBytes(code, queries),
  );
  return sumcheck + combinationBytes(code) + columns.reduce((total, bytes) => total + bytes, 0);
};

/** Sums, challenges and a point. */
const SCALAR_BYTES = 1024;

/** How many products an opening sums (products.ts): combinations of rows, and rows as they are. */
export type ProductCounts = { readonly points: number; readonly rows: number };

/**
 * Bytes that opening takes beside the commitments, at most: the combination of all rows, and the products that it is made of or
 * the levels that it is opened through.
 * @param padRows rows of pads; null where nothing is hidden
 */
export const openingMemoryBytes = (
  shapes: readonly MatrixShape[],
  { points, rows }: ProductCounts,
  padRows: number | null,
): number => {
  const code = stackCode(shapes);
  const combinations = points + (padRows === null ? 0 : BLINDING_ROWS / 4);
  const mostRows = Math.max(...shapes.map((shape) => shape.rows));
  const combined = combinations * extVectorBytes(storedWidth(code)) + extVectorBytes(2 ** bitsOf(mostRows));
  // What the pads count, by themselves and as words of their rows.
  const pads = (padRows ?? 0) * (extVectorBytes(width(code)) + extVectorBytes(width(code) / 4));
  const summed = sumColumnsBytes(code.rowVars, combinations + rows + (padRows ?? 0));
  const u = extVectorBytes(2 ** messageVars(code));
  return u + Math.max(combined + pads + summed, levelsMemoryBytes(code)) + SCALAR_BYTES;
};

/** The weights of a row, the commitments of all levels, and what making them and their weights takes meanwhile. */
const levelsMemoryBytes = (code: MatrixShape): number => {
  const levels = levelsOf(code);
  if (levels.length === 0) return 0;
  const committed = levels.reduce((sum, { shape }) => sum + commitmentBytes(shape), 0);
  const weights = extVectorBytes(2 ** messageVars(code));
  const vars = messageVars(code);
  const low = lowerVars(vars);
  const queries = queriesOf(code);
  const places = 4 * queries * 2 ** low + extVectorBytes(queries * 2 ** (vars - low));
  const codeWord = 3 * codeLength(levels[0]!.shape);
  return weights + committed + Math.max(weights + places, codeWord);
};

/** Bytes that are encoded and hashed to commit, to which the time is proportional. */
export const encodedBytes = (shapes: readonly MatrixShape[]): number =>
  shapes.reduce((total, shape) => total + 4 * shape.rows * codeLength(shape), 0);

/** Bytes that are encoded and hashed for the levels of an opening. */
const levelsEncodedBytes = (code: MatrixShape): number => encodedBytes(levelsOf(code).map(({ shape }) => shape));

/** The matrices of a proof: all that are opened, and of these the ones that are committed to for every proof. */
export type ProofShapes = { readonly opened: readonly MatrixShape[]; readonly made: readonly MatrixShape[] };

/** What `MatrixShape` says of rows, their code words and the tree over these. */
export type RowCode = Pick<MatrixShape, 'rowVars' | 'blowupVars' | 'lean'>;

/** Rates of lean matrices: a lower one takes twice the time and a tree twice as long, and saves a fortieth of the largest proof. */
const LEAN_BLOWUP_VARS = [2, 3, 4] as const;

const WIDTHS = Array.from({ length: MOST_ROW_VARS - LEAST_ROW_VARS + 1 }, (_, i) => LEAST_ROW_VARS + i);

export type CodeChoice = {
  readonly codes: readonly RowCode[];
  /** How many halves of the least time proving may take. */
  readonly halves: number;
};

/** Of matrices that are opened in more than one proof, or hide something. */
export const UNIQUE: CodeChoice = { codes: WIDTHS.map((rowVars) => ({ rowVars })), halves: 3 };

/** Of one that is made for one proof and hides nothing. */
export const LEAN: CodeChoice = {
  codes: LEAN_BLOWUP_VARS.flatMap((blowupVars) =>
    WIDTHS.map((rowVars) => ({ rowVars, blowupVars, lean: true as const })),
  ),
  halves: 4,
};

/**
 * The code with the shortest opening, of those that do not lengthen proving too much.
 * @param shapesOf the matrices, one at least, as they are with rows of that code; null where they cannot be
 * @param otherBytes what else proving takes, as bytes that are encoded and hashed meanwhile: about 200 MB a second on one thread
 */
export const chooseCode = (
  shapesOf: (code: RowCode) => ProofShapes | null,
  { codes, halves }: CodeChoice,
  otherBytes = Number.POSITIVE_INFINITY,
): RowCode => {
  const choices: { code: RowCode; opening: number; bytes: number }[] = [];
  for (const code of codes) {
    const shapes = shapesOf(code);
    if (shapes === null) continue;
    const encoded = encodedBytes(shapes.made) + levelsEncodedBytes(stackCode(shapes.opened));
    choices.push({ code, opening: openingBytes(shapes.opened), bytes: encoded + otherBytes });
  }
  const least = choices.reduce((fewest, { bytes }) => Math.min(fewest, bytes), Number.POSITIVE_INFINITY);
  const quick = choices.filter(({ bytes }) => 2 * bytes <= halves * least);
  return quick.reduce((a, b) => (b.opening < a.opening ? b : a)).code;
};
