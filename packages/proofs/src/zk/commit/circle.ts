/**
 * The circle x² + y² = 1 over M31, a cyclic group of 2^31 points, and what the kernels of the circle FFT need of it
 * (Haböck, Levit and Papini, 2024/278). A point is written by its logarithm: the multiple of the generator that it is.
 */
import { mul1, P } from '../field/ext.ts';

type Point = readonly [x: number, y: number];

/** A generator. */
const GENERATOR: Point = [2, 1_268_011_823];
/** Logarithm of the point of angle π: half the group. */
const HALF_TURN = 2 ** 30;

const plus = (a: Point, b: Point): Point => {
  const minus = P - mul1(a[1], b[1]);
  return [(mul1(a[0], b[0]) + minus) % P, (mul1(a[0], b[1]) + mul1(a[1], b[0])) % P];
};

export const pointAt = (logarithm: number): Point => {
  let sum: Point = [1, 0];
  for (let base = GENERATOR, rest = logarithm; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) sum = plus(sum, base);
    base = plus(base, base);
  }
  return sum;
};

/**
 * Logarithms of the points with y = y of x at the nodes of one level of the tree of halves (see assembly/circle.ts), in order.
 * The root has x = cos(π/4); where π(x) = 2x² − 1 is to be t the angle is halved, where it is to be −t its supplement is.
 */
const logarithms = (level: number): number[] => {
  let at = [HALF_TURN / 4];
  for (let l = 0; l < level; l++) at = at.flatMap((e) => [e / 2, (HALF_TURN - e) / 2]);
  return at;
};

/**
 * The domain of a code of `2^logLength` values: value i is that of a function at point i. It is the coset of all points of
 * order 2^(logLength + 1), so that no doubling before the last ones makes x zero on it: the vanishing polynomials
 * π(…π(x)) of every smaller power of two are nowhere zero.
 */
export const domain = (logLength: number): Point[] =>
  logarithms(logLength - 2).flatMap((e) => {
    const [x, y] = pointAt(e);
    return [
      [x, y],
      [x, P - y],
      [P - x, y],
      [P - x, P - y],
    ] as Point[];
  });

const known = new Map<number, Uint32Array>();

/** What assembly/circle.ts reads: 3/4 · 2^logLength words. Made once for each size. */
export const twiddles = (logLength: number): Uint32Array => {
  const made = known.get(logLength) ?? makeTwiddles(logLength);
  known.set(logLength, made);
  return made;
};

const makeTwiddles = (logLength: number): Uint32Array => {
  const quarter = 2 ** (logLength - 2);
  const words = new Uint32Array(3 * quarter);
  // The logarithms of the last level are the odd multiples of one step below a quarter turn.
  const step = 2 ** (30 - logLength);
  const points: Point[] = [];
  const move = pointAt(2 * step);
  for (let i = 0, at = pointAt(step); i < quarter; i++, at = plus(at, move)) points.push(at);
  for (const [i, e] of logarithms(logLength - 2).entries()) {
    const [x, y] = points[(e / step - 1) / 2]!;
    words[quarter + i] = x;
    words[2 * quarter + i] = y;
  }
  for (let h = quarter - 1; h >= 1; h--) words[h] = doubled(words[2 * h]!);
  return words;
};

/** `2x² − 1`: x of twice a point. */
const doubled = (x: number): number => {
  const square = mul1(x, x);
  return (2 * square + P - 1) % P;
};
