/**
 * `matmul` (Thaler 2013): `z(r_row, r_out) = Σ_k a(r_row, k)·b(r_out, k)`, both bound by what r says before anything is summed.
 * Where b has leading axes they are summed over too, by the equality polynomial.
 */
import type { Shape, ValueId } from '@surety/programs';
import type { ProverChannel, VerifierChannel } from '../channel/channel.ts';
import type { Form } from '../channel/form.ts';
import { type Ext, ONE } from '../field/ext.ts';
import { bitsOf } from '../field/multilinear.ts';
import type { ExtVector } from '../memory.ts';
import { askProduct, askSum, type ProverAsking, type VerifierAsking } from './asking.ts';
import { joinPoint, splitPoint } from './axes.ts';
import { checkBias, proveBias } from './bias.ts';
import { type Bits, completed, runsOf, summedOver, weightsOf } from './bits.ts';
import type { OperandClaim, ProverContext, RelationContext, VerifierContext } from './context.ts';
import { contract } from './contract.ts';
import { checkFactors, proveFactors } from './factors.ts';
import { foldRows } from './fold.ts';
import type { Part } from './linear.ts';
import { eqVector } from './vectors.ts';

type Matmul = { readonly a: ValueId; readonly b: ValueId; readonly bias: ValueId | null };

const planOf = ({ types }: RelationContext, { b }: Matmul, shape: Shape, point: readonly Ext[]) => {
  const axes = splitPoint(shape, point);
  const [row, out] = [axes.at(-2)!, axes.at(-1)!];
  const leading = joinPoint(axes.slice(0, -2));
  const batched = types[b]!.shape.length > 2;
  const k = bitsOf(types[b]!.shape.at(-1)!);
  const summed: Bits = new Array<null>(k).fill(null);
  const batch = batched ? summedOver(leading) : leading;
  return {
    k,
    out,
    batched,
    ofA: [...summed, ...row, ...batch],
    ofB: [...summed, ...out, ...(batched ? batch : [])],
    weights: weightsOf(leading, batch),
  };
};

const partOf = (operand: ValueId, bits: Bits, bound: readonly Ext[]): Part => ({
  operand,
  coefficient: ONE,
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
    { part: partOf(form.a, ofA, bound), value: a },
    { part: partOf(form.b, ofB, bound), value: b },
  );
  return [...bias.claims, ...claims];
}

export function* checkMatmul(
  channel: VerifierChannel,
  context: VerifierContext,
  form: Matmul,
  shape: Shape,
  point: readonly Ext[],
  value: Form,
): VerifierAsking<OperandClaim<Form>[]> {
  const bias = checkBias(channel, context, form.bias, shape, point, value);
  const { k, ofA, ofB, weights } = planOf(context, form, shape, point);
  const variables = k + weights.length;
  const { point: bound, value: end } = yield* askSum({ claim: bias.value, variables, weights });
  const [a, b] = [partOf(form.a, ofA, bound), partOf(form.b, ofB, bound)];
  return [...bias.claims, ...(yield* checkFactors(channel, context, end, a, b))];
}
