/** Functions of one number, read off tables. */
import { roundHalfEven } from '../encoding.ts';
import type { ValueId } from '../program.ts';
import type { Unary } from '../real/graph.ts';
import { allocate, DTYPE_RANGE, type Dtype, type Interval, magnitude } from '../tensor.ts';
import { type Context, dtypeFor, dtypeOfBits, type Quantised, symmetric } from './context.ts';
import { quantiseClip } from './elementwise.ts';
import { clampOf, type Target } from './linear.ts';
import { largest } from './policy.ts';
import { isSteep, steepBits } from './wanted.ts';

/** How a table writes down what the function gives. */
type Result = { readonly unit: number; readonly clamp: Interval; readonly exact: boolean; readonly bits: number };

/** Entries where the function is not a number take that of the nearest entry that is; infinities are left to be clamped. */
const fillGaps = (reals: Float64Array): void => {
  let before = -1;
  for (let i = 0; i <= reals.length; i++) {
    if (i < reals.length && Number.isNaN(reals[i]!)) continue;
    for (let gap = before + 1; gap < i; gap++) {
      const nearBefore = before >= 0 && (i === reals.length || gap - before <= i - gap);
      reals[gap] = nearBefore ? reals[before]! : (reals[i] ?? 0);
    }
    before = i;
  }
};

/** The integers of `f` over a domain; 0 where `blank` says another table answers. */
const entries = (
  f: (x: number) => number,
  domain: Interval,
  indexUnit: number,
  result: Result,
  blank: (q: number) => boolean,
): number[] => {
  const reals = new Float64Array(domain.high - domain.low + 1);
  for (let i = 0; i < reals.length; i++) reals[i] = f((domain.low + i) * indexUnit);
  fillGaps(reals);
  const { unit, clamp } = result;
  return Array.from(reals, (y, i) =>
    blank(domain.low + i) ? 0 : Math.min(Math.max(roundHalfEven(y / unit), clamp.low), clamp.high) + 0,
  );
};

const extentOf = (numbers: readonly number[]): Interval =>
  numbers.reduce((r, y) => ({ low: Math.min(r.low, y), high: Math.max(r.high, y) }), { low: 0, high: 0 });

/** A lookup in a table of its own. */
const lookup = (
  ctx: Context,
  form: Unary,
  origin: string,
  index: Quantised,
  result: Result,
  blank: { readonly key: string; readonly is: (q: number) => boolean } = { key: '', is: () => false },
): ValueId => {
  const domain = ctx.builder.range(index.id);
  const integers = entries(form.f, domain, index.unit, result, blank.is);
  const dtype: Dtype = result.exact ? dtypeFor(extentOf(integers)) : dtypeOfBits(result.bits);
  const values = allocate(dtype, integers.length);
  values.set(integers);
  const key = `${form.name} ${index.unit} ${domain.low} ${integers.length} ${result.unit} ${result.bits} ${dtype} ${blank.key}`;
  const table = ctx.table(key, dtype, values);
  return ctx.node(origin, { op: 'lookup', x: index.id, table, first: domain.low }, dtype, null);
};

/** The index of a single table: few enough bits, and clamped to what was observed where the function is not finite beyond. */
const indexOf = (ctx: Context, form: Unary, origin: string): Quantised => {
  const bits = ctx.exact(form.x) ? 16 : ctx.policy.tableBits;
  const x = ctx.narrow(form.x, bits);
  const domain = ctx.builder.range(x.id);
  let finite = true;
  for (let q = domain.low; q <= domain.high && finite; q++) finite = Number.isFinite(form.f(q * x.unit));
  if (finite) return x;
  const { range } = ctx.observed[form.x]!;
  const clamp = {
    low: Math.max(domain.low, Math.floor(range.low / x.unit)) + 0,
    high: Math.min(domain.high, Math.ceil(range.high / x.unit)) + 0,
  };
  if (clamp.low === domain.low && clamp.high === domain.high) return x;
  return ctx.rescale(origin, x, x.unit, clamp, dtypeOfBits(bits));
};

/**
 * Two tables for a steep function of an integer with more bits than one table has: one over the small integers as they
 * are, one over all of them in steps of 2^k. Each is 0 where the other answers, so their sum is the function. With
 * m = (2j + 1)·2^(k−1), `(x + 2^(k−1)) >> k` is above j exactly when x ≥ m, and below −j exactly when x < −m.
 */
const twoTables = (ctx: Context, form: Unary, origin: string, x: Quantised, result: Result): ValueId => {
  const { tableBits } = ctx.policy;
  const most = magnitude(ctx.builder.range(x.id));
  let k = 1;
  while (Math.floor((most + 2 ** (k - 1)) / 2 ** k) > largest(tableBits)) k++;
  const j = Math.floor((largest(tableBits) / 2 ** (k - 1) - 1) / 2);
  const m = (2 * j + 1) * 2 ** (k - 1);
  const nonNegative = ctx.builder.range(x.id).low >= 0;
  const small = { low: nonNegative ? 0 : -m - 1, high: m };
  const fine = ctx.rescale(origin, x, x.unit, small, dtypeFor(small));
  const coarse = ctx.rescale(origin, x, x.unit * 2 ** k, symmetric(tableBits), dtypeOfBits(tableBits));
  const parts = [
    lookup(ctx, form, origin, fine, result, { key: 'fine', is: (q) => q >= m || q < -m }),
    lookup(ctx, form, origin, coarse, result, { key: 'coarse', is: (q) => q <= j && q >= -j }),
  ];
  const dtype = ctx.builder.dtype(parts[0]!);
  const stage = { shift: 0, ...symmetric(result.bits) };
  return ctx.node(origin, { op: 'affine', x: parts, c: [1, 1], d: 0 }, dtype, stage);
};

/** A function of one number: clipped by a stage where it is a clip, else read off one table or two. */
export const quantiseUnary = (ctx: Context, form: Unary, origin: string, target: Target): Quantised => {
  if (form.clip !== undefined) return quantiseClip(ctx, form.x, origin, { ...target, ...form.clip });
  const { policy, observed } = ctx;
  const exact = ctx.exact(target.id);
  const bits = ctx.wanted[target.id]!;
  const unit = exact ? 1 : ctx.unitFor(target.id, bits);
  const result = { unit, exact, bits, clamp: exact ? DTYPE_RANGE.i32 : clampOf(target, unit, bits) };
  const x = ctx.operand(form.x);
  const wide = magnitude(ctx.builder.range(x.id)) > largest(policy.tableBits);
  if (wide && !exact && !ctx.exact(form.x) && isSteep(form, observed[form.x]!, observed[target.id]!, policy)) {
    const reach = ctx.narrow(form.x, steepBits(policy), 'i32');
    return { id: twoTables(ctx, form, origin, reach, result), unit };
  }
  return { id: lookup(ctx, form, origin, indexOf(ctx, form, origin), result), unit };
};
