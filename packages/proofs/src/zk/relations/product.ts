/** The prover's sumchecks over the products of two vectors each. */
import type { ProverChannel } from '../channel/channel.ts';
import type { Ext } from '../field/ext.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import { proveJoint } from '../sumcheck/joint.ts';
import { type NextRound, proveSumcheck, type Quadratic } from '../sumcheck/prove.ts';
import type { AnyVector } from './context.ts';
import { eqVector, isExt, lifted } from './vectors.ts';

/**
 * That `Σ_(h, l) eq(weights, h)·a(h, l)·b(h, l)` is a value, h the high variables: one each coordinate of `weights`, none of them 0.
 * The verifier's side has as many variables as the vectors, and the same weights.
 */
export type ProductClaim = {
  readonly claim: Ext;
  readonly weights: readonly Ext[];
  /** Makes the vectors, which are used up; what room it takes is given back once the sum is proved. */
  readonly vectors: () => readonly [AnyVector, AnyVector];
};

export type ProductSum = {
  /** Lowest variable first. */
  readonly point: readonly Ext[];
  /** What the vectors take there. */
  readonly a: Ext;
  readonly b: Ext;
};

/** Weighted variables that one table serves in all rounds: a factor of its own has no more. */
export const TABLE_VARS = 10;

/** Two vectors, of which variables are bound from the highest down. */
class Pair {
  private readonly memory: ProofMemory;
  private readonly at: number;
  private a: AnyVector;
  private b: AnyVector;

  /** @param base whether vectors of the base field may stay ones until a variable is bound */
  constructor(memory: ProofMemory, a: AnyVector, b: AnyVector, base: boolean) {
    this.memory = memory;
    this.at = memory.take(32);
    const keep = base && !isExt(a) && !isExt(b);
    const ext = (vector: AnyVector): AnyVector => (keep || isExt(vector) ? vector : lifted(memory, vector));
    [this.a, this.b] = [ext(a), ext(b)];
  }

  bind(r: Ext): void {
    this.memory.put(this.at, [r]);
    this.a = this.bound(this.a);
    this.b = this.bound(this.b);
  }

  private bound(vector: AnyVector): ExtVector {
    const { kernels } = this.memory;
    const half = vector.length / 2;
    const out = isExt(vector) ? { ...vector, length: half } : this.memory.ext(half);
    if (isExt(vector)) kernels.foldExt(vector.address, vector.stride, half, this.at);
    else kernels.foldBase(out.address, out.stride, vector.address, half, this.at);
    return out;
  }

  plainRound(): Quadratic {
    const { a, b } = this;
    this.memory.kernels.roundOfTwo(this.at, a.address, strideOf(a), b.address, strideOf(b), a.length / 2);
    return this.result();
  }

  /** @param low weights within the runs that `high` weighs; null if those are not weighted */
  weightedRound(high: ExtVector, low: ExtVector | null): Quadratic {
    const { a, b } = this;
    this.memory.kernels.weightedRound(
      this.at,
      high.address,
      high.stride,
      high.length,
      low?.address ?? 0,
      low?.stride ?? 0,
      a.address,
      strideOf(a),
      b.address,
      strideOf(b),
      a.length / 2,
    );
    return this.result();
  }

  private result(): Quadratic {
    return { atZero: this.memory.element(this.at), leading: this.memory.element(this.at + 16) };
  }

  /** What is left once all variables are bound. */
  values(): readonly [Ext, Ext] {
    return [this.memory.entry(this.a as ExtVector, 0), this.memory.entry(this.b as ExtVector, 0)];
  }
}

/** 0 of the base field. */
const strideOf = (vector: AnyVector): number => (isExt(vector) ? vector.stride : 0);

/** The rounds of a claim. Takes room. */
const roundsOf = (memory: ProofMemory, { weights, vectors }: ProductClaim) => {
  const [a, b] = vectors();
  const variables = Math.log2(a.length);
  const low = variables - weights.length;
  // Where all variables are weighted, those of one table are weighed within runs, the others by run.
  const inRun = low > 0 ? 0 : Math.min(TABLE_VARS, Math.max(0, weights.length - 1));
  const table = inRun === 0 ? null : eqVector(memory, weights.slice(0, inRun));
  const pair = new Pair(memory, a, b, inRun > 0);
  let left = weights.length;
  const weighted = (): Quadratic => {
    left--;
    const mark = memory.mark();
    const within = Math.min(inRun, left);
    const lows = within === inRun ? table : eqVector(memory, weights.slice(0, within));
    const round = pair.weightedRound(eqVector(memory, weights.slice(within, left)), lows);
    memory.release(mark);
    return round;
  };
  const round: NextRound = (previous) => {
    if (previous !== null) pair.bind(previous);
    return left > 0 ? weighted() : pair.plainRound();
  };
  /** @param point of all variables, of which the lowest is still to be bound */
  const end = (point: readonly Ext[]): ProductSum => {
    if (variables > 0) pair.bind(point[0]!);
    const [atA, atB] = pair.values();
    return { point, a: atA, b: atB };
  };
  return { variables, round, end };
};

export const proveProductSum = (channel: ProverChannel, memory: ProofMemory, product: ProductClaim): ProductSum => {
  const mark = memory.mark();
  const { variables, round, end } = roundsOf(memory, product);
  const sum = end(proveSumcheck(channel, product.claim, variables, product.weights, round).point);
  memory.release(mark);
  return sum;
};

/** As {@link proveProductSum}, all in one. */
export const proveProductSums = (
  channel: ProverChannel,
  memory: ProofMemory,
  products: readonly ProductClaim[],
): ProductSum[] => {
  const mark = memory.mark();
  const rounds = products.map((product) => ({ ...product, ...roundsOf(memory, product) }));
  const ended = proveJoint(channel, rounds);
  const sums = rounds.map(({ end }, n) => end(ended[n]!.point));
  memory.release(mark);
  return sums;
};
