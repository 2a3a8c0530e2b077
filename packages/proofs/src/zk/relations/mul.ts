/** `mul`: `z(r) = Σ_x eq(r, x)·a(x)·b(x)` over the axes that both have; an axis of one alone is bound by r at once. */
import type { Shape, ValueId } from '@surety/programs';
import type { ProverChannel } from '../channel/channel.ts';
import { type Ext, ONE } from '../field/ext.ts';
import { splitPoint } from './axes.ts';
import { type Bits, completed, runsOf, summedOver, weightsOf } from './bits.ts';
import type { Checking } from './checking.ts';
import type { AnyVector, OperandClaim, ProverContext, RelationContext } from './context.ts';
import { contract } from './contract.ts';
import { checkFactors, proveFactors } from './factors.ts';
import type { Part } from './linear.ts';
import { proveProductSum } from './product.ts';

type Mul = { readonly a: ValueId; readonly b: ValueId };

/** What of each operand is bound, and the weights of the rest. */
const planOf = <C>({ types, arithmetic }: RelationContext<C>, { a, b }: Mul, shape: Shape, point: readonly C[]) => {
  const [x, y] = [types[a]!.shape, types[b]!.shape];
  const sizeOf = (of: Shape, axis: number): number => of[of.length - shape.length + axis] ?? 1;
  const [ofA, ofB, weights]: [(C | null)[], (C | null)[], C[]] = [[], [], []];
  const coordinates = splitPoint(shape, point);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const at = coordinates[axis]!;
    const [inA, inB] = [sizeOf(x, axis) > 1, sizeOf(y, axis) > 1];
    const bits = inA && inB ? summedOver(arithmetic, at) : at;
    if (inA) ofA.push(...bits);
    if (inB) ofB.push(...bits);
    if (inA && inB) weights.push(...weightsOf(at, bits));
  }
  return { ofA, ofB, weights };
};

const partOf = <C>(one: C, operand: ValueId, bits: Bits<C>, bound: readonly C[]): Part<C> => ({
  operand,
  coefficient: one,
  axes: [{ at: completed(bits, bound) }],
});

export const proveMul = (
  channel: ProverChannel,
  context: ProverContext,
  form: Mul,
  shape: Shape,
  point: readonly Ext[],
  value: Ext,
): OperandClaim<Ext>[] => {
  const { memory } = context;
  const { ofA, ofB, weights } = planOf(context, form, shape, point);
  const mark = memory.mark();
  const left = (operand: ValueId, bits: Bits): AnyVector => {
    const padded = context.padded(operand);
    return bits.every((bit) => bit === null) ? padded : contract(memory, padded, runsOf(bits));
  };
  const [x, y] = [left(form.a, ofA), left(form.b, ofB)];
  const { point: bound, a, b } = proveProductSum(channel, memory, value, x, y, weights);
  memory.release(mark);
  return proveFactors(
    channel,
    context,
    { part: partOf(ONE, form.a, ofA, bound), value: a },
    { part: partOf(ONE, form.b, ofB, bound), value: b },
  );
};

export const checkMul = <V, C>(
  checking: Checking<V, C>,
  form: Mul,
  shape: Shape,
  point: readonly C[],
  value: V,
): OperandClaim<V, C>[] => {
  const { ofA, ofB, weights } = planOf(checking.context, form, shape, point);
  const summed = checking.sumcheck(value, weights.length, weights);
  const one = checking.context.arithmetic.number(1);
  return checkFactors(
    checking,
    summed.value,
    partOf(one, form.a, ofA, summed.point),
    partOf(one, form.b, ofB, summed.point),
  );
};
