/**
 * What an opening leaves to chance, as exact fractions.
 *
 * The code. With `randomness` t its words are functions of degree at most (K − 1)/2 in x and y on the circle, K = C + t rounded
 * up to an odd number. Those have K dimensions and at most K − 1 zeros; the circle being a line (projected from one of its
 * points), they are a code of Reed and Solomon with its places scaled. Two words agree in at most K − 1 of n places, up to
 * e = ⌊(n − K)/2⌋ errors decode uniquely, and up to there affine lines have proximity gaps: unless the two words have code
 * words near them that they differ from in the same e places, at most n of all |F| points of the line through them are near
 * the code (Ben-Sasson, Carmon, Ishai, Kopparty and Saraf, 2020/654, theorem 4.1). The same holds of interleaved words (Diamond
 * and Gruen, 2024/1351, theorem 3.1) and hence, one coordinate at a time, of combinations by tensors of challenges (their
 * theorem 3.6, after Angeris, Evans and Roh).
 *
 * Words over M31 that code words over F are near to share more than K − 1 places with them, so that the other coordinates of these
 * are 0: what is decoded of a matrix is over M31 as it is.
 *
 * What holds if an opening is accepted: the rows under claims, all together, are code words but for the same e columns, and
 * each claim is true of the values of those. Say the rows of claim l are not. (1) Their combination W_l by eq of its row
 * coordinates, challenges drawn after the commitment, is not near either, but for {@link rowError} a coordinate. (2) For some
 * column c, eq(columnPoint_l, c)·W_l is not, so neither is the combination over all claims by their weights, but for
 * {@link weightError} a coordinate. (3) Nor is the combination of those over c by eq(ρ, c), but for {@link columnError} a
 * coordinate of ρ. (4) That one is what u is held against: u's code word differs from it in more than e columns, and all
 * columns opened miss those with {@link queryError}. If on the other hand all rows are near, (4) says that u is the combination
 * of the words decoded, and a false claim has to survive the weights (2) and the sumcheck (3). Row coordinates may also be 0
 * or 1: what is said is then of the rows that they choose. Others that are no challenges, as 1/2 of a sum, occur only on rows
 * that another claim is on (plan/averaged.ts). Every step is a challenge of its own: the largest error counts.
 *
 * Lists (list-decoding.ts). The witness of a proof that hides and binds nothing is made and opened once, and may be decoded to
 * the list of the matrices of code words that share at least a columns with it: L at most, or none. A challenge is bad if a
 * combination by it is near a code word that is no combination of such near what is combined; of the rest, near is on the list,
 * and the above is said of each on it. Before anything is claimed of the rows a random point is drawn and the value of all of
 * them there sent (verify/sample.ts): one of the list at most has it, but for {@link sampleError}, and {@link rowError} a row
 * coordinate. Whatever is false of that one is false, and of all others the sample is: of each of the list, something false is
 * at hand. (1) Combining the rows of all claims by one coordinate loses none of them, for both halves, and what has no such
 * coordinate, are in what is combined; those by coordinates that are no challenges follow from the rows, all of which the sample
 * is of: what is near the combinations comes from one of the list. (2) So do all columns c of `eq(columnPoint_l, c)·W_l`, of
 * which one at least is not 0 times W_l; a weight makes each false sum true of one of the list at most, hence {@link
 * weightError}. (3) Likewise a round, {@link columnError}. (4) What u is held against is then near u only if something false is
 * claimed of u.
 *
 * Values left (left.ts). Where there is a sample, values of the rows need not be sent that only linear checks have: of each on the list
 * these have a value, so what a claim or a statement says with them is true or false of it. By their weights all statements and
 * claims are combined with the sample, of all rows: what is near the combinations comes from one of the list, whatever the
 * coefficients of values left are, and of each on it one of those is false.
 *
 * Levels (levels.ts). Where u is not sent, let M be the matrix of the next level, decoded to a list as well. A random point is
 * drawn and a value sent, which one of the list at most takes there, but for {@link sampleError}. Only then the columns of (4)
 * are drawn. If one of the list takes the value, let that be u: its code word is not near what the columns are of, and some
 * column opened says so, or it is, and something false is claimed of it already. So of all on the list a claim is false: the
 * value, a column, or the one before. It stays so of all when those are joined, but for {@link joinError} a coordinate of their
 * weights. Each challenge of the sumcheck over the rows of M combines halves of them: but for {@link columnError} what is on the
 * list of the combination are combinations of what was on the list, and of each something false is claimed. At the end a
 * combination of the rows of M is left, and of every code word near it something false is claimed: (4) again, near being on the
 * list.
 */
import { P } from '../field/ext.ts';
import { badChallenges, type Code, leastAgreement, listSize } from './list-decoding.ts';
import { codeLength, isListed, type MatrixShape, width } from './shape.ts';

/** A probability. */
export type Fraction = { readonly numerator: bigint; readonly denominator: bigint };

/** Elements of the extension. */
const FIELD = BigInt(P) ** 4n;

/** Bits that every step of a proof has at least. */
export const SECURITY_BITS = 96;

export const fraction = (numerator: bigint, denominator: bigint): Fraction => ({ numerator, denominator });

/** The largest integer b with `error ≤ 2^−b`, of errors above 0. */
export const bitsOfError = ({ numerator, denominator }: Fraction): number => {
  let bits = 0;
  while (numerator << BigInt(bits + 1) <= denominator) bits++;
  return bits;
};

export type CodeShape = Pick<MatrixShape, 'rowVars' | 'randomness' | 'blowupVars' | 'lean'>;

/** The code of a shape: two words share fewer places than it has dimensions. */
export const codeOf = (shape: CodeShape): Code => {
  const coefficients = width(shape) + shape.randomness;
  return { length: codeLength(shape), shared: coefficients - (coefficients % 2) };
};

/**
 * Challenges that combine rows, of all |F|, that may be bad: an eighth of what each step may, for they are several; half of it where
 * proofs are to be short.
 */
const mostBad = ({ lean }: CodeShape): bigint => FIELD >> BigInt(SECURITY_BITS + (lean ? 1 : 3));

/** Columns in which a word may differ from one of the code and be near it: the one, or one of a list. */
export const radius = (shape: CodeShape): number => {
  const code = codeOf(shape);
  const { length, shared } = code;
  if (isListed(shape)) return length - leastAgreement(code, mostBad(shape));
  return Math.floor((length - shared - 1) / 2);
};

/** Code words near a word, at most. */
const listed = (shape: CodeShape): bigint =>
  isListed(shape) ? listSize(codeOf(shape), codeLength(shape) - radius(shape)) : 1n;

/** The point at which what is committed to, of so many variables, is sampled: two of the list have one value. */
export const sampleError = (shape: CodeShape, vars: number): Fraction => {
  const most = listed(shape);
  return fraction(((most * (most - 1n)) / 2n) * BigInt(vars), FIELD);
};

/** A challenge of the weights that join columns to a claim: a wrong sum of one of the list comes out right. */
export const joinError = (level: CodeShape): Fraction => fraction(listed(level), FIELD);

/** That a challenge is bad, or lets polynomials of so high a degree agree, one for each of a list. */
const combinationError = (shape: CodeShape, degree: bigint): Fraction => {
  const { numerator, denominator } = isListed(shape)
    ? badChallenges(codeOf(shape), codeLength(shape) - radius(shape))
    : { numerator: BigInt(codeLength(shape)), denominator: 1n };
  return fraction(numerator + degree * listed(shape) * denominator, denominator * FIELD);
};

/** A challenge that is a row coordinate of a claim: words are combined to one near what no combination of words near them is. */
export const rowError = (shape: CodeShape): Fraction => combinationError(shape, 0n);

/** A challenge of the weights of the claims: as above, and a wrong sum comes out right. */
export const weightError = (shape: CodeShape): Fraction => combinationError(shape, 1n);

/** A challenge of the sumcheck over the columns, or over the rows of a level: as above, and a polynomial of degree 2 agrees with another. */
export const columnError = (shape: CodeShape): Fraction => combinationError(shape, 2n);

/** Different columns that all agree, of a combination that is further than {@link radius} from the word sent. */
export const queryError = (shape: CodeShape, queries: number): Fraction => {
  const length = codeLength(shape);
  const agree = length - radius(shape) - 1;
  let numerator = 1n;
  let denominator = 1n;
  for (let i = 0; i < queries; i++) {
    numerator *= BigInt(Math.max(agree - i, 0));
    denominator *= BigInt(length - i);
  }
  return fraction(numerator, denominator);
};

const counts = new Map<string, number>();

/** The fewest columns that leave an error of at most 2^−{@link SECURITY_BITS}. */
export const queriesOf = (shape: CodeShape): number => {
  const key = `${shape.rowVars} ${shape.randomness} ${shape.blowupVars} ${shape.lean}`;
  const made = counts.get(key) ?? countQueries(shape);
  counts.set(key, made);
  return made;
};

const countQueries = (shape: CodeShape): number => {
  const length = codeLength(shape);
  const agree = length - radius(shape) - 1;
  let numerator = 1n << BigInt(SECURITY_BITS);
  let denominator = 1n;
  let queries = 0;
  while (numerator > denominator) {
    numerator *= BigInt(agree - queries);
    denominator *= BigInt(length - queries);
    queries++;
  }
  return queries;
};

/**
 * Random coefficients for rows whose columns are opened in so many proofs: as many as columns then opened, and odd. All
 * columns opened are then uniform whatever the values. Proof: function C + i of the basis is v·(function i), v = π(…π(x)) the
 * vanishing polynomial of size C, which is nowhere 0 on the domain (assembly/twiddles.ts). For t odd, functions 0 .. t − 1 span all
 * polynomials of degree at most (t − 1)/2 on the circle: those have t dimensions and, unless 0, fewer than t zeros, so their
 * values at any t points of the domain run through everything. With v and the part of the values added they still do.
 * @returns null where rows would need more random coefficients than they have values
 */
export const randomnessFor = (rowVars: number, proofs: number): number | null => {
  let randomness = 1;
  while (randomness <= width({ rowVars })) {
    const needed = proofs * queriesOf({ rowVars, randomness });
    const odd = needed + ((needed + 1) % 2);
    if (odd <= randomness) return randomness;
    randomness = odd;
  }
  return null;
};
