/** The rounds of the sumcheck of a layer that lies in memory, by kernels. */
import { add, type Ext, mul, ONE, sub } from '../field/ext.ts';
import { below } from '../field/multilinear.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import type { Quadratic } from '../sumcheck/prove.ts';
import { BLOCK_VARS, entries, type LargeLayer, part } from './fractions.ts';
import { type Factors, foldAll, type Rounds, smallRounds } from './rounds.ts';

/** Entries of the factors from which on kernels leave the rest to {@link smallRounds}. */
const FEW = 4;

/** @param layer with λ joined; used up */
export const largeRounds = (
  memory: ProofMemory,
  { p0, q0, p1, q1, upper }: LargeLayer,
  lambda: Ext,
  weights: readonly Ext[],
): Rounds => {
  const { kernels } = memory;
  const vars = weights.length;
  const { stride } = q0;
  const out = memory.take(128);
  const challenge = memory.take(16);
  const scale = memory.take(16);
  const point = memory.take(16 * vars);
  const low = memory.ext(2 ** BLOCK_VARS);
  const high = memory.ext(2 ** Math.max(vars - BLOCK_VARS, 0));
  memory.put(scale, [ONE]);
  memory.put(point, weights);
  /** Entries of each factor. */
  let size = 2 ** vars;
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
