/**
 * How the combination of all rows is opened. It is sent where it is short. Where it is long it is committed to as a matrix of its
 * own, the first level, of a code of a lower rate: a sumcheck over the rows of that matrix leaves one combination of them, much
 * shorter, to be opened in the same way (recursive openings: Novakovic and Angeris, Ligerito, 2025; Arnon, Chiesa, Fenzi and
 * Yogev, WHIR, 2024/1586).
 */
import { codeLength, LEAST_ROW_VARS, type MatrixShape, width } from './shape.ts';
import { type CodeShape, queriesOf } from './soundness.ts';
import { HASH_BYTES } from './tree.ts';

export type Level = {
  /** Variables of the row that are bound: the matrix has 2^foldVars rows. */
  readonly foldVars: number;
  /** Each of the rows lies in four of the base field, one a coordinate. */
  readonly shape: MatrixShape;
};

/** Words of the base field in an element. */
export const COORDINATES = 4;

/** Code words of levels are 8 times as long as their rows: lower rates save few columns, and take as many times longer. */
const BLOWUP_VARS = 3;

/** Bits of the index of a coefficient of a combination: random ones lie behind as many others. */
export const messageVars = ({ rowVars, randomness }: CodeShape): number => rowVars + (randomness > 0 ? 1 : 0);

/** Coefficients of a combination. */
export const messageLength = (code: CodeShape): number => width(code) + code.randomness;

const levelOf = (vars: number, foldVars: number): Level => ({
  foldVars,
  shape: { rows: COORDINATES * 2 ** foldVars, rowVars: vars - foldVars, randomness: 0, blowupVars: BLOWUP_VARS },
});

/** At every level of the tree each leaf wants one node at most, and half of the level is known. */
export const mostNodeBytes = (code: CodeShape, queries: number): number => {
  let nodes = 0;
  for (let count = codeLength(code); count > 1; count /= 2) nodes += Math.min(queries, count / 2);
  return nodes * HASH_BYTES;
};

const levelBytes = ({ foldVars, shape }: Level): number => {
  const queries = queriesOf(shape);
  return HASH_BYTES + 32 * foldVars + 4 * shape.rows * queries + mostNodeBytes(shape, queries);
};

type Way = { readonly levels: readonly Level[]; readonly bytes: number };

const ways = new Map<number, Way>();

/** The shortest way to open a row of 2^vars elements. */
const wayOf = (vars: number): Way => {
  const known = ways.get(vars);
  if (known !== undefined) return known;
  let best: Way = { levels: [], bytes: 16 * 2 ** vars };
  for (let foldVars = 1; foldVars <= vars - LEAST_ROW_VARS; foldVars++) best = shorter(best, through(vars, foldVars));
  ways.set(vars, best);
  return best;
};

const through = (vars: number, foldVars: number): Way => {
  const level = levelOf(vars, foldVars);
  const rest = wayOf(vars - foldVars);
  return { levels: [level, ...rest.levels], bytes: levelBytes(level) + rest.bytes };
};

const shorter = (a: Way, b: Way): Way => (b.bytes < a.bytes ? b : a);

/** The shortest way to open a combination of rows of this code; of ways of one length the first, by variables bound. */
const combinationWay = (code: CodeShape): Way => {
  const { levels, bytes } = wayOf(messageVars(code));
  const sent = 16 * messageLength(code);
  return bytes < sent ? { levels, bytes } : { levels: [], bytes: sent };
};

/** The levels that a combination is opened through; none where it is sent. */
export const levelsOf = (code: CodeShape): readonly Level[] => combinationWay(code).levels;

/** Bytes of opening a combination, but for the columns that it is held against: the most, by nodes of the trees. */
export const combinationBytes = (code: CodeShape): number => combinationWay(code).bytes;
