/** `mul`: `z(r) = Σ_x eq(r, x)·a(x)·b(x)` over the axes that both have; an axis of one alone is bound by r at once. */
import type { Shape, ValueId } from '@surety/programs';
import type { ProverChannel } from '../channel/channel.ts';
import { type Ext, ONE } from '../field/ext.ts';
import { askProduct, askSum, type ProverAsking, type VerifierAsking } from './asking.ts';
import { splitPoint } from './axes.ts';
import { type Bits, completed, runsOf, summedOver, weightsOf } from './bits.ts';
import type { Checking } from './checking.ts';
import type { AnyVector, OperandClaim, ProverContext, RelationContext } from './context.ts';
import { contract } from './contract.ts';
import { checkFactors, proveFactors } from './factors.ts';
import type { Part } from './linear.ts';

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
    { part: partOf(ONE, form.a, ofA, bound), value: a },
    { part: partOf(ONE, form.b, ofB, bound), value: b },
  );
}

export function* checkMul<V, C>(
  checking: Checking<V, C>,
  form: Mul,
  shape: Shape,
  point: readonly C[],
  value: V,
): VerifierAsking<V, C, OperandClaim<V, C>[]> {
  const { ofA, ofB, weights } = planOf(checking.context, form, shape, point);
  const { point: bound, value: end } = yield* askSum<V, C>({ claim: value, variables: weights.length, weights });
  const one = checking.context.arithmetic.number(1);
  return yield* checkFactors(checking, end, partOf(one, form.a, ofA, bound), partOf(one, form.b, ofB, bound));
}
