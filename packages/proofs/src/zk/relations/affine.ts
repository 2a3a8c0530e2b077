/** `affine`: `z(r) = d·box(r) + Σ_i c_i·x_i(r)`, an axis that an operand repeats counting once each true index. */
import type { Shape, ValueId } from '@surety/programs';
import { splitPoint } from './axes.ts';
import { boxAt } from './bias.ts';
import type { RelationContext } from './context.ts';
import type { Axis, Part, Sum } from './linear.ts';

type Affine = { readonly x: readonly ValueId[]; readonly c: readonly number[]; readonly d: number };

export const affineSum = <C>(
  { types, arithmetic }: RelationContext<C>,
  { x, c, d }: Affine,
  shape: Shape,
  point: readonly C[],
): Sum<C> => {
  const { number, mul, below } = arithmetic;
  const coordinates = splitPoint(shape, point);
  const parts = x.map((operand, i): Part<C> => {
    const own = types[operand]!.shape;
    let coefficient = number(c[i]!);
    const axes: Axis<C>[] = [];
    for (const [axis, size] of shape.entries()) {
      const mine = own[axis - shape.length + own.length] ?? 1;
      if (mine === size) axes.push({ at: coordinates[axis]! });
      else coefficient = mul(coefficient, below(coordinates[axis]!, size));
    }
    return { operand, coefficient, axes };
  });
  return { constant: mul(boxAt(arithmetic, shape, point), number(d)), parts };
};
