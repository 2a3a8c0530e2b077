/** `sum_pool`: rows and columns weighed by the windows that they are in, each axis by itself. */
import type { Shape, ValueId, Window } from '@surety/programs';
import { type Ext, ONE, ZERO } from '../field/ext.ts';
import { splitPoint } from './axes.ts';
import type { RelationContext } from './context.ts';
import type { Sum } from './linear.ts';
import { slidesOf, windowAxis } from './maps.ts';

type Pool = { readonly x: ValueId } & Window;

export const poolSum = ({ types }: RelationContext, form: Pool, shape: Shape, point: readonly Ext[]): Sum => {
  const [, height, width] = types[form.x]!.shape as readonly [number, number, number, number];
  const [batch, i, j, channel] = splitPoint(shape, point) as [Ext[], Ext[], Ext[], Ext[]];
  const [rows, columns] = slidesOf([height, width], [shape[1]!, shape[2]!], form);
  const axes = [{ at: batch }, windowAxis(rows, i, []), windowAxis(columns, j, []), { at: channel }];
  return { constant: ZERO, parts: [{ operand: form.x, coefficient: ONE, axes }] };
};
