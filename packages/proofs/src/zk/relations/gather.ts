/**
 * `gather`. By indices that everybody knows: rows of the data weighed by where they go. By others, of data that everybody knows:
 * each element is looked up by where it is among all of the data, `width·index + j` for element j of a row.
 */
import { elements, type Shape, stridesOf, type Tensor, type ValueId } from '@surety/programs';
import { add, type Ext, mul, ONE, scale, ZERO } from '../field/ext.ts';
import { below, bitsOf, indexBelow } from '../field/multilinear.ts';
import { splitPoint, varsOf } from './axes.ts';
import { boxAt } from './bias.ts';
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

/** Where the elements of a result are among all values of the data, in its shape. */
export const keysOf = (data: Shape, { values }: Tensor): Int32Array => {
  const width = elements(data.slice(1));
  return Int32Array.from({ length: values.length * width }, (_, at) => {
    const j = at % width;
    return values[(at - j) / width]! * width + j;
  });
};

/** The keys at a point of the result: 0 on the padding, as all that is looked up. */
export const keySum = ({ types }: RelationContext, { data, index }: Gather, point: readonly Ext[]): Sum => {
  const own = types[data]!.shape.slice(1);
  const inner = varsOf(own);
  const [within, rows] = [point.slice(0, inner), point.slice(inner)];
  const axes = splitPoint(own, within);
  const strides = stridesOf(own);
  const there = boxAt(own, within);
  let offset = ZERO;
  for (const [axis, stride] of strides.entries()) {
    const indices = axes.map((at, i) => (i === axis ? indexBelow(at, own[i]!) : below(at, own[i]!)));
    offset = add(offset, scale(indices.reduce(mul, ONE), stride));
  }
  return {
    constant: mul(offset, boxAt(types[index]!.shape, rows)),
    parts: [{ operand: index, coefficient: scale(there, elements(own)), axes: [{ at: rows }] }],
  };
};
