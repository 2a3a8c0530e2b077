/** The sumcheck over the columns of an opening, on the prover's side. */
import type { ProverChannel } from '../channel/channel.ts';
import { add, type Ext, ONE, ZERO } from '../field/ext.ts';
import { type BaseVector, type ExtVector, extVectorBytes, type ProofMemory } from '../memory.ts';
import { proveSumcheck } from '../sumcheck/prove.ts';
import { writeWeights } from './column-weights.ts';
import { AHEAD, bindParts, PARTS, roundOfParts, sumParts } from './part-sums.ts';
import { eqInto, isExtVector, type Product, zeros } from './products.ts';
import { width } from './shape.ts';

/** Bytes that {@link sumColumns} takes, at most: a part of each combination and of its weights, and what making these takes. */
export const sumColumnsBytes = (rowVars: number, products: number): number =>
  (2 * products + 2) * extVectorBytes(width({ rowVars }) / PARTS);

/** Columns are bound to a point, and with them the weights of each product. */
export type Bound = { readonly point: readonly Ext[]; readonly weights: readonly Ext[] };

/** Proves the sum of all products. */
export const sumColumns = (
  channel: ProverChannel,
  memory: ProofMemory,
  products: readonly Product[],
  sum: Ext,
  rowVars: number,
): Bound => {
  const { kernels } = memory;
  const mark = memory.mark();
  const out = memory.take(48);
  const r = out + 32;
  let sums = sumParts(memory, products, rowVars);
  const challenges: Ext[] = [];
  let left = width({ rowVars });
  let folded: readonly Folded[] = [];
  const bind = (challenge: Ext): void => {
    challenges.unshift(challenge);
    left /= 2;
    if (challenges.length < AHEAD) sums = bindParts(sums, challenge);
    else if (challenges.length === AHEAD)
      folded = products.map((product) => foldParts(memory, product, challenges, left));
    else {
      memory.put(r, [challenge]);
      for (const { address, stride } of folded.flatMap(({ rows, weights }) => [rows, weights])) {
        kernels.foldExt(address, stride, left, r);
      }
    }
  };
  const { point } = proveSumcheck(channel, sum, rowVars, [], (previous) => {
    if (previous !== null) bind(previous);
    if (challenges.length < AHEAD) return roundOfParts(sums);
    let atZero = ZERO;
    let leading = ZERO;
    for (const { rows, weights } of folded) {
      kernels.roundOfTwo(out, rows.address, rows.stride, weights.address, weights.stride, left / 2);
      atZero = add(atZero, memory.element(out));
      leading = add(leading, memory.element(out + 16));
    }
    return { atZero, leading };
  });
  bind(point[0]!);
  const weights = folded.map((one) => memory.entry(one.weights, 0));
  memory.release(mark);
  return { point, weights };
};

/** A product whose highest variables are bound. */
type Folded = { readonly rows: ExtVector; readonly weights: ExtVector };

const foldParts = (
  memory: ProofMemory,
  { combination, weights }: Product,
  bound: readonly Ext[],
  length: number,
): Folded => {
  const rows = zeros(memory, length);
  const own = memory.ext(length);
  const mark = memory.mark();
  const by = memory.ext(PARTS);
  eqInto(memory, by, bound, ONE);
  addParts(memory, rows, combination, by);
  const others = weights.others === null ? null : zeros(memory, length);
  if (others !== null) addParts(memory, others, weights.others!, by);
  writeWeights(memory, own, { ...weights, others }, bound);
  memory.release(mark);
  return { rows, weights: own };
};

/** Adds all parts of a vector, each by its element. */
const addParts = (memory: ProofMemory, out: ExtVector, vector: ExtVector | BaseVector, by: ExtVector): void => {
  const { kernels } = memory;
  const { address, length } = out;
  if (!isExtVector(vector)) {
    kernels.addRows(address, out.stride, vector.address, 4 * length, by.address, by.stride, PARTS, length);
    return;
  }
  const mark = memory.mark();
  const scale = memory.take(16);
  for (let a = 0; a < PARTS; a++) {
    memory.put(scale, [memory.entry(by, a)]);
    kernels.addScaled(address, out.stride, vector.address + 4 * a * length, vector.stride, scale, length);
  }
  memory.release(mark);
};

/** Writes all combinations, each by what its weights are bound to, and zeros behind. */
export const combine = (
  memory: ProofMemory,
  u: ExtVector,
  products: readonly Product[],
  weights: readonly Ext[],
): void => {
  memory.bytes(u.address, 4 * u.stride).fill(0);
  const mark = memory.mark();
  const scale = memory.take(16);
  for (const [i, { combination }] of products.entries()) {
    const { address, length } = combination;
    memory.put(scale, [weights[i]!]);
    if (isExtVector(combination)) {
      memory.kernels.addScaled(u.address, u.stride, address, combination.stride, scale, length);
    } else memory.kernels.addRows(u.address, u.stride, address, 0, scale, 4, 1, length);
  }
  memory.release(mark);
};
