/** Sums along the last axis (`reduce_sum`): 2^n times what the extension is at 1/2 in each of its n variables. */
import type { Shape, ValueId } from '@surety/programs';
import { HALF } from '../field/ext.ts';
import { bitsOf } from '../field/multilinear.ts';
import type { RelationContext } from './context.ts';
import type { Sum } from './linear.ts';

export const reduceSum = <C>(
  { types, arithmetic: { number } }: RelationContext<C>,
  { x }: { readonly x: ValueId },
  _shape: Shape,
  point: readonly C[],
): Sum<C> => {
  const vars = bitsOf(types[x]!.shape.at(-1)!);
  const axes = [{ at: point }, { at: new Array<C>(vars).fill(number(HALF[0])) }];
  return { constant: number(0), parts: [{ operand: x, coefficient: number(2 ** vars), axes }] };
};
