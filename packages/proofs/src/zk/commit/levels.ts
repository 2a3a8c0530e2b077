/**
 * How the combination of all rows is opened. It is sent where it is short. Where it is long it is committed to as a matrix of its
 * own, the first level, of a code of a lower rate: a sumcheck over the rows of that matrix leaves one combination of them, much
 * shorter, to be opened in the same way (recursive openings: Novakovic and Angeris, Ligerito, 2025; Arnon, Chiesa, Fenzi and
 * Yogev, WHIR, 2024/1586).
 */
import { codeLength, LEAST_ROW_VARS, type MatrixShape, treeShape, width } from './shape.ts';
import { type CodeShape, queriesOf } from './soundness.ts';
import { HASH_BYTES } from './tree.ts';

export type Level = {
  /** Variables of the row that are bound: the matrix has 2^foldVars rows, but for those at its end that are 0. */
  readonly foldVars: number;
  /** Each of the rows lies in four of the base field, one a coordinate. */
  readonly shape: MatrixShape;
};

/** Words of the base field in an element. */
export const COORDINATES = 4;

/**
 * How many times (the logarithm) code words may be as long as their rows: of the next level, and of later ones; all are lean or none.
 * No level encodes more words than the one before it, `mostWords` for the next.
 */
type Codes = Pick<MatrixShape, 'lean'> & {
  readonly next: readonly number[];
  readonly later: readonly number[];
  readonly mostWords: number;
};

/** Lower rates save columns and take longer; later levels have a small part of the elements of the first. */
const codesOver = ({ lean }: CodeShape): Codes => ({
  ...(lean ? { next: [5], later: [6, 7, 8, 9], lean } : { next: [4], later: [5] }),
  mostWords: Number.POSITIVE_INFINITY,
});

/** Bits of the index of a coefficient of a combination: random ones lie behind as many others. */
export const messageVars = ({ rowVars, randomness }: CodeShape): number => rowVars + (randomness > 0 ? 1 : 0);

/** Coefficients of a combination. */
export const messageLength = (code: CodeShape): number => width(code) + code.randomness;

/** A row to be opened: its coefficients, the bits of their index, and the codes of levels. */
type Row = { readonly length: number; readonly vars: number; readonly codes: Codes };

const levelOf = ({ length, vars, codes: { lean } }: Row, foldVars: number, blowupVars: number): Level => {
  const rowVars = vars - foldVars;
  const rows = COORDINATES * Math.ceil(length / 2 ** rowVars);
  return { foldVars, shape: { rows, rowVars, randomness: 0, blowupVars, ...(lean && { lean }) } };
};

const wordsOf = ({ shape }: Level): number => shape.rows * codeLength(shape);

/** At every level of the tree each leaf wants one node at most, and half of the level is known. */
export const mostNodeBytes = (code: CodeShape, queries: number): number => {
  let nodes = 0;
  for (let count = codeLength(code); count > 1; count /= 2) nodes += Math.min(queries, count / 2);
  return nodes * treeShape(code).nodeBytes;
};

const levelBytes = ({ foldVars, shape }: Level): number => {
  const queries = queriesOf(shape);
  return HASH_BYTES + 16 + 32 * foldVars + 4 * shape.rows * queries + mostNodeBytes(shape, queries);
};

type Way = { readonly levels: readonly Level[]; readonly bytes: number };

const sending = (length: number): Way => ({ levels: [], bytes: 16 * length });

const ways = new Map<string, Way>();

/** The shortest way to open a row: of ways of one length to send it, or to bind the fewest variables first, at the highest rate. */
const wayOf = (row: Row): Way => {
  const { next, lean, mostWords } = row.codes;
  const key = [row.length, row.vars, next, lean, mostWords].join();
  const known = ways.get(key);
  if (known !== undefined) return known;
  let best = sending(row.length);
  for (let foldVars = 1; foldVars <= row.vars - LEAST_ROW_VARS; foldVars++) {
    const levels = next.map((blowupVars) => levelOf(row, foldVars, blowupVars));
    for (const level of levels) if (wordsOf(level) <= mostWords) best = shorter(best, through(row, level));
  }
  ways.set(key, best);
  return best;
};

const through = (row: Row, level: Level): Way => {
  const { rowVars } = level.shape;
  const codes = { ...row.codes, next: row.codes.later, mostWords: wordsOf(level) };
  const rest = wayOf({ length: 2 ** rowVars, vars: rowVars, codes });
  return { levels: [level, ...rest.levels], bytes: levelBytes(level) + rest.bytes };
};

const shorter = (a: Way, b: Way): Way => (b.bytes < a.bytes ? b : a);

/**
 * Combinations of fewer coefficients are sent: below 64 KiB, where levels save little and take as long as all else. A contract that
 * checks a proof whole reads no levels, and rows an eighth as long.
 */
const SENT_LENGTH = 2 ** 12;

const combinationWay = (code: CodeShape): Way => {
  const length = messageLength(code);
  return length < SENT_LENGTH ? sending(length) : wayOf({ length, vars: messageVars(code), codes: codesOver(code) });
};

/** The levels that a combination is opened through; none where it is sent. */
export const levelsOf = (code: CodeShape): readonly Level[] => combinationWay(code).levels;

/** Bytes of opening a combination, but for the columns that it is held against: the most, by nodes of the trees. */
export const combinationBytes = (code: CodeShape): number => combinationWay(code).bytes;
