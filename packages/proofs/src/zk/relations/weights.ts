/** Weights that elements of an axis are summed over with: what they are, and as vectors. */

import type { Ext } from '../field/ext.ts';
import { bitsOf } from '../field/multilinear.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import { eqVector, part, zeros } from './vectors.ts';

/** Pairs of indices: element `to[n]` of the operand counts in element `from[n]` of the result. */
export type Pairs = { readonly to: Uint32Array; readonly from: Uint32Array };

/** A point of the result, and what it counts. */
export type Term<C = Ext> = { readonly point: readonly C[]; readonly scale: C };

/** `Σ_terms scale·Σ_n eq(point, from[n])` at each `to[n]`. */
export type Scattered<C = Ext> = {
  readonly kind: 'scattered';
  readonly vars: number;
  readonly terms: readonly Term<C>[];
  readonly pairs: Pairs;
};

/** `eq(out, o)·eq(channel, c)` at (o, c'), where c' of the group of o is channel c: of `depth` channels in each group. */
export type Grouped<C = Ext> = {
  readonly kind: 'grouped';
  readonly vars: number;
  readonly outputs: number;
  readonly groups: number;
  readonly depth: number;
  readonly out: readonly C[];
  readonly channel: readonly C[];
};

/** Weights of an axis with so many variables, of 2^vars elements. */
export type Weights<C = Ext> = Scattered<C> | Grouped<C>;

export const scattered = <C>(vars: number, terms: readonly Term<C>[], pairs: Pairs): Scattered<C> => ({
  ...{ kind: 'scattered', vars, terms, pairs },
});

/** The first channel that an output of a group sees. */
export const firstChannel = ({ outputs, groups, depth }: Pick<Grouped, 'outputs' | 'groups' | 'depth'>, o: number) =>
  Math.floor(o / (outputs / groups)) * depth;

/** The cost for both sides is one addition a pair, and a table of each axis. */
const scatter = (memory: ProofMemory, { vars, terms, pairs: { to, from } }: Scattered): ExtVector => {
  const out = zeros(memory, 2 ** vars);
  const mark = memory.mark();
  const [a, b] = [memory.base(to.length), memory.base(from.length)];
  memory.words(a).set(to);
  memory.words(b).set(from);
  for (const { point, scale } of terms) {
    const inside = memory.mark();
    const table = eqVector(memory, point, scale);
    const { address, stride } = out;
    memory.kernels.scatter(address, stride, table.address, table.stride, a.address, b.address, to.length);
    memory.release(inside);
  }
  memory.release(mark);
  return out;
};

const grouped = (memory: ProofMemory, weights: Grouped): ExtVector => {
  const { outputs, depth } = weights;
  const width = 2 ** bitsOf(depth);
  const joint = zeros(memory, 2 ** bitsOf(outputs) * width);
  const mark = memory.mark();
  const [ofOut, ofChannel] = [eqVector(memory, weights.out), eqVector(memory, weights.channel)];
  for (let o = 0; o < outputs; o++) {
    const first = firstChannel(weights, o);
    const [to, high, low] = [part(joint, o * width, depth), part(ofOut, o, 1), part(ofChannel, first, depth)];
    memory.kernels.outer(to.address, to.stride, high.address, high.stride, 1, low.address, low.stride, depth);
  }
  memory.release(mark);
  return joint;
};

/** Weights as a vector, which takes room. */
export const spread = (memory: ProofMemory, weights: Weights): ExtVector =>
  weights.kind === 'scattered' ? scatter(memory, weights) : grouped(memory, weights);
