/**
 * Which integers a node can produce (spec 12.4): interval arithmetic from the ranges of operands and the constants
 * themselves. `terms` bounds the sum of absolute values of all terms, so it holds for every order of summation.
 */
import type { IntegerForm, Node, Stage, ValueId } from './program.ts';
import { elements, extent, I32_MAX, type Interval, magnitude, type Shape, type Values } from './tensor.ts';

/** Rows of fewer values are summed again at each use: keeping their sums would take more room than the values. */
export const KEPT_ROW_LENGTH = 8;

/** Sums of the positive and of the negative values (as a positive number) of each row. */
type RowSums = { readonly positive: Float64Array; readonly negative: Float64Array };

/** A constant as bounds see it: many nodes may read it, and its rows are summed once for all of them. */
export class Facts {
  readonly values: () => Values;
  private readonly kept = new Map<number, RowSums>();

  constructor(values: () => Values) {
    this.values = values;
  }

  /**
   * Calls back with the sums of each row of `length` values.
   * @param given the values, where the caller has them; else they are read, unless their sums are kept
   */
  eachRow(length: number, visit: (row: number, positive: number, negative: number) => void, given?: Values): void {
    const known = this.kept.get(length);
    if (known !== undefined) {
      for (let row = 0; row < known.positive.length; row++) visit(row, known.positive[row]!, known.negative[row]!);
      return;
    }
    const all = given ?? this.values();
    const rows = all.length / length;
    const sums =
      length < KEPT_ROW_LENGTH ? null : { positive: new Float64Array(rows), negative: new Float64Array(rows) };
    for (let row = 0; row < rows; row++) {
      let positive = 0;
      let negative = 0;
      for (let k = row * length; k < (row + 1) * length; k++) {
        const w = all[k]!;
        if (w > 0) positive += w;
        else negative -= w;
      }
      if (sums !== null) [sums.positive[row], sums.negative[row]] = [positive, negative];
      visit(row, positive, negative);
    }
    if (sums !== null) this.kept.set(length, sums);
  }
}

/** What is known of a value before anything runs. */
export type Known = {
  readonly shape: Shape;
  readonly range: Interval;
  /** Of constants. */
  readonly facts: Facts | null;
};

export type Lookups = (id: ValueId) => Known;

/** An exact result of one output channel: its interval, and the bound over all orders of summation. */
type Exact = Interval & { readonly terms: number };

/** Sees the exact result of each output channel; `null` stands for all of them. */
type Visit = (exact: Exact, channel: number | null) => void;

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
const weighted = (reach: Interval, weights: Known, length: number, bias: Known | null, visit: Visit): void => {
  const most = magnitude(reach);
  if (weights.facts === null) {
    const term = product(reach, weights.range);
    const extra = bias === null ? { low: 0, high: 0 } : bias.range;
    const terms = length * most * magnitude(weights.range) + magnitude(extra);
    visit({ low: length * term.low + extra.low, high: length * term.high + extra.high, terms }, null);
    return;
  }
  const biases = bias?.facts?.values() ?? null;
  weights.facts.eachRow(length, (row, positive, negative) => {
    const known = biases === null ? 0 : biases[row % biases.length]!;
    const extra = bias === null || biases !== null ? { low: known, high: known } : bias.range;
    visit(
      {
        low: positive * reach.low - negative * reach.high + extra.low,
        high: positive * reach.high - negative * reach.low + extra.high,
        terms: (positive + negative) * most + magnitude(extra),
      },
      row,
    );
  });
};

/** What a window meets: the range of x, and 0 where it may reach into the padding. */
const reachOf = (x: Interval, pads: readonly number[]): Interval =>
  pads.some((n) => n > 0) ? union([x, { low: 0, high: 0 }]) : x;

/** Bounds of the exact result of an arithmetic node, one an output channel or one for all. */
export const exactBounds = (form: IntegerForm, known: Lookups, visit: Visit): void => {
  switch (form.op) {
    case 'matmul': {
      const b = known(form.b);
      weighted(known(form.a).range, b, b.shape.at(-1)!, form.bias === null ? null : known(form.bias), visit);
      return;
    }
    case 'conv': {
      const w = known(form.w);
      const length = elements(w.shape) / w.shape[0]!;
      const bias = form.bias === null ? null : known(form.bias);
      weighted(reachOf(known(form.x).range, form.pads), w, length, bias, visit);
      return;
    }
    case 'sum_pool': {
      const x = known(form.x).range;
      const size = form.kernel[0] * form.kernel[1];
      const reach = reachOf(x, form.pads);
      visit({ low: size * reach.low, high: size * reach.high, terms: size * magnitude(x) }, null);
      return;
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
      visit({ low, high, terms }, null);
      return;
    }
    case 'mul': {
      const whole = product(known(form.a).range, known(form.b).range);
      const square = form.a === form.b;
      const low = square ? Math.max(0, whole.low) : whole.low;
      visit({ low, high: whole.high, terms: magnitude(whole) }, null);
      return;
    }
    case 'reduce_sum': {
      const { range, shape } = known(form.x);
      const size = shape.at(-1)!;
      visit({ low: size * range.low, high: size * range.high, terms: size * magnitude(range) }, null);
      return;
    }
    default:
  }
};

/** Half a unit before the shift: what rounding adds. */
export const halfOf = (shift: number): number => (shift === 0 ? 0 : 2 ** (shift - 1));

const shifted = (exact: Interval, shift: number): Interval => {
  // Adding 0 makes 0 of −0, which products of intervals have.
  const through = (f: number): number => Math.floor((f + halfOf(shift)) / 2 ** shift) + 0;
  return { low: through(exact.low), high: through(exact.high) };
};

/** What a clamp leaves of a range. */
export const clamped = (range: Interval, { low, high }: Interval): Interval => ({
  low: Math.min(Math.max(range.low, low), high),
  high: Math.min(Math.max(range.high, low), high),
});

/** The range of a node's result, or why it cannot be bounded. */
export type Bound =
  /** `unclamped` is the range before the stage's clamp; of nodes without a stage it is the range. */
  | { readonly kind: 'range'; readonly range: Interval; readonly unclamped: Interval }
  | { readonly kind: 'overflow'; readonly terms: number; readonly limit: number; readonly channel: number }
  | { readonly kind: 'outside'; readonly range: Interval; readonly limit: Interval };

const ranged = (range: Interval, unclamped = range): Bound => ({ kind: 'range', range, unclamped });

const within = (range: Interval, limit: Interval): Bound | null =>
  range.low >= limit.low && range.high <= limit.high ? null : { kind: 'outside', range, limit };

/** The range of an arithmetic node: of each channel through its own shift, together. */
const arithmeticBound = (form: IntegerForm, stage: Stage, known: Lookups): Bound => {
  const shifts = typeof stage.shift === 'number' ? null : known(stage.shift.constant).facts!.values();
  const overflows: Bound[] = [];
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const add = (exact: Exact, channel: number, shift: number): void => {
    const limit = I32_MAX - halfOf(shift);
    if (exact.terms <= limit) {
      const part = shifted(exact, shift);
      low = Math.min(low, part.low);
      high = Math.max(high, part.high);
    } else if (overflows.length === 0) overflows.push({ kind: 'overflow', terms: exact.terms, limit, channel });
  };
  exactBounds(form, known, (exact, channel) => {
    if (shifts === null) add(exact, channel ?? 0, stage.shift as number);
    else if (channel !== null) add(exact, channel, shifts[channel % shifts.length]!);
    else for (const [n, shift] of shifts.entries()) add(exact, n, shift);
  });
  return overflows[0] ?? ranged(clamped({ low, high }, stage), { low, high });
};

/**
 * The range of what a node computes.
 * @param known shapes and ranges of the values it reads
 */
export const boundOf = ({ form, stage }: Node, known: Lookups): Bound => {
  if (stage !== null) return arithmeticBound(form, stage, known);
  switch (form.op) {
    case 'argmax':
      return ranged({ low: 0, high: known(form.x).shape.at(-1)! - 1 });
    case 'lookup': {
      const { range } = known(form.x);
      const table = known(form.table).facts!.values();
      const limit = { low: form.first, high: form.first + table.length - 1 };
      const reached = table.subarray(range.low - form.first, range.high - form.first + 1);
      return within(range, limit) ?? ranged(extent(reached));
    }
    case 'gather': {
      const data = known(form.data);
      const outside = within(known(form.index).range, { low: 0, high: data.shape[0]! - 1 });
      return outside ?? ranged(data.range);
    }
    case 'concat':
      return ranged(union(form.x.map((id) => known(id).range)));
    case 'max_pool':
    case 'reduce_max':
    case 'reshape':
    case 'transpose':
    case 'slice':
      return ranged(known(form.x).range);
    default:
      return ranged({ low: 0, high: 0 });
  }
};
