/** What only moves values or picks among them keeps their unit. */
import type { Form, ValueId } from '../program.ts';
import { DTYPE_RANGE, type Dtype } from '../tensor.ts';
import { type Context, dtypeFor, dtypeOfBits, type Quantised, symmetric } from './context.ts';

type Pick = Extract<Form, { op: 'reduce_max' | 'max_pool' | 'reshape' | 'transpose' | 'slice' }>;

export const quantiseMovement = (ctx: Context, form: Pick, origin: string): Quantised => {
  const x = ctx.operand(form.x);
  return { id: ctx.node(origin, { ...form, x: x.id }, ctx.builder.dtype(x.id), null), unit: x.unit };
};

export const quantiseArgmax = (ctx: Context, x: ValueId, origin: string): Quantised => ({
  id: ctx.node(origin, { op: 'argmax', x: ctx.operand(x).id }, 'i32', null),
  unit: 1,
});

export const quantiseGather = (ctx: Context, form: Extract<Form, { op: 'gather' }>, origin: string): Quantised => {
  const data = ctx.operand(form.data);
  const index = ctx.operand(form.index);
  const node = { op: 'gather', data: data.id, index: index.id } as const;
  return { id: ctx.node(origin, node, ctx.builder.dtype(data.id), null), unit: data.unit };
};

/** Operands of a concatenation in one unit and one dtype. */
export const quantiseConcat = (
  ctx: Context,
  form: Extract<Form, { op: 'concat' }>,
  origin: string,
  id: ValueId,
): Quantised => {
  const operands = form.x.map((x) => ctx.operand(x));
  const units = new Set(operands.map(({ unit }) => unit));
  const exact = ctx.exact(id);
  const bits = ctx.wanted[id]!;
  const unit = exact ? 1 : units.size === 1 ? operands[0]!.unit : Math.max(ctx.unitFor(id, bits), Math.min(...units));
  const ranges = operands.map((x) => ctx.builder.range(x.id));
  const range = { low: Math.min(...ranges.map((r) => r.low)), high: Math.max(...ranges.map((r) => r.high)) };
  const dtype: Dtype = units.size === 1 ? dtypeFor(range) : dtypeOfBits(bits);
  const clamp = units.size === 1 ? DTYPE_RANGE[dtype] : symmetric(bits);
  const same = operands.map((x) =>
    x.unit === unit && ctx.builder.dtype(x.id) === dtype ? x : ctx.rescale(origin, x, unit, clamp, dtype),
  );
  return { id: ctx.node(origin, { op: 'concat', x: same.map((x) => x.id), axis: form.axis }, dtype, null), unit };
};
