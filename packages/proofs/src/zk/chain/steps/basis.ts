/** The code of the commitments at one position: the twin of `assembly/circle.ts` and `twiddles.ts` for whoever needs few values. */
import { fromInteger, mul1, P } from '../../field/ext.ts';

type Point = readonly [x: number, y: number];

const GENERATOR: Point = [2, 1268011823];

const minus = (x: number): number => (x === 0 ? 0 : P - x);
const plus = (a: number, b: number): number => (a + b) % P;

const sum = ([ax, ay]: Point, [bx, by]: Point): Point => [
  plus(mul1(ax, bx), minus(mul1(ay, by))),
  plus(mul1(ax, by), mul1(ay, bx)),
];

/**
 * Factors of the basis at a position of the code of 2^vars coefficients: coefficient i counts `Π_j factor_j^(bit j of i)` there.
 */
export const factorsAt = (position: number, vars: number): number[] => {
  const length = vars + 2;
  // Which multiple of the step the node of x has: below one that has m of the 2·n of its level are m and 4·n − m.
  let multiple = 1;
  for (let level = 0; level < vars; level++) {
    const right = Math.floor(position / 2 ** (length - 1 - level)) % 2 === 1;
    if (right) multiple = 4 * 2 ** level - multiple;
  }
  let step = GENERATOR;
  for (let i = length; i < 30; i++) step = sum(step, step);
  let point: Point = [1, 0];
  for (let rest = multiple; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) point = sum(point, step);
    step = sum(step, step);
  }
  // Of a node of x are the points (±x, ±y); what comes behind x in the basis does not see its sign.
  let [factor, y] = point;
  const factors = [position % 2 === 1 ? minus(y) : y];
  if (Math.floor(position / 2) % 2 === 1) factor = minus(factor);
  for (let bit = 1; bit < vars; bit++) {
    factors.push(factor);
    factor = plus(mul1(plus(factor, factor), factor), fromInteger(-1));
  }
  return factors;
};
