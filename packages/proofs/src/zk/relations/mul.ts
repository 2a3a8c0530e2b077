/** `mul`: `z(r) = Σ_x eq(r, x)·a(x)·b(x)` over the axes that both have; an axis of one alone is bound by r at once. */
import type { Shape, ValueId } from '@surety/programs';
import type { ProverChannel, VerifierChannel } from '../channel/channel.ts';
import type { Form } from '../channel/form.ts';
import { type Ext, ONE } from '../field/ext.ts';
import { askProduct, askSum, type ProverAsking, type VerifierAsking } from './asking.ts';
import { splitPoint } from './axes.ts';
import { type Bits, completed, runsOf, summedOver, weightsOf } from './bits.ts';
import type { AnyVector, OperandClaim, ProverContext, RelationContext, VerifierContext } from './context.ts';
import { contract } from './contract.ts';
import { checkFactors, proveFactors } from './factors.ts';
import type { Part } from './linear.ts';

type Mul = { readonly a: ValueId; readonly b: ValueId };

/** What of each operand is bound, and the weights of the rest. */
const planOf = ({ types }: RelationContext, { a, b }: Mul, shape: Shape, point: readonly Ext[]) => {
  const [x, y] = [types[a]!.shape, types[b]!.shape];
  const sizeOf = (of: Shape, axis: number): number => of[of.length - shape.length + axis] ?? 1;
  const [ofA, ofB, weights]: [(Ext | null)[], (Ext | null)[], Ext[]] = [[], [], []];
  const coordinates = splitPoint(shape, point);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const at = coordinates[axis]!;
    const [inA, inB] = [sizeOf(x, axis) > 1, sizeOf(y, axis) > 1];
    const bits = inA && inB ? summedOver(at) : at;
    if (inA) ofA.push(...bits);
    if (inB) ofB.push(...bits);
    if (inA && inB) weights.push(...weightsOf(at, bits));
  }
  return { ofA, ofB, weights };
};

const partOf = (operand: ValueId, bits: Bits, bound: readonly Ext[]): Part => ({
  operand,
  coefficient: ONE,
  axes: [{ at: completed(bits, bound) }],
});

export function* proveMul(
  channel: ProverChannel,
  context: ProverContext,
  form: Mul,
  shape: Shape,
  point: readonly Ext[],
  value: Ext,
): ProverAsking<OperandClaim<Ext>[]> {
  const { ofA, ofB, weights } = planOf(context, form, shape, point);
  const left = (operand: ValueId, bits: Bits): AnyVector => {
    const padded = context.padded(operand);
    return bits.every((bit) => bit === null) ? padded : contract(context.memory, padded, runsOf(bits));
  };
  const vectors = () => [left(form.a, ofA), left(form.b, ofB)] as const;
  const { point: bound, a, b } = yield* askProduct({ claim: value, weights, vectors });
  return yield* proveFactors(
    channel,
    context,
    { part: partOf(form.a, ofA, bound), value: a },
    { part: partOf(form.b, ofB, bound), value: b },
  );
}

export function* checkMul(
  channel: VerifierChannel,
  context: VerifierContext,
  form: Mul,
  shape: Shape,
  point: readonly Ext[],
  value: Form,
): VerifierAsking<OperandClaim<Form>[]> {
  const { ofA, ofB, weights } = planOf(context, form, shape, point);
  const { point: bound, value: end } = yield* askSum({ claim: value, variables: weights.length, weights });
  return yield* checkFactors(channel, context, end, partOf(form.a, ofA, bound), partOf(form.b, ofB, bound));
}
