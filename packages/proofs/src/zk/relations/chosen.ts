/**
 * `argmax` whose indices nobody else knows: committed to, with the largest value m of each row, and of each element whether it
 * is before the index (`before`), and whether it is not behind (`upto`):
 *
 *     offset = index − j, looked up in −(K − 1) .. K − 1:   before = clamp(offset, 0, 1),   upto = clamp(offset + 1, 0, 1)
 *     weighed = m − x − before + top·(upto − before), looked up in 0 .. top, which is one more than any m − x
 *
 * All offsets of a row are in their table only if the index is one of 0 .. K − 1. Where j is another m is at least x, and more
 * before the index; where j is the index m is at most x. So that value is the largest, and all before it are smaller. Offset and
 * weighed are linear in what is committed to.
 */
import type { Interval, Shape, Tensor, ValueId } from '@surety/programs';
import type { Arithmetic } from '../field/arithmetic.ts';
import { bitsOf } from '../field/multilinear.ts';
import type { TableSpec } from '../plan/tables.ts';
import { boxAt } from './bias.ts';
import type { RelationContext } from './context.ts';
import type { Sum } from './linear.ts';

const COMMITTED = ['before', 'upto'] as const;
const DERIVED = ['offset', 'weighed'] as const;

export type ChosenPart = (typeof COMMITTED)[number] | (typeof DERIVED)[number];

export const CHOSEN_PARTS: { readonly committed: readonly ChosenPart[]; readonly derived: readonly ChosenPart[] } = {
  committed: COMMITTED,
  derived: DERIVED,
};

/**
 * Which parts are looked up in which table.
 * @param size elements of a row
 * @param weighed 0 .. top
 */
export const chosenLookups = (size: number, weighed: TableSpec): readonly (readonly [TableSpec, ...ChosenPart[]])[] => {
  const last = size - 1;
  const clamped = (offset: number): TableSpec => ({ kind: 'clamp', from: 0 - last, to: last, offset, low: 0, high: 1 });
  return [
    [clamped(0), 'offset', 'before'],
    [clamped(1), 'offset', 'upto'],
    [weighed, 'weighed'],
  ];
};

/** One more than any value of a range is below another. */
export const topOf = ({ low, high }: Interval): number => high - low + 1;

/** What each row's largest is, and a part of each element. */
export const chosenOf = (
  { shape, values }: Tensor,
  { values: indices }: Tensor,
  top: number,
): { readonly most: Int32Array; readonly part: (part: ChosenPart) => Int32Array } => {
  const size = shape.at(-1)!;
  const most = Int32Array.from(indices, (index, row) => values[row * size + index]!);
  const of = (part: ChosenPart, at: number): number => {
    const row = Math.floor(at / size);
    const offset = indices[row]! - (at % size);
    const [before, chosen] = [offset > 0 ? 1 : 0, offset === 0 ? 1 : 0];
    if (part === 'offset') return offset;
    if (part === 'before') return before;
    return part === 'upto' ? before + chosen : most[row]! - values[at]! - before + top * chosen;
  };
  return { most, part: (part) => Int32Array.from(values, (_, at) => of(part, at)) };
};

type Node = { readonly id: ValueId; readonly x: ValueId };

/** How many places of a row a point counts, and the point of the rows. */
const rowsOf = <C>({ below, indexBelow }: Arithmetic<C>, shape: Shape, point: readonly C[]) => {
  const size = shape.at(-1)!;
  const vars = bitsOf(size);
  const [place, rows] = [point.slice(0, vars), point.slice(vars)];
  return { rows, there: below(place, size), indices: indexBelow(place, size) };
};

/** `index − j` at a point of the operand. */
export const offsetSum = <C>(
  { types, arithmetic }: RelationContext<C>,
  { id, x }: Node,
  point: readonly C[],
): Sum<C> => {
  const { shape } = types[x]!;
  const { rows, there, indices } = rowsOf(arithmetic, shape, point);
  const count = boxAt(arithmetic, shape.slice(0, -1), rows);
  return {
    constant: arithmetic.neg(arithmetic.mul(indices, count)),
    parts: [{ operand: id, coefficient: there, axes: [{ at: rows }] }],
  };
};

/**
 * `m − x` at a point of the operand: what is left of `weighed` without the parts that are looked up there.
 * @param most number of the largest values
 */
export const apartSum = <C>(
  { types, arithmetic }: RelationContext<C>,
  { x }: Node,
  most: ValueId,
  point: readonly C[],
): Sum<C> => {
  const { rows, there } = rowsOf(arithmetic, types[x]!.shape, point);
  return {
    constant: arithmetic.number(0),
    parts: [
      { operand: most, coefficient: there, axes: [{ at: rows }] },
      { operand: x, coefficient: arithmetic.number(-1), axes: [{ at: point }] },
    ],
  };
};
