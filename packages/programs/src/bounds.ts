/**
 * Which integers a node can produce (spec 12.4): interval arithmetic from the ranges of operands and the constants
 * themselves. `terms` bounds the sum of absolute values of all terms, so it holds for every order of summation.
 */
import type { IntegerForm, Node, ValueId } from './program.ts';
import { elements, extent, I32_MAX, type Interval, magnitude, type Shape, type Values } from './tensor.ts';
import { release } from './transient.ts';

/** What is known of a value before anything runs. */
export type Known = {
  readonly shape: Shape;
  readonly range: Interval;
  /** The values themselves, of constants. */
  readonly values: (() => Values) | null;
};

export type Lookups = (id: ValueId) => Known;

/** An exact result of one output channel: its interval, and the bound over all orders of summation. */
type Exact = Interval & { readonly terms: number };

const product = (a: Interval, b: Interval): Interval => {
  const ends = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
  return { low: Math.min(...ends), high: Math.max(...ends) };
};

const scaled = (x: Interval, c: number): Interval =>
  c >= 0 ? { low: c * x.low, high: c * x.high } : { low: c * x.high, high: c * x.low };

const union = (ranges: readonly Interval[]): Interval => ({
  low: Math.min(...ranges.map((range) => range.low)),
  high: Math.max(...ranges.map((range) => range.high)),
});

/**
 * Bounds of `bias + Σ x·w` for each row of `length` weights; one bound for all rows where the weights are not constant.
 * Rows beyond the number of biases (a batch of matrices) take them anew from the first.
 * @param reach what a weight may be multiplied by: the range of x, and 0 where positions outside of it count
 */
const weighted = (reach: Interval, weights: Known, length: number, bias: Known | null): readonly Exact[] => {
  const most = magnitude(reach);
  if (weights.values === null) {
    const term = product(reach, weights.range);
    const extra = bias === null ? { low: 0, high: 0 } : bias.range;
    const terms = length * most * magnitude(weights.range) + magnitude(extra);
    return [{ low: length * term.low + extra.low, high: length * term.high + extra.high, terms }];
  }
  const values = weights.values();
  const biases = bias?.values?.() ?? null;
  const bounds: Exact[] = [];
  for (let row = 0; row * length < values.length; row++) {
    let positive = 0;
    let negative = 0;
    for (let k = row * length; k < (row + 1) * length; k++) {
      const w = values[k]!;
      if (w > 0) positive += w;
      else negative -= w;
    }
    const known = biases === null ? 0 : biases[row % biases.length]!;
    const extra = bias === null || biases !== null ? { low: known, high: known } : bias.range;
    bounds.push({
      low: positive * reach.low - negative * reach.high + extra.low,
      high: positive * reach.high - negative * reach.low + extra.high,
      terms: (positive + negative) * most + magnitude(extra),
    });
  }
  release(values);
  return bounds;
};

/** What a window meets: the range of x, and 0 where it may reach into the padding. */
const reachOf = (x: Interval, pads: readonly number[]): Interval =>
  pads.some((n) => n > 0) ? union([x, { low: 0, high: 0 }]) : x;

/** Bounds of the exact result of an arithmetic node, one an output channel or one for all. */
const exactBounds = (form: IntegerForm, known: Lookups): readonly Exact[] => {
  switch (form.op) {
    case 'matmul': {
      const b = known(form.b);
      return weighted(known(form.a).range, b, b.shape.at(-1)!, form.bias === null ? null : known(form.bias));
    }
    case 'conv': {
      const w = known(form.w);
      const length = elements(w.shape) / w.shape[0]!;
      const bias = form.bias === null ? null : known(form.bias);
      return weighted(reachOf(known(form.x).range, form.pads), w, length, bias);
    }
    case 'sum_pool': {
      const x = known(form.x).range;
      const size = form.kernel[0] * form.kernel[1];
      const reach = reachOf(x, form.pads);
      return [{ low: size * reach.low, high: size * reach.high, terms: size * magnitude(x) }];
    }
    case 'affine': {
      let low = form.d;
      let high = form.d;
      let terms = Math.abs(form.d);
      form.x.forEach((id, i) => {
        const part = scaled(known(id).range, form.c[i]!);
        low += part.low;
        high += part.high;
        terms += magnitude(part);
      });
      return [{ low, high, terms }];
    }
    case 'mul': {
      const whole = product(known(form.a).range, known(form.b).range);
      const square = form.a === form.b;
      return [{ low: square ? Math.max(0, whole.low) : whole.low, high: whole.high, terms: magnitude(whole) }];
    }
    case 'reduce_sum': {
      const { range, shape } = known(form.x);
      const size = shape.at(-1)!;
      return [{ low: size * range.low, high: size * range.high, terms: size * magnitude(range) }];
    }
    default:
      return [];
  }
};

const staged = (exact: Interval, shift: number, stage: Interval): Interval => {
  const half = shift === 0 ? 0 : 2 ** (shift - 1);
  const through = (f: number): number => Math.min(Math.max(Math.floor((f + half) / 2 ** shift), stage.low), stage.high);
  return { low: through(exact.low), high: through(exact.high) };
};

/** The range of a node's result, or why it cannot be bounded. */
export type Bound =
  | { readonly kind: 'range'; readonly range: Interval }
  | { readonly kind: 'overflow'; readonly terms: number; readonly limit: number; readonly channel: number }
  | { readonly kind: 'outside'; readonly range: Interval; readonly limit: Interval };

const within = (range: Interval, limit: Interval): Bound | null =>
  range.low >= limit.low && range.high <= limit.high ? null : { kind: 'outside', range, limit };

/**
 * The range of what a node computes.
 * @param known shapes and ranges of the values it reads
 */
export const boundOf = (node: Node, known: Lookups): Bound => {
  const { form, stage } = node;
  if (stage !== null) {
    const exact = exactBounds(form, known);
    const shifts = typeof stage.shift === 'number' ? null : known(stage.shift.constant).values!();
    const channels = Math.max(exact.length, shifts?.length ?? 1);
    const ranges: Interval[] = [];
    for (let channel = 0; channel < channels; channel++) {
      const part = exact[exact.length === 1 ? 0 : channel]!;
      const shift = shifts === null ? (stage.shift as number) : shifts[channel % shifts.length]!;
      const limit = I32_MAX - (shift === 0 ? 0 : 2 ** (shift - 1));
      if (!(part.terms <= limit)) return { kind: 'overflow', terms: part.terms, limit, channel };
      ranges.push(staged(part, shift, stage));
    }
    return { kind: 'range', range: ranges.reduce((all, range) => union([all, range])) };
  }
  switch (form.op) {
    case 'argmax':
      return { kind: 'range', range: { low: 0, high: known(form.x).shape.at(-1)! - 1 } };
    case 'lookup': {
      const { range } = known(form.x);
      const table = known(form.table).values!();
      const limit = { low: form.first, high: form.first + table.length - 1 };
      const reached = table.subarray(range.low - form.first, range.high - form.first + 1);
      return within(range, limit) ?? { kind: 'range', range: extent(reached) };
    }
    case 'gather': {
      const data = known(form.data);
      const outside = within(known(form.index).range, { low: 0, high: data.shape[0]! - 1 });
      return outside ?? { kind: 'range', range: data.range };
    }
    case 'concat':
      return { kind: 'range', range: union(form.x.map((id) => known(id).range)) };
    case 'max_pool':
    case 'reduce_max':
    case 'reshape':
    case 'transpose':
    case 'slice':
      return { kind: 'range', range: known(form.x).range };
    default:
      return { kind: 'range', range: { low: 0, high: 0 } };
  }
};
