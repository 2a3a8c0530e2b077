/** Committing to a matrix of values of the base field. */
import { SuretyError } from '@surety/core';
import type { BaseVector, ProofMemory } from '../memory.ts';
import { randomWords } from '../random.ts';
import {
  blowupOf,
  codeLength,
  LEAST_ROW_VARS,
  leafPrefix,
  type MatrixShape,
  MOST_ROW_VARS,
  storedWidth,
  width,
} from './shape.ts';
import { growTree, type Tree, treeBytes } from './tree.ts';

/** What a verifier knows of a matrix. */
export type Commitment = { readonly root: Uint8Array; readonly shape: MatrixShape };

const SALT_WORDS = 4;
export const SALT_BYTES = 4 * SALT_WORDS;

/** A matrix and all that opening it needs, in the memory of the proofs: release nothing from below it. */
export type Committed = Commitment & {
  /** Coefficients, row by row: values, randomness, and zeros up to {@link storedWidth}. */
  readonly rows: BaseVector;
  /** Code words, row by row; null if they are made again to be opened: see {@link codeWords}. */
  readonly encoded: { readonly address: number; readonly strideBytes: number } | null;
  /** Address of 16 bytes for each column; 0 for none. */
  readonly salts: number;
  readonly tree: Tree;
};

export type CommitOptions = {
  /** Whether code words stay in memory, so that opening need not make them again; true unless stated. */
  readonly keep?: boolean;
};

/** Bytes that {@link commitMatrix} takes and keeps. */
export const commitmentBytes = (shape: MatrixShape, { keep = true }: CommitOptions = {}): number => {
  const length = codeLength(shape);
  return (
    4 * shape.rows * storedWidth(shape) +
    (keep ? codeWordBytes(shape) : 0) +
    treeBytes(length) +
    (shape.randomness > 0 ? SALT_BYTES * length : 0)
  );
};

/** Bytes of all code words. */
export const codeWordBytes = (shape: MatrixShape): number => shape.rows * encodedStride(shape);

/** A little more than a code word, so that the words of a column do not all fall on the same lines of a cache. */
const encodedStride = (shape: MatrixShape): number => 4 * codeLength(shape) + 64;

/**
 * Encodes rows and hashes the columns.
 * @param fill writes the 2^rowVars elements of M31 of a row; must not take memory
 * @param random gives so many uniform elements that nobody can guess
 * @throws SuretyError `program.too-large` if the memory does not hold it
 */
export const commitMatrix = (
  memory: ProofMemory,
  shape: MatrixShape,
  fill: (row: number, words: Uint32Array) => void,
  random: (count: number) => Uint32Array = randomWords,
  { keep = true }: CommitOptions = {},
): Committed => {
  check(shape);
  const stored = storedWidth(shape);
  const length = codeLength(shape);
  const rows = memory.base(shape.rows * stored);
  const strideBytes = encodedStride(shape);
  const tree: Tree = { address: memory.take(treeBytes(length)), leaves: length };
  const salts = shape.randomness > 0 ? memory.take(SALT_BYTES * length) : 0;
  const made = memory.mark();
  const encoded = memory.take(codeWordBytes(shape));
  const mark = memory.mark();
  const encode = encoder(memory, shape, rows);
  for (let row = 0; row < shape.rows; row++) {
    const at = rows.address + 4 * row * stored;
    const words = memory.words({ address: at, length: stored });
    fill(row, words.subarray(0, width(shape)));
    if (shape.randomness > 0) {
      words.fill(0, width(shape));
      words.set(random(shape.randomness), width(shape));
    }
    encode(row, encoded + row * strideBytes);
  }
  // A salt is four elements: about 124 bits.
  if (salts !== 0) memory.words({ address: salts, length: SALT_WORDS * length }).set(random(SALT_WORDS * length));
  memory.settle();
  memory.release(mark);
  hashColumns(memory, shape, { matrix: encoded, strideBytes, columns: length, salts, out: tree.address });
  if (!keep) memory.release(made);
  const kept = keep ? { address: encoded, strideBytes } : null;
  return { root: growTree(memory, tree), shape, rows, encoded: kept, salts, tree };
};

/** Writes code words of rows. Takes room. */
const encoder = (memory: ProofMemory, shape: MatrixShape, rows: BaseVector): ((row: number, out: number) => void) => {
  const length = codeLength(shape);
  const table = memory.base((3 * length) / 4);
  const scratch = memory.take(memory.threads * 4 * width(shape));
  memory.kernels.makeTwiddles(table.address, Math.log2(length));
  return (row, out) => {
    const at = rows.address + 4 * row * storedWidth(shape);
    memory.kernels.encode(out, at, shape.rowVars, blowupOf(shape), shape.randomness, table.address, scratch);
  };
};

/** Says where the code word of a row lies, until another is asked for. Takes room where they are made again. */
export const codeWords = (memory: ProofMemory, { shape, rows, encoded }: Committed): ((row: number) => number) => {
  if (encoded !== null) return (row) => encoded.address + row * encoded.strideBytes;
  const word = memory.base(codeLength(shape));
  const encode = encoder(memory, shape, rows);
  return (row) => {
    encode(row, word.address);
    memory.settle();
    return word.address;
  };
};

const check = (shape: MatrixShape): void => {
  const { rows, rowVars, randomness } = shape;
  const right =
    Number.isSafeInteger(rows) &&
    rows >= 1 &&
    rows < 2 ** 26 &&
    rowVars >= LEAST_ROW_VARS &&
    rowVars <= MOST_ROW_VARS &&
    randomness >= 0 &&
    randomness <= width(shape);
  if (right) return;
  throw new SuretyError({
    code: 'program.too-large',
    message: `No matrix of ${rows} rows of 2^${rowVars} values and ${randomness} random ones can be committed to.`,
    next: 'Choose the width of the rows by the number of values, and allow fewer proofs for one commitment.',
    field: 'shape',
    value: `${rows}, ${rowVars}, ${randomness}`,
    limit: `2^26 rows, 2^${LEAST_ROW_VARS} to 2^${MOST_ROW_VARS} values, as many random ones`,
  });
};

/** Hashes of so many columns of words that lie row by row, 32 bytes each. */
export const hashColumns = (
  memory: ProofMemory,
  shape: MatrixShape,
  at: {
    readonly matrix: number;
    readonly strideBytes: number;
    /** A multiple of 4. */
    readonly columns: number;
    readonly salts: number;
    readonly out: number;
  },
): void => {
  const { kernels } = memory;
  const mark = memory.mark();
  const block = memory.take(64);
  const prefix = memory.take(128);
  const scratch = memory.take(memory.threads * kernels.columnScratch());
  memory.bytes(block, 64).set(leafPrefix(shape));
  kernels.hashPrefix(block, prefix, scratch);
  kernels.hashColumns(at.matrix, shape.rows, at.strideBytes, 0, at.columns, prefix, at.salts, at.out, scratch);
  memory.release(mark);
};
