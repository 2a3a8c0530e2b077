/**
 * What an opening leaves to chance, as exact fractions: spec 18 has the proofs, and its test recomputes its figures from these.
 *
 * With `randomness` t the code is one of Reed and Solomon (rational functions on the circle, which is a line) of dimension at
 * most K = C + t rounded up to the next odd number: functions of degree at most (K − 1)/2 in x and y have at most K − 1 zeros
 * on the circle. So two code words agree in at most K − 1 of n places, and up to e = ⌊(n − K)/2⌋ errors decode uniquely. The
 * proximity gap of affine lines up to there costs n/|F| (Ben-Sasson, Carmon, Ishai, Kopparty and Saraf, 2020/654, theorem 4.1;
 * for interleaved words Diamond and Gruen, 2024/1351), once for each challenge that combines two words into one.
 */
import { P } from '../field/ext.ts';
import { codeLength, type MatrixShape, width } from './shape.ts';

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

export type CodeShape = Pick<MatrixShape, 'rowVars' | 'randomness'>;

/** Columns that a word may get wrong and still be decoded to the one row it is of. */
export const radius = (shape: CodeShape): number => {
  const coefficients = width(shape) + shape.randomness;
  const dimension = coefficients + ((coefficients + 1) % 2);
  return Math.floor((codeLength(shape) - dimension) / 2);
};

/** A challenge that is a row coordinate of a claim: words far from the code are combined to one near it. */
export const rowError = (shape: CodeShape): Fraction => fraction(BigInt(codeLength(shape)), FIELD);

/** A challenge of the weights of the claims: as above, and a wrong sum comes out right. */
export const weightError = (shape: CodeShape): Fraction => fraction(BigInt(codeLength(shape)) + 1n, FIELD);

/** A challenge of the sumcheck over the columns: as above, and a polynomial of degree 2 agrees with another. */
export const columnError = (shape: CodeShape): Fraction => fraction(BigInt(codeLength(shape)) + 2n, FIELD);

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
  const key = `${shape.rowVars} ${shape.randomness}`;
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
 * Random coefficients for rows whose columns are opened in so many proofs: as many as columns then opened, and odd, so that
 * all columns opened are independent of the values (see the proof in spec 18).
 */
export const randomnessFor = (rowVars: number, proofs: number): number => {
  let randomness = 1;
  for (;;) {
    const needed = proofs * queriesOf({ rowVars, randomness });
    const odd = needed + ((needed + 1) % 2);
    if (odd <= randomness) return randomness;
    randomness = odd;
  }
};
