/** From what the lookups left of a node to a claim on the exact sum that it computes. */
import { halfOf, type Shape } from '@surety/programs';
import type { Limb } from '../plan/stages.ts';
import { boxAt } from '../relations/bias.ts';
import type { Side } from './side.ts';

/** z = 2^shift·p + Σ 2^from·limb − half, all at one point, where the shift is that of all channels. */
export const sumOf = <V, C>(
  { arithmetic, combined, known }: Pick<Side<V, unknown, unknown, C>, 'arithmetic' | 'combined' | 'known'>,
  shape: Shape,
  point: readonly C[],
  shift: number,
  quotient: V,
  limbs: readonly (readonly [Limb, V])[],
): V =>
  combined([
    [quotient, arithmetic.number(2 ** shift)],
    ...limbs.map(([{ from }, value]): [V, C] => [value, arithmetic.number(2 ** from)]),
    [known(boxAt(arithmetic, shape, point)), arithmetic.number(-halfOf(shift))],
  ]);
