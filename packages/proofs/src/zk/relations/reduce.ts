/** Sums along the last axis (`reduce_sum`): 2^n times what the extension is at 1/2 in each of its n variables. */
import type { Shape, ValueId } from '@surety/programs';
import { type Ext, ext, ZERO } from '../field/ext.ts';
import { bitsOf } from '../field/multilinear.ts';
import { HALF } from '../sumcheck/verify.ts';
import type { RelationContext } from './context.ts';
import type { Sum } from './linear.ts';

export const reduceSum = (
  { types }: RelationContext,
  { x }: { readonly x: ValueId },
  _shape: Shape,
  point: readonly Ext[],
): Sum => {
  const vars = bitsOf(types[x]!.shape.at(-1)!);
  const axes = [{ at: point }, { at: new Array<Ext>(vars).fill(HALF) }];
  return { constant: ZERO, parts: [{ operand: x, coefficient: ext(2 ** vars), axes }] };
};
