/** The prover's sumcheck over the products of two vectors, which it uses up. */
import type { ProverChannel } from '../channel/channel.ts';
import type { Ext } from '../field/ext.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import { proveSumcheck, type Quadratic } from '../sumcheck/prove.ts';
import { eqVector } from './vectors.ts';

export type ProductSum = {
  /** Lowest variable first. */
  readonly point: readonly Ext[];
  /** What the vectors take there. */
  readonly a: Ext;
  readonly b: Ext;
};

/**
 * Proves `Σ_(h, l) eq(weights, h)·a(h, l)·b(h, l)`, h the high variables: one each coordinate of `weights`.
 * The verifier's side: `checkSumcheck` of the high variables with `weights`, then a plain one of the low ones.
 */
export const proveProductSum = (
  channel: ProverChannel,
  memory: ProofMemory,
  claim: Ext,
  a: ExtVector,
  b: ExtVector,
  weights: readonly Ext[] = [],
): ProductSum => {
  const { kernels } = memory;
  const start = memory.mark();
  const at = memory.take(32);
  const vars = Math.log2(a.length);
  let free = vars;
  const bind = (r: Ext): void => {
    free--;
    memory.put(at, [r]);
    kernels.foldExt(a.address, a.stride, 2 ** free, at);
    kernels.foldExt(b.address, b.stride, 2 ** free, at);
  };
  const low = vars - weights.length;
  const round =
    (weighted: boolean) =>
    (previous: Ext | null): Quadratic => {
      if (previous !== null) bind(previous);
      const half = 2 ** (free - 1);
      const mark = memory.mark();
      if (weighted) {
        const table = eqVector(memory, weights.slice(0, free - 1 - low));
        const e = low === 0 ? table : memory.ext(half);
        if (low > 0) kernels.spread(e.address, e.stride, table.address, table.stride, table.length, 2 ** low);
        kernels.weightedRound(at, e.address, e.stride, a.address, a.stride, b.address, b.stride, half);
      } else kernels.roundOfTwo(at, a.address, a.stride, b.address, b.stride, half);
      memory.release(mark);
      return { atZero: memory.element(at), leading: memory.element(at + 16) };
    };
  const high = proveSumcheck(channel, claim, weights.length, weights, round(true));
  if (weights.length > 0) bind(high.point[0]!);
  const rest = proveSumcheck(channel, high.value, low, null, round(false));
  if (low > 0) bind(rest.point[0]!);
  memory.release(start);
  return { point: [...rest.point, ...high.point], a: memory.entry(a, 0), b: memory.entry(b, 0) };
};
