/** `gather` by indices that everybody knows: rows of the data weighed by where they go. */
import type { Shape, ValueId } from '@surety/programs';
import { type Ext, ONE, ZERO } from '../field/ext.ts';
import { bitsOf } from '../field/multilinear.ts';
import { varsOf } from './axes.ts';
import type { RelationContext } from './context.ts';
import type { Axis, Sum } from './linear.ts';
import { bitPoint, only, scattered } from './maps.ts';
import { eachRun } from './vectors.ts';

type Gather = { readonly data: ValueId; readonly index: ValueId };

export const gatherSum = (
  { types, open, varies }: RelationContext,
  { data, index }: Gather,
  _shape: Shape,
  point: readonly Ext[],
): Sum => {
  const own = types[data]!.shape;
  const { shape, values } = open(index)!;
  const inner = varsOf(own.slice(1));
  const [within, rows] = [point.slice(0, inner), point.slice(inner)];
  const vars = bitsOf(own[0]!);
  const axis = (): Axis => {
    // A row that is chosen by an input would choose as well what else there is to say.
    if (values.length === 1 && !varies?.(index)) return { at: bitPoint(values[0]!, vars) };
    const from = new Uint32Array(values.length);
    eachRun(shape, (dense, padded, length) => {
      for (let i = 0; i < length; i++) from[dense + i] = padded + i;
    });
    return { weights: scattered(vars, only(rows), { to: Uint32Array.from(values), from }) };
  };
  return { constant: ZERO, parts: [{ operand: data, coefficient: ONE, axes: [axis(), { at: within }] }] };
};
