/** Operators that move elements: directly where only bits of the index move, else weighed axis by axis. */
import { elements, type Shape, type ValueId } from '@surety/programs';
import { bitsOf } from '../field/multilinear.ts';
import { splitPoint, varsOf } from './axes.ts';
import type { RelationContext } from './context.ts';
import type { Axis, Part, Sum } from './linear.ts';
import { progression } from './maps.ts';
import { eachRun } from './vectors.ts';
import { scattered } from './weights.ts';

type Move<Form> = <C>(context: RelationContext<C>, form: Form, shape: Shape, point: readonly C[]) => Sum<C>;

const sumOf = <C>(
  { arithmetic: { number } }: RelationContext<C>,
  operand: ValueId,
  axes: readonly Axis<C>[],
): Sum<C> => ({
  constant: number(0),
  parts: [{ operand, coefficient: number(1), axes }],
});

export const transposeSum: Move<{ x: ValueId; perm: readonly number[] }> = (context, { x, perm }, shape, point) => {
  const axes = splitPoint(shape, point);
  return sumOf(
    context,
    x,
    perm.map((_, axis) => ({ at: axes[perm.indexOf(axis)]! })),
  );
};

type Slice = { x: ValueId; starts: readonly number[]; steps: readonly number[] };

export const sliceSum: Move<Slice> = (context, { x, starts, steps }, shape, point) => {
  const axes = splitPoint(shape, point);
  return sumOf(
    context,
    x,
    context.types[x]!.shape.map((size, axis) =>
      progression(
        context.arithmetic,
        { size, length: shape[axis]!, start: starts[axis]!, step: steps[axis]! },
        axes[axis]!,
      ),
    ),
  );
};

export const concatSum: Move<{ x: readonly ValueId[]; axis: number }> = <C>(
  { types, arithmetic: { number, eqAt } }: RelationContext<C>,
  form: { readonly x: readonly ValueId[]; readonly axis: number },
  shape: Shape,
  point: readonly C[],
): Sum<C> => {
  const coordinates = splitPoint(shape, point);
  const along = coordinates[form.axis]!;
  let before = 0;
  const parts = form.x.map((operand): Part<C> => {
    const size = types[operand]!.shape[form.axis]!;
    const vars = bitsOf(size);
    const first = before;
    before += size;
    const axesWith = (axis: Axis<C>): Axis<C>[] => coordinates.map((at, i) => (i === form.axis ? axis : { at }));
    if (first % 2 ** vars === 0) {
      // What lies behind the operand's last element is zero in it, whatever it is here.
      const coefficient = eqAt(along.slice(vars), first / 2 ** vars);
      return { operand, coefficient, axes: axesWith({ at: along.slice(0, vars) }) };
    }
    const to = Uint32Array.from({ length: size }, (_, i) => i);
    const term = { point: along, scale: number(1) };
    const weights = scattered(vars, [term], { to, from: to.map((i) => first + i) });
    return { operand, coefficient: number(1), axes: axesWith({ weights }) };
  });
  return { constant: number(0), parts };
};

/** Neighbouring axes of both shapes that hold the same number of elements, as few as can be at a time. */
const segments = (from: Shape, to: Shape): (readonly [Shape, Shape])[] => {
  const all: [number[], number[]][] = [];
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    const [a, b]: [number[], number[]] = [[], []];
    do {
      const [m, n] = [elements(a), elements(b)];
      if (j >= to.length || (i < from.length && m <= n)) a.push(from[i++]!);
      else b.push(to[j++]!);
    } while (elements(a) !== elements(b));
    all.push([a, b]);
  }
  return all;
};

/** Whether the padded index is the true one: only the outermost dimension is no power of two. */
const isDense = (shape: Shape): boolean =>
  shape.filter((size) => size > 1).every((size, axis) => axis === 0 || Number.isInteger(Math.log2(size)));

/** Where each element lies padded, in row-major order. */
const paddedIndices = (shape: Shape): Uint32Array => {
  const indices = new Uint32Array(elements(shape));
  eachRun(shape, (from, to, length) => {
    for (let i = 0; i < length; i++) indices[from + i] = to + i;
  });
  return indices;
};

export const reshapeSum: Move<{ x: ValueId }> = <C>(
  context: RelationContext<C>,
  { x }: { readonly x: ValueId },
  shape: Shape,
  point: readonly C[],
): Sum<C> => {
  let end = point.length;
  const axes = segments(context.types[x]!.shape, shape).map(([a, b]): Axis<C> => {
    end -= varsOf(b);
    const at = point.slice(end, end + varsOf(b));
    if (isDense(a) && isDense(b)) return { at };
    const term = { point: at, scale: context.arithmetic.number(1) };
    return { weights: scattered(varsOf(a), [term], { to: paddedIndices(a), from: paddedIndices(b) }) };
  });
  return sumOf(context, x, axes);
};
