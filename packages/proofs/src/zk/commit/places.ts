/**
 * Values of a code word at places of it, as what they are: sums over the coefficients of its row. Coefficient c counts
 * `Π_k (bit k of c ? factor_k : 1)` at a place, with the factors `y, x, π(x), π(π(x)), …` of its point on the circle.
 */
import { add, type Ext, mul, mul1, ONE, P, scale, sub } from '../field/ext.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';

type Point = readonly [x: number, y: number];

/** A generator of the circle, and half of its order: the point of angle π. */
const GENERATOR: Point = [2, 1_268_011_823];
const HALF_TURN = 2 ** 30;

const plus = (a: Point, b: Point): Point => [
  (mul1(a[0], b[0]) + P - mul1(a[1], b[1])) % P,
  (mul1(a[0], b[1]) + mul1(a[1], b[0])) % P,
];

/** The multiples 1, 2, 4, … of the generator. */
const DOUBLINGS: readonly Point[] = Array.from({ length: 30 }).reduce<Point[]>(
  (all) => [...all, plus(all.at(-1)!, all.at(-1)!)],
  [GENERATOR],
);

const multipleOf = (times: number): Point =>
  DOUBLINGS.reduce<Point>((sum, point, bit) => ((times >>> bit) % 2 === 1 ? plus(sum, point) : sum), [1, 0]);

/** `π(x) = 2x² − 1`: x of twice the angle. */
const doubled = (x: number): number => {
  const square = mul1(x, x);
  return (2 * square + P - 1) % P;
};

/**
 * Factors of the first so many bits at a place of a code of 2^codeVars values. Its upper bits say at which half of each half of
 * the domain it is (assembly/twiddles.ts), the lower two are the signs of x and y.
 */
export const factorsAt = (codeVars: number, place: number, count: number): readonly number[] => {
  let angle = HALF_TURN / 4;
  for (let bit = codeVars - 1; bit >= 2; bit--) angle = ((place >>> bit) % 2 === 0 ? angle : HALF_TURN - angle) / 2;
  const [x, y] = multipleOf(angle);
  const factors = [place % 2 === 0 ? y : P - y, (place & 2) === 0 ? x : P - x];
  while (factors.length < count) factors.push(doubled(factors.at(-1)!));
  return factors;
};

/** `Σ_j weights_j · (value at place j)`, of a row whose index has so many bits as each place has factors. */
export type WeighedPlaces = {
  readonly factors: readonly (readonly number[])[];
  readonly weights: readonly Ext[];
};

/** The same of the row that is left when its highest variable is bound, by all weights times `by`. */
export const bindPlaces = ({ factors, weights }: WeighedPlaces, challenge: Ext): WeighedPlaces => ({
  factors: factors.map((own) => own.slice(0, -1)),
  weights: weights.map((weight, j) => {
    const scaled = scale(challenge, factors[j]!.at(-1)!);
    return mul(weight, add(sub(ONE, challenge), scaled));
  }),
});

/** Of the bits of a coefficient the lower ones, more than half, whose factors make rows of the base field; others make weights. */
export const lowerVars = (vars: number): number => Math.min(vars, Math.ceil(vars / 2) + 2);

/** Adds to a vector what each coefficient counts. */
export const addPlaces = (memory: ProofMemory, out: ExtVector, { factors, weights }: WeighedPlaces): void => {
  const vars = factors[0]!.length;
  const lowVars = lowerVars(vars);
  const [low, high] = [2 ** lowVars, 2 ** (vars - lowVars)];
  const count = weights.length;
  const mark = memory.mark();
  const rows = memory.base(count * low);
  const coefficients = memory.ext(count * high);
  const words = memory.words(rows);
  const planes = [0, 1, 2, 3].map((c) =>
    memory.words({ address: coefficients.address + c * coefficients.stride, length: coefficients.length }),
  );
  for (const [j, own] of factors.entries()) {
    words.set(productsOf(own.slice(0, lowVars)), j * low);
    for (const [i, factor] of productsOf(own.slice(lowVars)).entries()) {
      for (const [c, coordinate] of scale(weights[j]!, factor).entries()) planes[c]![i * count + j] = coordinate;
    }
  }
  for (let i = 0; i < high; i++) {
    const to = out.address + 4 * i * low;
    const by = coefficients.address + 4 * i * count;
    memory.kernels.addRows(to, out.stride, rows.address, 4 * low, by, coefficients.stride, count, low);
  }
  memory.release(mark);
};

/** `Π_k (bit k of i ? factors_k : 1)` of all i. */
const productsOf = (factors: readonly number[]): number[] => {
  const products = [1];
  for (const factor of factors) {
    const half = products.length;
    for (let i = 0; i < half; i++) products.push(mul1(products[i]!, factor));
  }
  return products;
};
