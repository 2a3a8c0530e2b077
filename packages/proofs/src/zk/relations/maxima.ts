/**
 * `max_pool` and `reduce_max`: a tree of pairwise maxima, max(a, b) = a + relu(b − a). Level by level the highest bit of the
 * number of a candidate goes. Where the candidates are no power of two, those that are missing stand for the ones that they
 * would be compared with, so that their difference is 0. With Y the candidates, R_m the relus of level m (0 at first), one for
 * each place of the result and pair of candidates,
 *
 *     M_l(x, j) = Y(x, j, 0…0) + Σ_(m ≤ l) R_m(x, j, 0…0),     D_l(x, j) = M_(l−1)(x, j, 1) − M_(l−1)(x, j, 0),
 *
 * the result is the last M. The blocks R_m are committed and numbered among the values; (D_m, R_m) is looked up in a table of
 * relu. D_m need not be committed: what the lookup claims of it is a claim on Y and earlier relus.
 */
import { elements, type Interval, type Shape, type Tensor, type ValueId, type Window } from '@surety/programs';
import type { Arithmetic } from '../field/arithmetic.ts';
import { bitsOf } from '../field/multilinear.ts';
import { splitPoint, varsOf } from './axes.ts';
import type { RelationContext } from './context.ts';
import type { Axis, Part, Sum } from './linear.ts';
import { type Slide, slidesOf } from './maps.ts';
import { type Pairs, scattered, type Term } from './weights.ts';

export type Maximum =
  | ({ readonly op: 'max_pool'; readonly x: ValueId } & Window)
  | { readonly op: 'reduce_max'; readonly x: ValueId };

/** How many candidates each place of the result has. */
const candidates = (form: Maximum, operand: Shape): number =>
  form.op === 'max_pool' ? form.kernel[0] * form.kernel[1] : operand.at(-1)!;

/** Pairs of candidates that each level compares. */
const pairsOf = (count: number): number[] =>
  Array.from({ length: bitsOf(count) }, (_, level) => {
    const left = bitsOf(count) - 1 - level;
    return level === 0 ? count - 2 ** left : 2 ** left;
  });

/** True sizes of the blocks D and R of each level. */
export const maximumShapes = (form: Maximum, operand: Shape, result: Shape): Shape[] =>
  pairsOf(candidates(form, operand)).map((pairs) => [...result, pairs]);

/** What the differences of a maximum range over. */
export const differenceRange = ({ low, high }: Interval): Interval => ({ low: low - high, high: high - low });

/** The tap of a window that stands for one that reaches out of the operand: the nearest that does not. */
const inside = ({ size, stride, dilation, before, taps }: Slide, window: number, tap: number): number => {
  const start = window * stride - before;
  const first = Math.max(0, Math.ceil(-start / dilation));
  const last = Math.min(taps - 1, Math.floor((size - 1 - start) / dilation));
  return start + Math.min(Math.max(tap, first), last) * dilation;
};

/** Which candidate a number stands for. */
const standing = (candidate: number, count: number): number =>
  candidate < count ? candidate : candidate - 2 ** (bitsOf(count) - 1);

type Pool = Extract<Maximum, { op: 'max_pool' }>;

const slides = (form: Pool, operand: Shape, result: Shape) =>
  slidesOf([operand[1]!, operand[2]!], [result[1]!, result[2]!], form);

/** Calls back with the element of the image that each candidate of each window is. */
const eachCandidate = (
  form: Pool,
  operand: Shape,
  result: Shape,
  visit: (row: number, column: number, i: number, j: number, candidate: number) => void,
): void => {
  const [rows, columns] = slides(form, operand, result);
  const count = candidates(form, operand);
  for (let candidate = 0; candidate < 2 ** bitsOf(count); candidate++) {
    const tap = standing(candidate, count);
    const [p, q] = [Math.floor(tap / columns.taps), tap % columns.taps];
    for (let i = 0; i < rows.count; i++) {
      const row = inside(rows, i, p);
      for (let j = 0; j < columns.count; j++) visit(row, inside(columns, j, q), i, j, candidate);
    }
  }
};

/** Axes of the operand where the candidates' numbers are at `terms` (lowest bit first), each counting its scale. */
const candidateAxes = <C>(
  form: Maximum,
  operand: Shape,
  result: Shape,
  point: readonly C[],
  terms: readonly Term<C>[],
): readonly Axis<C>[] => {
  const count = candidates(form, operand);
  if (form.op === 'reduce_max') {
    const to = Uint32Array.from({ length: 2 ** bitsOf(count) }, (_, candidate) => standing(candidate, count));
    return [
      { at: point },
      { weights: scattered(bitsOf(count), terms, { to, from: to.map((_, candidate) => candidate) }) },
    ];
  }
  const [batch, i, j, channel] = splitPoint(result, point) as [C[], C[], C[], C[]];
  const image: Shape = [operand[1]!, operand[2]!];
  const total = 2 ** bitsOf(count) * result[1]! * result[2]!;
  const pairs: Pairs = { to: new Uint32Array(total), from: new Uint32Array(total) };
  let n = 0;
  eachCandidate(form, operand, result, (row, column, a, b, candidate) => {
    pairs.to[n] = row * 2 ** bitsOf(image[1]!) + column;
    pairs.from[n++] = (a * 2 ** j.length + b) * 2 ** bitsOf(count) + candidate;
  });
  const placed = terms.map(({ point: at, scale }): Term<C> => ({ point: [...at, ...j, ...i], scale }));
  return [{ at: batch }, { weights: scattered(varsOf(image), placed, pairs) }, { at: channel }];
};

/** The candidates at numbers of the given bits: directly where they lie as they are. @param one 1 */
const candidateParts = <C>(
  one: C,
  form: Maximum,
  operand: Shape,
  result: Shape,
  point: readonly C[],
  terms: readonly Term<C>[],
): Part<C>[] => {
  const count = candidates(form, operand);
  if (form.op === 'reduce_max' && count === 2 ** bitsOf(count)) {
    return terms.map(({ point: at, scale }) => ({
      operand: form.x,
      coefficient: scale,
      axes: [{ at: point }, { at }],
    }));
  }
  return [{ operand: form.x, coefficient: one, axes: candidateAxes(form, operand, result, point, terms) }];
};

/** Relus of the levels before `level`, at pairs whose numbers have these bits, zeros above. */
const reluParts = <C>(
  { number, mul, sub }: Arithmetic<C>,
  relus: readonly ValueId[],
  pairs: readonly number[],
  point: readonly C[],
  { point: bits, scale }: Term<C>,
): Part<C>[] =>
  relus.map((operand, m): Part<C> => {
    const vars = bitsOf(pairs[m]!);
    // A first level of few pairs has fewer bits; where the number needs more, there is nothing.
    const coefficient = bits.slice(vars).reduce((product, r) => mul(product, sub(number(1), r)), scale);
    const at = Array.from({ length: vars }, (_, j) => bits[j] ?? number(0));
    return { operand, coefficient, axes: [{ at: point }, { at }] };
  });

/** The maximum after `level` levels, at pairs with the bits of each term. */
const after = <C>(
  { types, relus, arithmetic }: RelationContext<C>,
  { form, id }: { readonly form: Maximum; readonly id: ValueId },
  level: number,
  point: readonly C[],
  terms: readonly Term<C>[],
): Sum<C> => {
  const { number } = arithmetic;
  const [operand, result] = [types[form.x]!.shape, types[id]!.shape];
  const count = candidates(form, operand);
  const blocks = relus(id).slice(0, level);
  const zeros = new Array<C>(level).fill(number(0));
  const full = terms.map(({ point: bits, scale }): Term<C> => ({ point: [...bits, ...zeros], scale }));
  const relued = terms.flatMap((term) => reluParts(arithmetic, blocks, pairsOf(count), point, term));
  const own = candidateParts(number(1), form, operand, result, point, full);
  return { constant: number(0), parts: [...own, ...relued] };
};

/** The result of a maximum. */
export const maximumSum = <C>(
  context: RelationContext<C>,
  node: { readonly form: Maximum; readonly id: ValueId },
  point: readonly C[],
): Sum<C> => {
  const levels = bitsOf(candidates(node.form, context.types[node.form.x]!.shape));
  return after(context, node, levels, point, [{ point: [], scale: context.arithmetic.number(1) }]);
};

/**
 * The differences that a level looks up.
 * @param level from 0
 * @param point of the block: the number of the pair lowest
 */
export const differenceSum = <C>(
  context: RelationContext<C>,
  node: { readonly form: Maximum; readonly id: ValueId },
  level: number,
  point: readonly C[],
): Sum<C> => {
  const { number } = context.arithmetic;
  const count = candidates(node.form, context.types[node.form.x]!.shape);
  const vars = bitsOf(pairsOf(count)[level]!);
  const zeros = new Array<C>(bitsOf(count) - 1 - level - vars).fill(number(0));
  const bits = [...point.slice(0, vars), ...zeros];
  return after(context, node, level, point.slice(vars), [
    { point: [...bits, number(1)], scale: number(1) },
    { point: [...bits, number(0)], scale: number(-1) },
  ]);
};

export type Level = { readonly difference: Int32Array; readonly relu: Int32Array };

/** What the blocks of each level hold, in row-major order of their true sizes. */
export const maximumLevels = (form: Maximum, x: Tensor, result: Shape): Level[] => {
  const count = candidates(form, x.shape);
  const places = elements(result);
  const width = 2 ** bitsOf(count);
  const current = new Int32Array(places * width);
  if (form.op === 'reduce_max') {
    for (let place = 0; place < places; place++) {
      for (let n = 0; n < width; n++) current[place * width + n] = x.values[place * count + standing(n, count)]!;
    }
  } else {
    const [batches, height, columns, channels] = x.shape as readonly [number, number, number, number];
    for (let b = 0; b < batches; b++) {
      eachCandidate(form, x.shape, result, (row, column, i, j, candidate) => {
        const from = ((b * height + row) * columns + column) * channels;
        const to = ((b * result[1]! + i) * result[2]! + j) * channels;
        for (let c = 0; c < channels; c++) current[(to + c) * width + candidate] = x.values[from + c]!;
      });
    }
  }
  return pairsOf(count).map((pairs, level) => {
    const half = width / 2 ** (level + 1);
    const [difference, relu] = [new Int32Array(places * pairs), new Int32Array(places * pairs)];
    for (let place = 0; place < places; place++) {
      for (let n = 0; n < pairs; n++) {
        const low = place * width + n;
        const over = current[low + half]! - current[low]!;
        difference[place * pairs + n] = over;
        relu[place * pairs + n] = Math.max(over, 0);
        current[low]! += Math.max(over, 0);
      }
    }
    return { difference, relu };
  });
};
