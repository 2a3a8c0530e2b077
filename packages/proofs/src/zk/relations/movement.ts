/** Operators that move elements: directly where only bits of the index move, else weighed axis by axis. */
import { elements, type Shape, type ValueId } from '@surety/programs';
import { type Ext, ONE, ZERO } from '../field/ext.ts';
import { bitsOf, eqAt } from '../field/multilinear.ts';
import { splitPoint, varsOf } from './axes.ts';
import type { RelationContext } from './context.ts';
import type { Axis, Part, Sum } from './linear.ts';
import { only, progression, scattered } from './maps.ts';
import { eachRun } from './vectors.ts';

type Move<Form> = (context: RelationContext, form: Form, shape: Shape, point: readonly Ext[]) => Sum;

const sumOf = (operand: ValueId, axes: readonly Axis[]): Sum => ({
  constant: ZERO,
  parts: [{ operand, coefficient: ONE, axes }],
});

export const transposeSum: Move<{ x: ValueId; perm: readonly number[] }> = (_context, { x, perm }, shape, point) => {
  const axes = splitPoint(shape, point);
  return sumOf(
    x,
    perm.map((_, axis) => ({ at: axes[perm.indexOf(axis)]! })),
  );
};

type Slice = { x: ValueId; starts: readonly number[]; steps: readonly number[] };

export const sliceSum: Move<Slice> = ({ types }, { x, starts, steps }, shape, point) => {
  const axes = splitPoint(shape, point);
  return sumOf(
    x,
    types[x]!.shape.map((size, axis) => progression(size, shape[axis]!, starts[axis]!, steps[axis]!, axes[axis]!)),
  );
};

export const concatSum: Move<{ x: readonly ValueId[]; axis: number }> = ({ types }, form, shape, point) => {
  const coordinates = splitPoint(shape, point);
  const along = coordinates[form.axis]!;
  let before = 0;
  const parts = form.x.map((operand): Part => {
    const size = types[operand]!.shape[form.axis]!;
    const vars = bitsOf(size);
    const first = before;
    before += size;
    const axesWith = (axis: Axis): Axis[] => coordinates.map((at, i) => (i === form.axis ? axis : { at }));
    if (first % 2 ** vars === 0) {
      // What lies behind the operand's last element is zero in it, whatever it is here.
      const coefficient = eqAt(along.slice(vars), first / 2 ** vars);
      return { operand, coefficient, axes: axesWith({ at: along.slice(0, vars) }) };
    }
    const to = Uint32Array.from({ length: size }, (_, i) => i);
    const weights = scattered(vars, only(along), { to, from: to.map((i) => first + i) });
    return { operand, coefficient: ONE, axes: axesWith({ weights }) };
  });
  return { constant: ZERO, parts };
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

export const reshapeSum: Move<{ x: ValueId }> = ({ types }, { x }, shape, point) => {
  let end = point.length;
  const axes = segments(types[x]!.shape, shape).map(([a, b]): Axis => {
    end -= varsOf(b);
    const at = point.slice(end, end + varsOf(b));
    if (isDense(a) && isDense(b)) return { at };
    return { weights: scattered(varsOf(a), only(at), { to: paddedIndices(a), from: paddedIndices(b) }) };
  });
  return sumOf(x, axes);
};
