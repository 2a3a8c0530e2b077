/**
 * One layer of the tree of fractions, on the prover's side: from claims on a layer at a point to claims on the one below. With
 * λ drawn, `p + λ·q` above is the sum of `eq·(p0·q1 + p1·q0 + λ·q0·q1)` over the halves below; λ times that is the sum of
 * `eq·(a0·a1 − p0·p1)`, a = p + λ·q: two products instead of three.
 */
import type { ProverChannel } from '../channel/channel.ts';
import { add, type Ext, inverse, mul, neg, ONE, sub, ZERO } from '../field/ext.ts';
import { eqAt } from '../field/multilinear.ts';
import type { ProofMemory } from '../memory.ts';
import { proveSumcheck, type Quadratic } from '../sumcheck/prove.ts';
import { entries, type LargeLayer, type SmallLayer } from './fractions.ts';

/** What is claimed of a layer at a point, lowest variable first. */
export type FractionClaim<Value> = { readonly point: readonly Ext[]; readonly p: Value; readonly q: Value };

/** Polynomials of a layer's sumcheck: a0, a1, −p0 and p1, each of as many entries. */
type Factors = readonly [readonly Ext[], readonly Ext[], readonly Ext[], readonly Ext[]];

/** Binds variables of the factors, highest first. */
type Rounds = {
  readonly round: (previous: Ext | null) => Quadratic;
  readonly end: (last: Ext | null) => Factors;
};

const fold = (vector: readonly Ext[], r: Ext): Ext[] => {
  const half = vector.length / 2;
  return vector.slice(0, half).map((low, i) => add(low, mul(r, sub(vector[half + i]!, low))));
};

const foldAll = ([a0, a1, p0, p1]: Factors, r: Ext): Factors => [fold(a0, r), fold(a1, r), fold(p0, r), fold(p1, r)];

const smallRounds = (factors: Factors, weights: readonly Ext[]): Rounds => {
  let now = factors;
  return {
    round: (previous) => {
      if (previous !== null) now = foldAll(now, previous);
      const half = now[0].length / 2;
      let [atZero, leading] = [ZERO, ZERO];
      for (let i = 0; i < half; i++) {
        const weight = eqAt(weights.slice(0, Math.log2(half)), i);
        const [a0, a1, p0, p1] = now.map((vector) => vector[i]!) as [Ext, Ext, Ext, Ext];
        const [b0, b1, s0, s1] = now.map((vector) => sub(vector[half + i]!, vector[i]!)) as [Ext, Ext, Ext, Ext];
        atZero = add(atZero, mul(weight, add(mul(a0, a1), mul(p0, p1))));
        leading = add(leading, mul(weight, add(mul(b0, b1), mul(s0, s1))));
      }
      return { atZero, leading };
    },
    end: (last) => (last === null ? now : foldAll(now, last)),
  };
};

/** Entries of the factors from which on kernels leave the rest to {@link smallRounds}. */
const FEW = 4;
/** Variables of the part of the equality polynomial that stays in the first cache. */
const LOW_VARS = 8;

const largeRounds = (
  memory: ProofMemory,
  { p, q }: LargeLayer,
  vars: number,
  lambda: Ext,
  weights: readonly Ext[],
): Rounds => {
  const { kernels } = memory;
  const half = 2 ** vars;
  const out = memory.take(32);
  const challenge = memory.take(16);
  const scale = memory.take(16);
  const point = memory.take(16 * vars);
  const low = memory.ext(2 ** LOW_VARS);
  const high = memory.ext(2 ** Math.max(vars - LOW_VARS, 0));
  memory.put(scale, [ONE]);
  memory.put(point, weights);
  memory.put(challenge, [lambda]);
  kernels.joinFractions(p.address, q.address, q.stride, half, challenge);
  /** Entries of each factor before the next fold. */
  let size = half;
  let rest: Rounds | null = null;
  const factors = (count: number): Factors => [
    entries(memory, q, 0, count),
    entries(memory, q, half, count),
    entries(memory, p, 0, count),
    entries(memory, p, half, count),
  ];
  return {
    round: (previous) => {
      if (rest !== null) return rest.round(previous);
      if (size === 2 * FEW && previous !== null) {
        memory.put(challenge, [previous]);
        rest = smallRounds(foldAll(factors(size), previous), weights);
        return rest.round(null);
      }
      const free = Math.log2(size) - (previous === null ? 1 : 2);
      const lowVars = Math.min(free, LOW_VARS);
      kernels.eqTable(low.address, low.stride, scale, point, lowVars);
      kernels.eqTable(high.address, high.stride, scale, point + 16 * lowVars, free - lowVars);
      if (previous !== null) memory.put(challenge, [previous]);
      kernels.roundFractions(
        out,
        q.address,
        p.address,
        q.stride,
        4 * half,
        size,
        previous === null ? 0 : challenge,
        low.address,
        low.stride,
        2 ** lowVars,
        high.address,
        high.stride,
      );
      if (previous !== null) size /= 2;
      return { atZero: memory.element(out), leading: memory.element(out + 16) };
    },
    end: (last) => rest!.end(last),
  };
};

const smallFactors = ({ p, q }: SmallLayer, lambda: Ext): Factors => {
  const half = p.length / 2;
  const a = p.map((numerator, i) => add(numerator, mul(lambda, q[i]!)));
  return [a.slice(0, half), a.slice(half), p.slice(0, half).map(neg), p.slice(half)];
};

/**
 * Proves claims on a layer from the one below it, which it uses up.
 * @returns claims on the layer below, whose highest variable is the last of the point
 */
export const proveLayer = (
  channel: ProverChannel,
  memory: ProofMemory,
  claim: FractionClaim<Ext>,
  below: LargeLayer | SmallLayer,
): FractionClaim<Ext> => {
  const mark = memory.mark();
  const vars = claim.point.length;
  const lambda = channel.challenge();
  const unscaled = inverse(lambda);
  const rounds =
    'address' in below.p
      ? largeRounds(memory, below as LargeLayer, vars, lambda, claim.point)
      : smallRounds(smallFactors(below as SmallLayer, lambda), claim.point);
  const { point } = proveSumcheck(channel, add(claim.p, mul(lambda, claim.q)), vars, claim.point, (previous) => {
    const { atZero, leading } = rounds.round(previous);
    return { atZero: mul(unscaled, atZero), leading: mul(unscaled, leading) };
  });
  const [[a0], [a1], [n0], [p1]] = rounds.end(point[0] ?? null);
  const p0 = neg(n0!);
  const q0 = mul(unscaled, sub(a0!, p0));
  const q1 = mul(unscaled, sub(a1!, p1!));
  channel.send([p0, p1!, q0, q1]);
  channel.product(a0!, a1!);
  channel.product(p0, p1!);
  memory.release(mark);
  const upper = channel.challenge();
  const between = (low: Ext, high: Ext): Ext => add(low, mul(upper, sub(high, low)));
  return { point: [...point, upper], p: between(p0, p1!), q: between(q0, q1) };
};
