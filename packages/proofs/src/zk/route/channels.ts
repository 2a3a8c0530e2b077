/**
 * Nodes whose channels have shifts of their own: p(r) = Σ_c eq(r_c, c)·2^−shift_c·(z + half − remainder)(r_rest, c), a sum over
 * the channels, which are the last dimension. It ends in claims at one channel point ρ.
 */
import { halfOf, type Shape } from '@surety/programs';
import { add, type Ext, ext, inverse1, mul, neg, ONE, scale, ZERO } from '../field/ext.ts';
import { bitsOf, eqAt } from '../field/multilinear.ts';
import type { Limb } from '../plan/stages.ts';
import { boxAt } from '../relations/bias.ts';

export type Channels = {
  /** Coordinates of the channel, and of all else. */
  readonly own: readonly Ext[];
  readonly rest: readonly Ext[];
  /** `eq(own, c)·2^−shift_c` of each channel. */
  readonly weights: readonly Ext[];
  /** What rounding adds to the sums of each channel, at the rest of the point. */
  readonly halves: readonly Ext[];
};

export const channelsAt = (shape: Shape, shifts: readonly number[], point: readonly Ext[]): Channels => {
  const vars = bitsOf(shape.at(-1)!);
  const [own, rest] = [point.slice(0, vars), point.slice(vars)];
  const box = boxAt(shape.slice(0, -1), rest);
  return {
    own,
    rest,
    weights: shifts.map((shift, c) => scale(eqAt(own, c), inverse1(2 ** shift))),
    halves: shifts.map((shift) => scale(box, halfOf(shift))),
  };
};

/** The extension of values of the channels. */
export const extensionAt = (values: readonly Ext[], rho: readonly Ext[]): Ext =>
  values.reduce((sum, value, c) => add(sum, mul(value, eqAt(rho, c))), ZERO);

/** z = difference − half + Σ 2^from·limb, all at one point. */
export const sumParts = <V>(
  known: (value: Ext) => V,
  difference: V,
  halves: readonly Ext[],
  rho: readonly Ext[],
  limbs: readonly Limb[],
  values: readonly V[],
): (readonly [V, Ext])[] => [
  [difference, ONE],
  [known(extensionAt(halves, rho)), neg(ONE)],
  ...values.map((value, i): [V, Ext] => [value, ext(2 ** limbs[i]!.from)]),
];
