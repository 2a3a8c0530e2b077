/** The rounds of the sumcheck of a layer, on the prover's side; of a few entries, one element at a time. */
import { add, type Ext, mul, sub, ZERO } from '../field/ext.ts';
import { eqAt } from '../field/multilinear.ts';
import type { Quadratic } from '../sumcheck/prove.ts';
import type { SmallLayer } from './fractions.ts';

/** Polynomials of a layer's sumcheck: p0, q0, p1 + λ·q1 and q1, each of as many entries. */
export type Factors = readonly [readonly Ext[], readonly Ext[], readonly Ext[], readonly Ext[]];

/** Binds variables of the factors, highest first. */
export type Rounds = {
  readonly round: (previous: Ext | null) => Quadratic;
  readonly end: (last: Ext | null) => Factors;
};

const fold = (vector: readonly Ext[], r: Ext): Ext[] => {
  const half = vector.length / 2;
  return vector.slice(0, half).map((low, i) => add(low, mul(r, sub(vector[half + i]!, low))));
};

export const foldAll = ([p0, q0, p1, q1]: Factors, r: Ext): Factors => [
  fold(p0, r),
  fold(q0, r),
  fold(p1, r),
  fold(q1, r),
];

export const smallRounds = (factors: Factors, weights: readonly Ext[]): Rounds => {
  let now = factors;
  return {
    round: (previous) => {
      if (previous !== null) now = foldAll(now, previous);
      const half = now[0].length / 2;
      let [atZero, leading] = [ZERO, ZERO];
      for (let i = 0; i < half; i++) {
        const weight = eqAt(weights.slice(0, Math.log2(half)), i);
        const [p0, q0, p1, q1] = now.map((vector) => vector[i]!) as [Ext, Ext, Ext, Ext];
        const [s0, t0, s1, t1] = now.map((vector) => sub(vector[half + i]!, vector[i]!)) as [Ext, Ext, Ext, Ext];
        atZero = add(atZero, mul(weight, add(mul(p0, q1), mul(p1, q0))));
        leading = add(leading, mul(weight, add(mul(s0, t1), mul(s1, t0))));
      }
      return { atZero, leading };
    },
    end: (last) => (last === null ? now : foldAll(now, last)),
  };
};

export const smallFactors = ({ p, q }: SmallLayer, lambda: Ext): Factors => {
  const half = p.length / 2;
  const joined = p.slice(half).map((numerator, i) => add(numerator, mul(lambda, q[half + i]!)));
  return [p.slice(0, half), q.slice(0, half), joined, q.slice(half)];
};
