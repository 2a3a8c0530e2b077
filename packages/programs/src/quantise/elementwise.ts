/** Sums, products, sums over an axis or a window, and functions of one number. */
import { roundHalfEven } from '../encoding.ts';
import type { Form, ValueId } from '../program.ts';
import type { Unary } from '../real/graph.ts';
import { allocate, DTYPE_RANGE, I32_MAX, type Interval, magnitude } from '../tensor.ts';
import { type Context, dtypeFor, dtypeOfBits, type Quantised, refuseModel } from './context.ts';
import { clampOf, product, type Target } from './linear.ts';
import { halfOf, multipliersOf } from './multipliers.ts';

type Affine = Extract<Form, { op: 'affine' }>;
type Mul = Extract<Form, { op: 'mul' }>;
type Sum = Extract<Form, { op: 'reduce_sum' | 'sum_pool' }>;

const isWhole = (x: number): boolean => Number.isInteger(x) && Math.abs(x) <= I32_MAX;

/** `d + Σ c[i]·x[i]`, each operand in its own unit. */
export const quantiseAffine = (ctx: Context, form: Affine, origin: string, target: Target): Quantised => {
  const operands = form.x.map((id) => ctx.operand(id));
  if (form.x.every((id) => ctx.exact(id)) && isWhole(form.d) && form.c.every(isWhole)) {
    return { id: ctx.whole(origin, { op: 'affine', x: operands.map(({ id }) => id), c: form.c, d: form.d }), unit: 1 };
  }
  const bits = Math.min(16, ctx.wanted[target.id]!);
  const magnitudes = operands.map(({ id }) => magnitude(ctx.builder.range(id)));
  for (let unit = ctx.unitFor(target.id, bits); Number.isFinite(unit); unit *= 2) {
    const made = multipliersOf(
      operands.map((x, i) => (form.c[i]! * x.unit) / unit),
      magnitudes,
      form.d / unit,
    );
    // An operand too large for any multiplier asks for a coarser result.
    if (made === null) continue;
    const integers = { op: 'affine', x: operands.map(({ id }) => id), c: made.c, d: made.d } as const;
    const stage = { shift: made.shift, ...clampOf(target, unit, bits) };
    return { id: ctx.node(origin, integers, dtypeOfBits(bits), stage), unit };
  }
  return refuseModel(origin, 'leaves every range.', 'Use finite weights.', form.d);
};

/** A product with a constant: the constant takes the unit that makes the result's the best one. */
const byConstant = (ctx: Context, x: ValueId, constant: ValueId, origin: string, target: Target): Quantised | null => {
  const value = ctx.value(constant);
  if (value.kind !== 'constant') return null;
  const data = ctx.narrow(x, 16);
  const reals = value.read();
  let most = 0;
  for (const real of reals) {
    if (!Number.isFinite(real)) return refuseModel(value.origin, `holds ${real}.`, 'Use finite weights.', real);
    most = Math.max(most, Math.abs(real));
  }
  const reach = magnitude(ctx.builder.range(data.id));
  const bits = Math.min(16, ctx.wanted[target.id]!);
  for (let unit = ctx.unitFor(target.id, bits); Number.isFinite(unit); unit *= 2) {
    const factor = data.unit / unit;
    const fits = (shift: number): boolean => {
      const integer = Math.round(most * factor * 2 ** shift);
      return integer <= DTYPE_RANGE.i16.high && integer * reach <= I32_MAX - halfOf(shift);
    };
    let shift = 30;
    while (shift >= 0 && !fits(shift)) shift--;
    if (shift < 0) continue;
    const values = allocate('i16', reals.length);
    for (let i = 0; i < reals.length; i++) values[i] = roundHalfEven(reals[i]! * factor * 2 ** shift);
    const id = ctx.builder.constant('i16', value.shape, () => values);
    const stage = { shift, ...clampOf(target, unit, bits) };
    return { id: ctx.node(origin, { op: 'mul', a: data.id, b: id }, dtypeOfBits(bits), stage), unit };
  }
  return null;
};

/** `a·b`, element by element. */
export const quantiseMul = (ctx: Context, form: Mul, origin: string, target: Target): Quantised => {
  if (ctx.exact(form.a) && ctx.exact(form.b)) {
    const [a, b] = [ctx.operand(form.a), ctx.operand(form.b)];
    return { id: ctx.whole(origin, { op: 'mul', a: a.id, b: b.id }), unit: 1 };
  }
  const folded = ctx.exact(form.b)
    ? null
    : (byConstant(ctx, form.a, form.b, origin, target) ?? byConstant(ctx, form.b, form.a, origin, target));
  if (folded !== null) return folded;
  const [a, b] = [ctx.narrow(form.a, 16), ctx.narrow(form.b, 16)];
  const bits = Math.min(16, ctx.wanted[target.id]!);
  return product(ctx, { op: 'mul', a: a.id, b: b.id }, origin, target, a.unit * b.unit, bits);
};

/** Number of terms of a sum. */
const termsOf = (ctx: Context, form: Sum): number =>
  form.op === 'reduce_sum' ? ctx.value(form.x).shape.at(-1)! : form.kernel[0] * form.kernel[1];

/** Sums are kept whole where the accumulator holds them; consumers take the bits they need. */
export const quantiseSum = (ctx: Context, form: Sum, origin: string, target: Target): Quantised => {
  const terms = termsOf(ctx, form);
  let x = ctx.operand(form.x);
  if (terms * magnitude(ctx.builder.range(x.id)) > I32_MAX) {
    // So many terms: take as many bits of each as the sum has room for.
    const bits = Math.floor(Math.log2(I32_MAX / terms)) + 1;
    if (bits < 2) return refuseModel(origin, `a sum of ${terms} terms leaves the accumulator.`, 'Split it.', terms);
    x = ctx.narrow(form.x, Math.min(bits, 16));
  }
  const id = ctx.whole(origin, { ...form, x: x.id });
  return ctx.exact(target.id) ? { id, unit: 1 } : { id, unit: x.unit };
};

/** `min(max(x, low), high)` of a value that no arithmetic node before could take over. */
const quantiseClip = (ctx: Context, x: ValueId, origin: string, target: Target): Quantised => {
  const from = ctx.operand(x);
  const bits = Math.min(16, ctx.wanted[target.id]!);
  if (ctx.exact(target.id) && ctx.exact(x)) {
    const range = ctx.builder.range(from.id);
    const clamp = { low: Math.max(range.low, target.low), high: Math.min(range.high, target.high) };
    return ctx.rescale(origin, from, 1, ordered(clamp), dtypeFor(ordered(clamp)));
  }
  const unit = Math.max(ctx.unitFor(target.id, bits), from.unit);
  return ctx.rescale(origin, from, unit, ordered(clampOf(target, unit, bits)), dtypeOfBits(bits));
};

/** ONNX gives the upper bound of a clip the last word where the bounds cross. */
const ordered = ({ low, high }: Interval): Interval => ({ low: Math.min(low, high), high });

/** A function of one number: clipped by a stage where it is a clip, else read off a table. */
export const quantiseUnary = (ctx: Context, form: Unary, origin: string, target: Target): Quantised => {
  if (form.clip !== undefined) return quantiseClip(ctx, form.x, origin, { ...target, ...form.clip });
  const index = indexOf(ctx, form, origin);
  const domain = ctx.builder.range(index.id);
  const reals = new Float64Array(domain.high - domain.low + 1);
  for (let i = 0; i < reals.length; i++) reals[i] = form.f((domain.low + i) * index.unit);
  fillGaps(reals);
  const exact = ctx.exact(target.id);
  const bits = Math.min(16, ctx.wanted[target.id]!);
  const unit = exact ? 1 : ctx.unitFor(target.id, bits);
  const clamp = exact ? DTYPE_RANGE.i32 : clampOf(target, unit, bits);
  const integers = Array.from(reals, (y) => Math.min(Math.max(roundHalfEven(y / unit), clamp.low), clamp.high) + 0);
  const range = integers.reduce((r, y) => ({ low: Math.min(r.low, y), high: Math.max(r.high, y) }), {
    low: integers[0]!,
    high: integers[0]!,
  });
  const dtype = exact ? dtypeFor(range) : dtypeOfBits(bits);
  const values = allocate(dtype, integers.length);
  values.set(integers);
  const table = ctx.table(
    `${form.name} ${index.unit} ${domain.low} ${integers.length} ${unit} ${dtype}`,
    dtype,
    values,
  );
  return { id: ctx.node(origin, { op: 'lookup', x: index.id, table, first: domain.low }, dtype, null), unit };
};

/** The index of a table: few enough bits, and clamped to what was observed where the function is not finite beyond. */
const indexOf = (ctx: Context, form: Unary, origin: string): Quantised => {
  const bits = ctx.exact(form.x) ? 16 : ctx.policy.tableBits;
  const x = ctx.narrow(form.x, bits);
  const domain = ctx.builder.range(x.id);
  const finite = (q: number): boolean => Number.isFinite(form.f(q * x.unit));
  let gaps = false;
  for (let q = domain.low; q <= domain.high && !gaps; q++) gaps = !finite(q);
  if (!gaps && domain.high - domain.low < 2 ** 16) return x;
  const { range } = ctx.observed[form.x]!;
  const clamp = {
    low: Math.max(domain.low, Math.floor(range.low / x.unit)),
    high: Math.min(domain.high, Math.ceil(range.high / x.unit)),
  };
  if (clamp.low === domain.low && clamp.high === domain.high) return x;
  return ctx.rescale(origin, x, x.unit, clamp, dtypeOfBits(bits));
};

/** Entries where the function has no finite value take that of the nearest entry that has one. */
const fillGaps = (reals: Float64Array): void => {
  const finite = reals.map((y) => (Number.isFinite(y) ? 1 : 0));
  for (let i = 0; i < reals.length; i++) {
    if (finite[i] === 1) continue;
    // ±Infinity is left to be clamped: it says which way the function goes.
    if (!Number.isNaN(reals[i]!)) continue;
    let distance = 1;
    while (finite[i - distance] !== 1 && finite[i + distance] !== 1 && distance <= reals.length) distance++;
    reals[i] = finite[i - distance] === 1 ? reals[i - distance]! : (reals[i + distance] ?? 0);
  }
};
