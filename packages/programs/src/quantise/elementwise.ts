/** Sums, products, sums over an axis or a window, and functions of one number. */
import { halfOf } from '../bounds.ts';
import { roundHalfEven } from '../encoding.ts';
import type { Form, ValueId } from '../program.ts';
import { allocate, DTYPE_RANGE, I32_MAX, magnitude } from '../tensor.ts';
import { type Context, dtypeFor, dtypeOfBits, type Quantised, refuseModel } from './context.ts';
import { clampOf, product, type Target } from './linear.ts';

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
  const bits = ctx.wanted[target.id]!;
  for (let unit = ctx.unitFor(target.id, bits); Number.isFinite(unit); unit *= 2) {
    const made = ctx.scaled(origin, operands, form.c, unit, form.d / unit);
    // An operand too large for any multiplier asks for a coarser result.
    if (made === null) continue;
    const integers = { op: 'affine', x: made.operands.map(({ id }) => id), c: made.c, d: made.d } as const;
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
  const bits = ctx.wanted[target.id]!;
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
  const operands = (bits: number) => [ctx.narrow(form.a, 16), ctx.narrow(form.b, bits)] as const;
  return product(ctx, (a, b) => ({ op: 'mul', a, b }), origin, target, operands, 16);
};

/** Number of terms of a sum. */
const termsOf = (ctx: Context, form: Sum): number =>
  form.op === 'reduce_sum' ? ctx.value(form.x).shape.at(-1)! : form.kernel[0] * form.kernel[1];

/** Sums are kept whole where the accumulator holds them; consumers take the bits they need. */
export const quantiseSum = (ctx: Context, form: Sum, origin: string, target: Target): Quantised => {
  const terms = termsOf(ctx, form);
  let x = ctx.operand(form.x);
  // Half of the accumulator stays free of sums of reals, so that they can be rescaled.
  const most = ctx.exact(form.x) ? I32_MAX : I32_MAX / 2;
  if (terms * magnitude(ctx.builder.range(x.id)) > most) {
    // So many terms: take as many bits of each as the sum has room for.
    const bits = Math.floor(Math.log2(most / terms)) + 1;
    if (bits < 2) return refuseModel(origin, `a sum of ${terms} terms leaves the accumulator.`, 'Split it.', terms);
    x = ctx.narrow(form.x, bits, 'i32');
  }
  const id = ctx.whole(origin, { ...form, x: x.id });
  return ctx.exact(target.id) ? { id, unit: 1 } : { id, unit: x.unit };
};

/** `min(max(x, low), high)` of a value that no arithmetic node before could take over. */
export const quantiseClip = (ctx: Context, x: ValueId, origin: string, target: Target): Quantised => {
  const from = ctx.operand(x);
  const bits = ctx.wanted[target.id]!;
  if (ctx.exact(target.id) && ctx.exact(x)) {
    const range = ctx.builder.range(from.id);
    const held = (bound: number): number => Math.min(Math.max(bound, range.low), range.high) + 0;
    const high = held(target.high);
    const clamp = { low: Math.min(held(target.low), high), high };
    return ctx.rescale(origin, from, 1, clamp, dtypeFor(clamp));
  }
  const unit = Math.max(ctx.unitFor(target.id, bits), from.unit);
  return ctx.rescale(origin, from, unit, clampOf(target, unit, bits), dtypeOfBits(bits));
};
