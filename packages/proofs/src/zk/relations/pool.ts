/** `sum_pool`: rows and columns weighed by the windows that they are in, each axis by itself. */
import type { Shape, ValueId, Window } from '@surety/programs';
import { splitPoint } from './axes.ts';
import type { RelationContext } from './context.ts';
import type { Sum } from './linear.ts';
import { slidesOf, windowAxis } from './maps.ts';

type Pool = { readonly x: ValueId } & Window;

export const poolSum = <C>(
  { types, arithmetic: { number } }: RelationContext<C>,
  form: Pool,
  shape: Shape,
  point: readonly C[],
): Sum<C> => {
  const [, height, width] = types[form.x]!.shape as readonly [number, number, number, number];
  const [batch, i, j, channel] = splitPoint(shape, point) as [C[], C[], C[], C[]];
  const [rows, columns] = slidesOf([height, width], [shape[1]!, shape[2]!], form);
  const axes = [
    { at: batch },
    windowAxis(number(1), rows, i, []),
    windowAxis(number(1), columns, j, []),
    { at: channel },
  ];
  return { constant: number(0), parts: [{ operand: form.x, coefficient: number(1), axes }] };
};
