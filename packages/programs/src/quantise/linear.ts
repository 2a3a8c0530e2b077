/** Matrix products and convolutions. */
import { type Form, LIMITS, type Stage, type ValueId } from '../program.ts';
import { elements, I32_MAX, type Interval, magnitude, type Shape, type Values } from '../tensor.ts';
import { release, transient } from '../transient.ts';
import { type Context, dtypeOfBits, type Quantised, refuseModel, symmetric } from './context.ts';
import { largest } from './policy.ts';
import { coarsestNeeded, quantiseRows, type RealRows, rowStatistics } from './weights.ts';

type Linear = Form & { readonly op: 'matmul' | 'conv' };

/** Where a result goes: the value whose numbers it holds, and bounds on it in real numbers where a clip follows. */
export type Target = { readonly id: ValueId; readonly low: number; readonly high: number };

const dataOf = (form: Linear): ValueId => (form.op === 'matmul' ? form.a : form.x);

const weightOf = (form: Linear): ValueId => (form.op === 'matmul' ? form.b : form.w);

const withOperands = (form: Linear, data: ValueId, weights: ValueId, bias: ValueId | null): Linear =>
  form.op === 'matmul' ? { ...form, a: data, b: weights, bias } : { ...form, x: data, w: weights, bias };

/** Terms of each dot product. */
const termsOf = (form: Linear, weights: Shape): number =>
  form.op === 'matmul' ? weights.at(-1)! : elements(weights.slice(1));

/**
 * Bits of both operands such that `terms` products stay within the accumulator whatever their values.
 * Two operands of p and q bits give products below 2^(p+q−2).
 */
export const operandBits = (terms: number, first: number, second: number): readonly [number, number] => {
  const budget = 32 - Math.ceil(Math.log2(terms + 1));
  if (first + second <= budget) return [first, second];
  const half = Math.floor(budget / 2);
  const p = Math.min(first, Math.max(half, budget - second));
  return [p, Math.min(second, budget - p)];
};

/** Real bounds in units of the result, within what its bits hold. ONNX gives the upper bound the last word where they cross. */
export const clampOf = (target: Target, unit: number, bits: number): Interval => {
  const limit = symmetric(bits);
  const held = (bound: number): number => Math.round(Math.min(Math.max(bound / unit, limit.low), limit.high)) + 0;
  const high = held(target.high);
  return { low: Math.min(held(target.low), high), high };
};

/** Weights known at import: their scale is folded in, row by row. */
const byConstants = (ctx: Context, form: Linear, origin: string, target: Target): Quantised => {
  const weights = ctx.value(weightOf(form));
  if (weights.kind !== 'constant') return refuseModel(origin, 'has no constant weights.', 'Report this.', form.op);
  const rows = weights.shape[0]!;
  const length = termsOf(form, weights.shape);
  const bias = form.bias === null ? null : ctx.value(form.bias);
  if (bias !== null && bias.kind !== 'constant')
    return refuseModel(origin, 'has a computed bias.', 'Add it after.', 'bias');
  const [dataBits, weightBits] = operandBits(Math.min(length, 65_536), ctx.policy.matmulBits, ctx.policy.weightBits);
  const data = ctx.narrow(dataOf(form), Math.max(dataBits, 8));
  const real: RealRows = { values: weights.read(), rows, length, bias: bias === null ? null : bias.read() };
  const bits = ctx.wanted[target.id]!;
  const statistics = rowStatistics(real.values, rows, length);
  const odd = [...statistics.sums, ...(real.bias ?? [])].find((x) => !Number.isFinite(x));
  if (odd !== undefined)
    return refuseModel(origin, `its weights hold or sum up to ${odd}.`, 'Use finite weights.', odd);
  const unit = Math.max(
    ctx.unitFor(target.id, bits),
    ctx.snap(coarsestNeeded(statistics.most, data.unit, Math.max(weightBits, 8))),
  );
  const quantised = quantiseRows(real, statistics, {
    inputUnit: data.unit,
    resultUnit: unit,
    magnitude: magnitude(ctx.builder.range(data.id)),
    bits: Math.max(weightBits, 8),
  });
  if (quantised === null) {
    const next = 'Split the product, or import with fewer bits.';
    return refuseModel(origin, `a sum of ${length} terms leaves the accumulator.`, next, length, `${I32_MAX}`);
  }
  const { integersOf } = quantised;
  const again = (): Values => {
    const reals = weights.read();
    const integers = integersOf(reals);
    release(reals);
    return transient(integers);
  };
  const read = ctx.kept(integersOf(real.values), again);
  release(real.values);
  const w = ctx.builder.constant(quantised.dtype, weights.shape, read, quantised.range);
  const biasValues: Values | null = quantised.bias;
  const b = biasValues === null ? null : ctx.builder.constant('i32', [rows], () => biasValues);
  const { shifts } = quantised;
  const uniform = shifts.every((shift) => shift === shifts[0]);
  const shift = uniform ? shifts[0]! : { constant: ctx.builder.constant('i8', [rows], () => shifts) };
  const stage: Stage = { shift, ...clampOf(target, unit, bits) };
  return { id: ctx.node(origin, withOperands(form, data.id, w, b), dtypeOfBits(bits), stage), unit };
};

/** Both sides computed: the result's unit is theirs multiplied, times a power of two. */
const byValues = (ctx: Context, form: Linear, origin: string, target: Target): Quantised => {
  if (form.bias !== null) return refuseModel(origin, 'has a bias but no constant weights.', 'Add it after.', form.op);
  const shape = ctx.value(weightOf(form)).shape;
  const { matmulBits } = ctx.policy;
  const terms = termsOf(form, shape);
  const [p, q] = operandBits(terms, matmulBits, matmulBits);
  const operands = (bits: number) => [ctx.narrow(dataOf(form), p), ctx.narrow(weightOf(form), bits)] as const;
  return product(ctx, (a, b) => withOperands(form, a, b, null), origin, target, operands, q);
};

/**
 * A node whose exact result is in the product of its operands' units, shifted until what was observed fits its bits.
 * @param operands both operands, the second in so many bits; asked for fewer where the product leaves the accumulator
 */
export const product = (
  ctx: Context,
  form: (a: ValueId, b: ValueId) => Form,
  origin: string,
  target: Target,
  operands: (bits: number) => readonly [Quantised, Quantised],
  most: number,
): Quantised => {
  const bits = ctx.wanted[target.id]!;
  const { amplitude, clip } = ctx.observed[target.id]!;
  const reach = bits <= 8 && ctx.policy.clips ? clip : amplitude;
  for (let second = most; second >= 8; second--) {
    const [a, b] = operands(second);
    const exactUnit = a.unit * b.unit;
    let shift = 0;
    while (shift < LIMITS.shift && reach / (exactUnit * 2 ** shift) > largest(bits) + 0.5) shift++;
    const unit = exactUnit * 2 ** shift;
    const node = { form: form(a.id, b.id), dtype: dtypeOfBits(bits), stage: { shift, ...clampOf(target, unit, bits) } };
    if (ctx.builder.probe(node).ok) return { id: ctx.node(origin, node.form, node.dtype, node.stage), unit };
  }
  return refuseModel(origin, 'a product leaves the accumulator.', 'Split it, or use fewer bits.', most, `${I32_MAX}`);
};

/** An exact bias, as the `i32` that the operators ask for. */
const wideBias = (ctx: Context, id: ValueId, origin: string): ValueId => {
  const value = ctx.value(id);
  if (value.kind !== 'constant') return refuseModel(origin, 'has a computed bias.', 'Add it after.', 'bias');
  const values = Int32Array.from(value.read());
  return ctx.builder.constant('i32', value.shape, () => values);
};

/** Exact operands: integer products, kept whole. */
const exactly = (ctx: Context, form: Linear, origin: string): Quantised => {
  const data = ctx.narrow(dataOf(form), 16);
  const weights = ctx.narrow(weightOf(form), 16);
  const bias = form.bias === null ? null : wideBias(ctx, form.bias, origin);
  return { id: ctx.whole(origin, withOperands(form, data.id, weights.id, bias)), unit: 1 };
};

export const quantiseLinear = (ctx: Context, form: Linear, origin: string, target: Target): Quantised => {
  if (ctx.exact(dataOf(form)) && ctx.exact(weightOf(form))) return exactly(ctx, form, origin);
  const weights = ctx.value(weightOf(form));
  const rank = form.op === 'matmul' ? 2 : 4;
  return weights.kind === 'constant' && weights.shape.length === rank
    ? byConstants(ctx, form, origin, target)
    : byValues(ctx, form, origin, target);
};
