/** The sumcheck over the columns of an opening, on the prover's side. */
import type { ProverChannel } from '../channel/channel.ts';
import { add, type Ext, ONE, sub, ZERO } from '../field/ext.ts';
import type { BaseVector, ExtVector, ProofMemory } from '../memory.ts';
import { proveSumcheck } from '../sumcheck/prove.ts';
import { isExtVector, type Product } from './products.ts';
import { width } from './shape.ts';

/** Proves the sum of all products. Binds their weights to the point that it ends at, and returns that. */
export const sumColumns = (
  channel: ProverChannel,
  memory: ProofMemory,
  products: readonly Product[],
  sum: Ext,
  rowVars: number,
): readonly Ext[] => {
  const { kernels } = memory;
  const mark = memory.mark();
  const out = memory.take(48);
  const r = out + 32;
  // The combinations are needed whole in the end: binding the first variable makes others of half their length.
  const bound: ExtVector[] = [];
  let half = width({ rowVars });
  const bind = (challenge: Ext): void => {
    for (const [i, { combination, weights }] of products.entries()) {
      const rows = bound[i];
      if (rows === undefined) bound.push(boundApart(memory, combination, half, challenge));
      memory.put(r, [challenge]);
      if (rows !== undefined) kernels.foldExt(rows.address, rows.stride, half, r);
      kernels.foldExt(weights.address, weights.stride, half, r);
    }
  };
  const { point } = proveSumcheck(channel, sum, rowVars, [], (previous) => {
    if (previous !== null) bind(previous);
    half /= 2;
    let atZero = ZERO;
    let leading = ZERO;
    for (const [i, { combination, weights }] of products.entries()) {
      const rows = bound[i] ?? combination;
      if (isExtVector(rows)) {
        kernels.roundOfTwo(out, rows.address, rows.stride, weights.address, weights.stride, half);
      } else roundOfRow(memory, out, rows, weights, half);
      atZero = add(atZero, memory.element(out));
      leading = add(leading, memory.element(out + 16));
    }
    return { atZero, leading };
  });
  bind(point[0]!);
  memory.release(mark);
  return point;
};

/** As the kernel `roundOfTwo`, of a row of the base field. */
const roundOfRow = (memory: ProofMemory, out: number, row: BaseVector, weights: ExtVector, half: number): void => {
  const dot = (a: number, b: number): Ext => {
    memory.kernels.dotBase(out, row.address + 4 * a, weights.address + 4 * b, weights.stride, half);
    return memory.element(out);
  };
  const atZero = dot(0, 0);
  const leading = sub(add(atZero, dot(half, half)), add(dot(0, half), dot(half, 0)));
  memory.put(out, [atZero, leading]);
};

/** The highest variable of the first `2·half` elements bound, as a vector of its own. */
const boundApart = (memory: ProofMemory, vector: ExtVector | BaseVector, half: number, challenge: Ext): ExtVector => {
  const bound = memory.ext(half);
  const mark = memory.mark();
  const scale = memory.take(16);
  if (isExtVector(vector)) {
    memory.bytes(bound.address, 4 * bound.stride).fill(0);
    for (const [part, by] of [sub(ONE, challenge), challenge].entries()) {
      memory.put(scale, [by]);
      const from = vector.address + 4 * part * half;
      memory.kernels.addScaled(bound.address, bound.stride, from, vector.stride, scale, half);
    }
  } else {
    memory.put(scale, [challenge]);
    memory.kernels.foldBase(bound.address, bound.stride, vector.address, half, scale);
  }
  memory.release(mark);
  return bound;
};

/** Writes all combinations, each by what its weights are bound to, and zeros behind. */
export const combine = (memory: ProofMemory, u: ExtVector, products: readonly Product[]): void => {
  memory.bytes(u.address, 4 * u.stride).fill(0);
  const mark = memory.mark();
  const scale = memory.take(16);
  for (const { combination, weights } of products) {
    const { address, length } = combination;
    memory.put(scale, [memory.entry(weights, 0)]);
    if (isExtVector(combination)) {
      memory.kernels.addScaled(u.address, u.stride, address, combination.stride, scale, length);
    } else memory.kernels.addRows(u.address, u.stride, address, 0, scale, 4, 1, length);
  }
  memory.release(mark);
};
