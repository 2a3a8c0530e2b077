/**
 * `matmul` (Thaler 2013): `z(r_row, r_out) = Σ_k a(r_row, k)·b(r_out, k)`, both bound by what r says before anything is summed.
 * Where b has leading axes they are summed over too, by the equality polynomial.
 */
import type { Shape, ValueId } from '@surety/programs';
import type { ProverChannel } from '../channel/channel.ts';
import { type Ext, ONE } from '../field/ext.ts';
import { bitsOf } from '../field/multilinear.ts';
import type { ExtVector } from '../memory.ts';
import { askProduct, askSum, type ProverAsking, type VerifierAsking } from './asking.ts';
import { joinPoint, splitPoint } from './axes.ts';
import { checkBias, proveBias } from './bias.ts';
import { type Bits, completed, runsOf, summedOver, weightsOf } from './bits.ts';
import type { Checking } from './checking.ts';
import type { OperandClaim, ProverContext, RelationContext } from './context.ts';
import { contract } from './contract.ts';
import { checkFactors, proveFactors } from './factors.ts';
import { foldRows } from './fold.ts';
import type { Part } from './linear.ts';
import { eqVector } from './vectors.ts';

type Matmul = { readonly a: ValueId; readonly b: ValueId; readonly bias: ValueId | null };

const planOf = <C>({ types, arithmetic }: RelationContext<C>, { b }: Matmul, shape: Shape, point: readonly C[]) => {
  const axes = splitPoint(shape, point);
  const [row, out] = [axes.at(-2)!, axes.at(-1)!];
  const leading = joinPoint(axes.slice(0, -2));
  const batched = types[b]!.shape.length > 2;
  const k = bitsOf(types[b]!.shape.at(-1)!);
  const summed: Bits<C> = new Array<null>(k).fill(null);
  const batch = batched ? summedOver(arithmetic, leading) : leading;
  return {
    k,
    out,
    batched,
    ofA: [...summed, ...row, ...batch],
    ofB: [...summed, ...out, ...(batched ? batch : [])],
    weights: weightsOf(leading, batch),
  };
};

const partOf = <C>(one: C, operand: ValueId, bits: Bits<C>, bound: readonly C[]): Part<C> => ({
  operand,
  coefficient: one,
  axes: [{ at: completed(bits, bound) }],
});

/** Rows of b bound by the output channel: constants are bound as they lie. */
const boundRows = (
  context: ProverContext,
  b: ValueId,
  bits: Bits,
  out: readonly Ext[],
  batched: boolean,
): ExtVector => {
  const { memory } = context;
  const raw = batched ? null : context.raw(b);
  if (raw === null) return contract(memory, context.padded(b), runsOf(bits));
  const [rows, k] = raw.shape as readonly [number, number];
  const result = memory.ext(2 ** bitsOf(k));
  const mark = memory.mark();
  const table = { ...eqVector(memory, out), length: rows };
  foldRows(memory, raw.values, k, table, result);
  memory.release(mark);
  return result;
};

export function* proveMatmul(
  channel: ProverChannel,
  context: ProverContext,
  form: Matmul,
  shape: Shape,
  point: readonly Ext[],
  value: Ext,
): ProverAsking<OperandClaim<Ext>[]> {
  const bias = proveBias(channel, context, form.bias, shape, point, value);
  const { out, batched, ofA, ofB, weights } = planOf(context, form, shape, point);
  const vectors = () =>
    [
      contract(context.memory, context.padded(form.a), runsOf(ofA)),
      boundRows(context, form.b, ofB, out, batched),
    ] as const;
  const { point: bound, a, b } = yield* askProduct({ claim: bias.value, weights, vectors });
  const claims = yield* proveFactors(
    channel,
    context,
    { part: partOf(ONE, form.a, ofA, bound), value: a },
    { part: partOf(ONE, form.b, ofB, bound), value: b },
  );
  return [...bias.claims, ...claims];
}

export function* checkMatmul<V, C>(
  checking: Checking<V, C>,
  form: Matmul,
  shape: Shape,
  point: readonly C[],
  value: V,
): VerifierAsking<V, C, OperandClaim<V, C>[]> {
  const bias = checkBias(checking, form.bias, shape, point, value);
  const { k, ofA, ofB, weights } = planOf(checking.context, form, shape, point);
  const variables = k + weights.length;
  const { point: bound, value: end } = yield* askSum<V, C>({ claim: bias.value, variables, weights });
  const one = checking.context.arithmetic.number(1);
  const [a, b] = [partOf(one, form.a, ofA, bound), partOf(one, form.b, ofB, bound)];
  return [...bias.claims, ...(yield* checkFactors(checking, end, a, b))];
}
