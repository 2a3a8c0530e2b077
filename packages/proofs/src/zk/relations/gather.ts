/**
 * `gather`. By indices that everybody knows: rows of the data weighed by where they go. By others, of data that everybody knows:
 * each element is looked up by where it is among all of the data, `width·index + j` for element j of a row.
 */
import { elements, type Shape, stridesOf, type Tensor, type ValueId } from '@surety/programs';
import { bitsOf } from '../field/multilinear.ts';
import { splitPoint, varsOf } from './axes.ts';
import { boxAt } from './bias.ts';
import type { RelationContext } from './context.ts';
import type { Axis, Sum } from './linear.ts';
import { bitPoint } from './maps.ts';
import { eachRun } from './vectors.ts';
import { scattered } from './weights.ts';

type Gather = { readonly data: ValueId; readonly index: ValueId };

export const gatherSum = <C>(
  { types, arithmetic, indices, varies }: RelationContext<C>,
  { data, index }: Gather,
  _shape: Shape,
  point: readonly C[],
): Sum<C> => {
  const { number } = arithmetic;
  const own = types[data]!.shape;
  const { shape, values } = indices(index);
  const inner = varsOf(own.slice(1));
  const [within, rows] = [point.slice(0, inner), point.slice(inner)];
  const vars = bitsOf(own[0]!);
  const axis = (): Axis<C> => {
    // A row that is chosen by an input would choose as well what else there is to say.
    if (values.length === 1 && !varies?.(index)) return { at: bitPoint(arithmetic, values[0]!, vars) };
    const from = new Uint32Array(values.length);
    eachRun(shape, (dense, padded, length) => {
      for (let i = 0; i < length; i++) from[dense + i] = padded + i;
    });
    return { weights: scattered(vars, [{ point: rows, scale: number(1) }], { to: Uint32Array.from(values), from }) };
  };
  return { constant: number(0), parts: [{ operand: data, coefficient: number(1), axes: [axis(), { at: within }] }] };
};

/** Where the elements of a result are among all values of the data, in its shape. */
export const keysOf = (data: Shape, { values }: Tensor): Int32Array => {
  const width = elements(data.slice(1));
  return Int32Array.from({ length: values.length * width }, (_, at) => {
    const j = at % width;
    return values[(at - j) / width]! * width + j;
  });
};

/** The keys at a point of the result: 0 on the padding, as all that is looked up. */
export const keySum = <C>(
  { types, arithmetic }: RelationContext<C>,
  { data, index }: Gather,
  point: readonly C[],
): Sum<C> => {
  const { number, add, mul, below, indexBelow } = arithmetic;
  const own = types[data]!.shape.slice(1);
  const inner = varsOf(own);
  const [within, rows] = [point.slice(0, inner), point.slice(inner)];
  const axes = splitPoint(own, within);
  const strides = stridesOf(own);
  const there = boxAt(arithmetic, own, within);
  let offset = number(0);
  for (const [axis, stride] of strides.entries()) {
    const indices = axes.map((at, i) => (i === axis ? indexBelow(at, own[i]!) : below(at, own[i]!)));
    offset = add(offset, mul(indices.reduce(mul, number(1)), number(stride)));
  }
  return {
    constant: mul(offset, boxAt(arithmetic, types[index]!.shape, rows)),
    parts: [{ operand: index, coefficient: mul(there, number(elements(own))), axes: [{ at: rows }] }],
  };
};
