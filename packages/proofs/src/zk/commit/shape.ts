/**
 * How a matrix is committed to: each row is a polynomial of `2^rowVars` coefficients that are its values and `randomness` ones
 * that are nobody's, encoded by the circle code of 2^(rowVars + blowupVars) values; the columns of the code words are the leaves
 * of a tree.
 */
import { HASH_BYTES, type TreeShape } from './tree.ts';

/** A code word is four times as long as its row. */
const BLOWUP_VARS = 2;

/**
 * Nodes of a lean matrix, but for its root: two that are one take 2^96 hashes to find, as a false proof does. A commitment that is a
 * name has whole digests.
 */
const SHORT_NODE_BYTES = 24;

export type MatrixShape = {
  readonly rows: number;
  /** A row has 2^rowVars values; at least {@link LEAST_ROW_VARS}. */
  readonly rowVars: number;
  /** Random coefficients of each row behind its values, so that as many columns tell nothing of them; 0 hides nothing. */
  readonly randomness: number;
  /**
   * Of a matrix that is made for the one proof that opens it, and sampled there: a level, or the witness of a proof that hides and
   * binds nothing. A code word is 2^blowupVars times as long as its row, and words are decoded to lists. Of others it is
   * {@link BLOWUP_VARS}, and they are decoded uniquely.
   */
  readonly blowupVars?: number;
  /** Of a proof that hides and binds nothing, which is to be short: nodes of its tree are, and challenges may err more (soundness.ts). */
  readonly lean?: true;
};

/** The kernels transform 16 values at a time. */
export const LEAST_ROW_VARS = 4;
/** Twiddles, a code word of a row and the indices of columns stay within 32 bits. */
export const MOST_ROW_VARS = 20;

export const width = ({ rowVars }: Pick<MatrixShape, 'rowVars'>): number => 2 ** rowVars;

/** Whether words are decoded to lists. */
export const isListed = ({ blowupVars }: Pick<MatrixShape, 'blowupVars'>): boolean => blowupVars !== undefined;

export const blowupOf = ({ blowupVars = BLOWUP_VARS }: Pick<MatrixShape, 'blowupVars'>): number => blowupVars;

export const codeLength = (shape: Pick<MatrixShape, 'rowVars' | 'blowupVars'>): number =>
  2 ** (shape.rowVars + blowupOf(shape));

/** Words of a row with its randomness, as many as the kernels read. */
export const storedWidth = (shape: MatrixShape): number => width(shape) + Math.ceil(shape.randomness / 4) * 4;

export const treeShape = (shape: Pick<MatrixShape, 'rowVars' | 'blowupVars' | 'lean'>): TreeShape => ({
  leaves: codeLength(shape),
  nodeBytes: shape.lean ? SHORT_NODE_BYTES : HASH_BYTES,
});

const DOMAIN = new TextEncoder().encode('surety:columns:v1');

/**
 * First block of every leaf: 0x00 (a leaf, as in RFC 9162) and what the matrix is, so that its root says that too; how long code
 * words are is how deep the tree is.
 */
export const leafPrefix = ({ rows, rowVars, randomness }: MatrixShape): Uint8Array => {
  const block = new Uint8Array(64);
  block.set(DOMAIN, 1);
  const view = new DataView(block.buffer);
  for (const [i, number] of [rows, rowVars, randomness].entries()) view.setUint32(32 + 4 * i, number);
  return block;
};
