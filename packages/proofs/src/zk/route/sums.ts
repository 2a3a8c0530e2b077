/** From what the lookups left of a node to a claim on the exact sum that it computes. */
import { halfOf, type Shape } from '@surety/programs';
import { type Ext, ext, neg } from '../field/ext.ts';
import type { Limb } from '../plan/stages.ts';
import { boxAt } from '../relations/bias.ts';
import type { Side } from './side.ts';

/** z = 2^shift·p + Σ 2^from·limb − half, all at one point, where the shift is that of all channels. */
export const sumOf = <V>(
  side: Pick<Side<V, unknown, unknown>, 'combined' | 'known'>,
  shape: Shape,
  point: readonly Ext[],
  shift: number,
  quotient: V,
  limbs: readonly (readonly [Limb, V])[],
): V =>
  side.combined([
    [quotient, ext(2 ** shift)],
    ...limbs.map(([{ from }, value]): [V, Ext] => [value, ext(2 ** from)]),
    [side.known(boxAt(shape, point)), neg(ext(halfOf(shift)))],
  ]);
