/**
 * One layer of the tree of fractions, on the prover's side: from claims on a layer at a point to claims on the one below. With
 * λ drawn, `p + λ·q` above is the sum over the halves below of `eq·(p0·q1 + p1·q0 + λ·q0·q1) = eq·(p0·q1 + (p1 + λ·q1)·q0)`.
 */
import type { ProverChannel } from '../channel/channel.ts';
import { add, type Ext, mul, ONE, sub, ZERO } from '../field/ext.ts';
import { below, eqAt } from '../field/multilinear.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import { proveSumcheck, type Quadratic } from '../sumcheck/prove.ts';
import { BLOCK_VARS, entries, type LargeLayer, part, type SmallLayer } from './fractions.ts';

/** What is claimed of a layer at a point, lowest variable first. */
export type FractionClaim<Value> = { readonly point: readonly Ext[]; readonly p: Value; readonly q: Value };

/** Polynomials of a layer's sumcheck: p0, q0, p1 + λ·q1 and q1, each of as many entries. */
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

const foldAll = ([p0, q0, p1, q1]: Factors, r: Ext): Factors => [fold(p0, r), fold(q0, r), fold(p1, r), fold(q1, r)];

const smallRounds = (factors: Factors, weights: readonly Ext[]): Rounds => {
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

/** Entries of the factors from which on kernels leave the rest to {@link smallRounds}. */
const FEW = 4;

const largeRounds = (
  memory: ProofMemory,
  { p0, q0, p1, q1, upper }: LargeLayer,
  vars: number,
  lambda: Ext,
  weights: readonly Ext[],
): Rounds => {
  const { kernels } = memory;
  const half = 2 ** vars;
  const { stride } = q0;
  const out = memory.take(128);
  const challenge = memory.take(16);
  const scale = memory.take(16);
  const point = memory.take(16 * vars);
  const low = memory.ext(2 ** BLOCK_VARS);
  const high = memory.ext(2 ** Math.max(vars - BLOCK_VARS, 0));
  memory.put(scale, [ONE]);
  memory.put(point, weights);
  memory.put(challenge, [lambda]);
  kernels.joinFractions(p1.address, q1.address, stride, p1.length, challenge);
  /** Entries of each factor. */
  let size = half;
  let rest: Rounds | null = null;

  /** The equality polynomial in `free` variables. */
  const weigh = (
    free: number,
  ): readonly [low: number, lowStride: number, lowCount: number, high: number, stride: number] => {
    const lowVars = Math.min(free, BLOCK_VARS);
    kernels.eqTable(low.address, low.stride, scale, point, lowVars);
    kernels.eqTable(high.address, high.stride, scale, point + 16 * lowVars, free - lowVars);
    return [low.address, low.stride, 2 ** lowVars, high.address, high.stride];
  };

  /** Sums over the first `pairs`, once the variable above is bound to what lies at `r` (0: nothing to bind). */
  const summed = (
    pairs: number,
    gap: number,
    gapSecond: number,
    r: number,
    eq: ReturnType<typeof weigh>,
  ): Quadratic => {
    const lower = p0?.address ?? 0;
    const vectors = [lower, q0.address, p1.address, q1.address, stride] as const;
    kernels.roundFractions(out, ...vectors, r, pairs, gap, gapSecond, ...eq);
    return { atZero: memory.element(out), leading: memory.element(out + 16) };
  };

  /** While the upper halves of p1 and q1 are all filling: pairs with it everywhere, and behind `upper` nothing else. */
  const filledRound = (): Quadratic => {
    const pairs = size / 2;
    const eq = weigh(Math.log2(pairs));
    const { atZero, leading } = summed(upper, pairs, upper, 0, eq);
    const behind = ({ address }: ExtVector): Ext => {
      kernels.sumWeighted(out, address, stride, upper, pairs, ...eq);
      return memory.element(out);
    };
    const ones = (): Ext => sub(ONE, below(weights.slice(0, Math.log2(pairs)), upper));
    const passed = add(p0 === null ? ones() : behind(p0), mul(lambda, behind(q0)));
    return { atZero: add(atZero, passed), leading };
  };

  const foldFilled = (): void => {
    if (p0 !== null) kernels.foldExt(p0.address, stride, size / 2, challenge);
    kernels.foldExt(q0.address, stride, size / 2, challenge);
    for (const { address } of [p1, q1]) kernels.foldExt(address, stride, upper, challenge);
    size /= 2;
  };

  return {
    round: (previous) => {
      if (rest !== null) return rest.round(previous);
      if (previous !== null) memory.put(challenge, [previous]);
      let bind = previous === null ? 0 : challenge;
      if (size > upper && previous !== null) {
        foldFilled();
        bind = 0;
      }
      if (size > upper) return filledRound();
      if (bind !== 0) size /= 2;
      if (size > FEW) return summed(size / 2, size / 2, size / 2, bind, weigh(Math.log2(size) - 1));
      const last = [p0, q0, p1, q1].map((vector) =>
        vector === null ? Array.from({ length: 2 * size }, () => ONE) : entries(memory, part(vector, 0, 2 * size)),
      ) as unknown as Factors;
      rest = smallRounds(foldAll(last, previous!), weights);
      return rest.round(null);
    },
    end: (last) => rest!.end(last),
  };
};

const smallFactors = ({ p, q }: SmallLayer, lambda: Ext): Factors => {
  const half = p.length / 2;
  const joined = p.slice(half).map((numerator, i) => add(numerator, mul(lambda, q[half + i]!)));
  return [p.slice(0, half), q.slice(0, half), joined, q.slice(half)];
};

/**
 * Proves claims on a layer from the one below it, which it uses up.
 * @returns claims on the layer below, whose highest variable is the last of the point
 */
export const proveLayer = (
  channel: ProverChannel,
  memory: ProofMemory,
  claim: FractionClaim<Ext>,
  layer: LargeLayer | SmallLayer,
): FractionClaim<Ext> => {
  const mark = memory.mark();
  const vars = claim.point.length;
  const lambda = channel.challenge();
  const rounds =
    'q0' in layer
      ? largeRounds(memory, layer, vars, lambda, claim.point)
      : smallRounds(smallFactors(layer, lambda), claim.point);
  const summed = add(claim.p, mul(lambda, claim.q));
  const { point } = proveSumcheck(channel, summed, vars, claim.point, rounds.round);
  const [[p0], [q0], [joined], [q1]] = rounds.end(point[0] ?? null) as [[Ext], [Ext], [Ext], [Ext]];
  const p1 = sub(joined, mul(lambda, q1));
  channel.send([p0, p1, q0, q1]);
  channel.product(p0, q1);
  channel.product(joined, q0);
  memory.release(mark);
  const upper = channel.challenge();
  const between = (low: Ext, high: Ext): Ext => add(low, mul(upper, sub(high, low)));
  return { point: [...point, upper], p: between(p0, p1), q: between(q0, q1) };
};
