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
  treeShape,
  width,
} from './shape.ts';
import { growTree, HASH_BYTES, type Tree, treeBytes } from './tree.ts';

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
  /** Parts of code words that are not kept are so long together, unless a block of each is longer; {@link AT_ONCE_BYTES} unless stated. */
  readonly atOnceBytes?: number;
};

export const AT_ONCE_BYTES = 2 ** 27;

/** Bytes that {@link commitMatrix} takes and keeps. */
export const commitmentBytes = (shape: MatrixShape, { keep = true }: CommitOptions = {}): number => {
  const length = codeLength(shape);
  return (
    4 * shape.rows * storedWidth(shape) +
    (keep ? encodedBytesAtOnce(shape, { keep }) : 0) +
    treeBytes(length) +
    (shape.randomness > 0 ? SALT_BYTES * length : 0)
  );
};

/** Code words are blocks as long as their rows: how many of each are in memory together, a power of two. */
const blocksAtOnce = (shape: MatrixShape, { keep = true, atOnceBytes = AT_ONCE_BYTES }: CommitOptions): number => {
  let blocks = 2 ** blowupOf(shape);
  while (!keep && blocks > 1 && shape.rows * strideOf(shape, blocks) > atOnceBytes) blocks /= 2;
  return blocks;
};

/** A little more than blocks of a code word, so that the words of a column do not all fall on the same lines of a cache. */
const strideOf = (shape: MatrixShape, blocks: number): number => 4 * blocks * width(shape) + 64;

/** Bytes of code words that lie in memory while columns are hashed: all that are kept. */
export const encodedBytesAtOnce = (shape: MatrixShape, options: CommitOptions = {}): number =>
  shape.rows * strideOf(shape, blocksAtOnce(shape, options));

/**
 * Encodes rows and hashes the columns: all of them, or where code words are not kept a part of each row and those columns.
 * @param fill writes the 2^rowVars elements of M31 of a row; must not take memory
 * @param random gives so many uniform elements that nobody can guess
 * @throws SuretyError `program.too-large` if the memory does not hold it
 */
export const commitMatrix = (
  memory: ProofMemory,
  shape: MatrixShape,
  fill: (row: number, words: Uint32Array) => void,
  random: (count: number) => Uint32Array = randomWords,
  options: CommitOptions = {},
): Committed => {
  check(shape);
  const stored = storedWidth(shape);
  const length = codeLength(shape);
  const rows = memory.base(shape.rows * stored);
  const { keep = true } = options;
  const blocks = blocksAtOnce(shape, options);
  const strideBytes = strideOf(shape, blocks);
  const tree: Tree = { address: memory.take(treeBytes(length)), ...treeShape(shape) };
  const salts = shape.randomness > 0 ? memory.take(SALT_BYTES * length) : 0;
  const made = memory.mark();
  const encoded = memory.take(shape.rows * strideBytes);
  const mark = memory.mark();
  const encode = encoder(memory, shape, rows);
  const fillRow = (row: number): void => {
    const at = rows.address + 4 * row * stored;
    const words = memory.words({ address: at, length: stored });
    fill(row, words.subarray(0, width(shape)));
    if (shape.randomness === 0) return;
    words.fill(0, width(shape));
    words.set(random(shape.randomness), width(shape));
  };
  const columns = blocks * width(shape);
  for (let first = 0; first < length; first += columns) {
    for (let row = 0; row < shape.rows; row++) {
      if (first === 0) fillRow(row);
      encode(row, encoded + row * strideBytes, first / width(shape), blocks);
    }
    // A salt is four elements: about 124 bits.
    if (first === 0 && salts !== 0) {
      memory.words({ address: salts, length: SALT_WORDS * length }).set(random(SALT_WORDS * length));
    }
    memory.settle();
    const out = tree.address + HASH_BYTES * first;
    const own = salts === 0 ? 0 : salts + SALT_BYTES * first;
    hashColumns(memory, shape, { matrix: encoded, strideBytes, columns, salts: own, out });
  }
  memory.release(keep ? mark : made);
  const kept = keep ? { address: encoded, strideBytes } : null;
  return { root: growTree(memory, tree), shape, rows, encoded: kept, salts, tree };
};

/** Writes blocks of a row's code word. */
type Encode = (row: number, out: number, first: number, count: number) => void;

/** Takes room. */
const encoder = (memory: ProofMemory, shape: MatrixShape, rows: BaseVector): Encode => {
  const length = codeLength(shape);
  const table = memory.base((3 * length) / 4);
  const scratch = memory.take(memory.threads * 4 * width(shape));
  memory.kernels.makeTwiddles(table.address, Math.log2(length));
  const { rowVars, randomness } = shape;
  return (row, out, first, count) => {
    const at = rows.address + 4 * row * storedWidth(shape);
    const end = first + count;
    memory.kernels.encode(out, at, rowVars, blowupOf(shape), randomness, table.address, scratch, first, end);
  };
};

/** Says where the code word of a row lies, until another is asked for. Takes room where they are made again. */
export const codeWords = (memory: ProofMemory, { shape, rows, encoded }: Committed): ((row: number) => number) => {
  if (encoded !== null) return (row) => encoded.address + row * encoded.strideBytes;
  const word = memory.base(codeLength(shape));
  const encode = encoder(memory, shape, rows);
  return (row) => {
    encode(row, word.address, 0, 2 ** blowupOf(shape));
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
