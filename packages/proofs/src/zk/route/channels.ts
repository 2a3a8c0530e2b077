/**
 * Nodes whose channels have shifts of their own: p(r) = Σ_c eq(r_c, c)·2^−shift_c·(z + half − remainder)(r_rest, c), a sum over
 * the channels, which are the last dimension. It ends in claims at one channel point ρ.
 */
import { halfOf, type Shape } from '@surety/programs';
import { type Arithmetic, EXTENSION } from '../field/arithmetic.ts';
import { type Ext, inverse1, mul1 } from '../field/ext.ts';
import { bitsOf } from '../field/multilinear.ts';
import type { BaseVector, ExtVector, ProofMemory } from '../memory.ts';
import type { Limb } from '../plan/stages.ts';
import { boxAt } from '../relations/bias.ts';
import { eqVector, plane } from '../relations/vectors.ts';

/** Vectors have an element for each channel and zeros up to a power of two. */
export type Channels = {
  /** Coordinates of the channel, and of all else. */
  readonly own: readonly Ext[];
  readonly rest: readonly Ext[];
  /** `eq(own, c)·2^−shift_c` of each channel. */
  readonly weights: ExtVector;
  /** What rounding adds to the sums of each channel, … */
  readonly halves: BaseVector;
  /** … wherever there are some: which places are there, at the rest of the point. */
  readonly box: Ext;
};

/** Takes room for the vectors. */
export const channelsAt = (
  memory: ProofMemory,
  shape: Shape,
  shifts: readonly number[],
  point: readonly Ext[],
): Channels => {
  const vars = bitsOf(shape.at(-1)!);
  const [own, rest] = [point.slice(0, vars), point.slice(vars)];
  const weights = eqVector(memory, own);
  const halves = memory.base(2 ** vars);
  const inverses = new Map([...new Set(shifts)].map((shift) => [shift, inverse1(2 ** shift)]));
  const by = shifts.map((shift) => inverses.get(shift)!);
  for (let c = 0; c < 4; c++) {
    const words = plane(memory, weights, c).fill(0, by.length);
    for (let i = 0; i < by.length; i++) words[i] = mul1(words[i]!, by[i]!);
  }
  memory.words(halves).fill(0).set(shifts.map(halfOf));
  return { own, rest, weights, halves, box: boxAt(EXTENSION, shape.slice(0, -1), rest) };
};

/** z = difference − half + Σ 2^from·limb, all at one point. */
export const sumParts = <V, C>(
  { number }: Pick<Arithmetic<C>, 'number'>,
  known: (value: C) => V,
  difference: V,
  half: C,
  limbs: readonly Limb[],
  values: readonly V[],
): (readonly [V, C])[] => [
  [difference, number(1)],
  [known(half), number(-1)],
  ...values.map((value, i): [V, C] => [value, number(2 ** limbs[i]!.from)]),
];
