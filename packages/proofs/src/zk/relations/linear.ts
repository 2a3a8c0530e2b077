/**
 * Values that are sums of other values' elements with public coefficients: everything that moves, adds up or weighs elements
 * where only their places decide. Such a map works on each axis by itself: the variables of an operand's axis either take
 * coordinates that follow from the point, or are summed over with weights that everybody can compute.
 */
import type { ValueId } from '@surety/programs';
import type { ProverChannel } from '../channel/channel.ts';
import { type Ext, inverse, isZero, mul, ONE, sub } from '../field/ext.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import { joinPoint } from './axes.ts';
import type { Checking } from './checking.ts';
import type { AnyVector, OperandClaim, ProverContext, RelationContext, VerifierContext } from './context.ts';
import { contract, type Run } from './contract.ts';
import { evaluateTensor } from './fold.ts';
import { proveProductSum } from './product.ts';
import { eqVector, inner, padTensor } from './vectors.ts';
import { spread, type Weights } from './weights.ts';

/** The variables of one axis (or of several neighbours): where they are, or what they are summed over with. */
export type Axis<C = Ext> =
  | { readonly at: readonly C[] }
  | { readonly weights: Weights<C> }
  /** Summed over with the part's joint weights. */
  | { readonly free: number };

/** `coefficient · Σ_j weight(j)·x[j]`, the weight a product over axes unless it is given for all free ones at once. */
export type Part<C = Ext> = {
  readonly operand: ValueId;
  readonly coefficient: C;
  /** Outermost first. */
  readonly axes: readonly Axis<C>[];
  readonly joint?: Weights<C>;
};

/** `constant + Σ part`. */
export type Sum<C = Ext> = { readonly constant: C; readonly parts: readonly Part<C>[] };

export const weightsOf = <C>({ axes, joint }: Part<C>): readonly Weights<C>[] =>
  joint === undefined ? axes.flatMap((axis) => ('weights' in axis ? [axis.weights] : [])) : [joint];

const runsOf = ({ axes }: Part): Run[] =>
  axes.map((axis): Run => ('at' in axis ? { bound: axis.at } : { free: freeVars(axis) }));

/** Variables of an axis. */
export const axisVars = <C>(axis: Axis<C>): number => ('at' in axis ? axis.at.length : freeVars(axis));

/** Those that are summed over. */
const freeVars = <C>(axis: Axis<C>): number => ('at' in axis ? 0 : 'free' in axis ? axis.free : axis.weights.vars);

/** The product of all axes' weights in one vector. */
const jointWeights = (memory: ProofMemory, weights: readonly Weights[]): ExtVector => {
  const total = memory.ext(2 ** weights.reduce((sum, { vars }) => sum + vars, 0));
  const mark = memory.mark();
  const [first, ...rest] = weights.map((each) => spread(memory, each));
  let joint = first!;
  const { kernels } = memory;
  for (const low of rest) {
    const out = memory.ext(joint.length * low.length);
    kernels.outer(
      out.address,
      out.stride,
      joint.address,
      joint.stride,
      joint.length,
      low.address,
      low.stride,
      low.length,
    );
    joint = out;
  }
  for (let c = 0; c < 4; c++) copyPlane(memory, total, joint, c);
  memory.release(mark);
  return total;
};

const copyPlane = (memory: ProofMemory, to: ExtVector, from: ExtVector, c: number): void =>
  memory
    .words({ address: to.address + c * to.stride, length: to.length })
    .set(memory.words({ address: from.address + c * from.stride, length: from.length }));

/** Coordinates of `point` (lowest first) for each of so many variables, outermost first. */
export const shares = <C>(vars: readonly number[], point: readonly C[]): C[][] => {
  let end = point.length;
  return vars.map((count) => {
    end -= count;
    return point.slice(end, end + count);
  });
};

/** The product of the weights' extensions at a point. */
export const weightAt = (memory: ProofMemory, weights: readonly Weights[], point: readonly Ext[]): Ext => {
  const mark = memory.mark();
  let product = ONE;
  const vars = weights.map((each) => each.vars);
  for (const [i, share] of shares(vars, point).entries()) {
    product = mul(product, inner(memory, spread(memory, weights[i]!), eqVector(memory, share)));
  }
  memory.release(mark);
  return product;
};

/** The operand's point once its free variables are bound. */
export const pointOf = <C>({ axes }: Part<C>, bound: readonly C[]): C[] =>
  joinPoint(shares(axes.map(freeVars), bound).map((share, i) => axisAt(axes[i]!) ?? share));

const axisAt = <C>(axis: Axis<C>): readonly C[] | null => ('at' in axis ? axis.at : null);

/** The sum of a part over these values, its coefficient left out. */
const summed = (memory: ProofMemory, part: Part, padded: AnyVector): Ext => {
  const mark = memory.mark();
  const left = contract(memory, padded, runsOf(part));
  const weights = weightsOf(part);
  const value = weights.length === 0 ? memory.entry(left, 0) : inner(memory, left, jointWeights(memory, weights));
  memory.release(mark);
  return value;
};

/** The sum of a part of an operand that everybody knows. */
export const openPart = ({ memory, open }: VerifierContext, part: Part): Ext => {
  const tensor = open(part.operand)!;
  if (weightsOf(part).length === 0) return evaluateTensor(memory, tensor, pointOf(part, []));
  const mark = memory.mark();
  const value = summed(memory, part, padTensor(memory, tensor));
  memory.release(mark);
  return value;
};

/** The sum of a part of an operand that the prover alone knows. */
const hiddenPart = ({ memory, raw, padded }: ProverContext, part: Part): Ext => {
  const mark = memory.mark();
  const tensor = weightsOf(part).length === 0 ? raw(part.operand) : null;
  const value =
    tensor === null ? summed(memory, part, padded(part.operand)) : evaluateTensor(memory, tensor, pointOf(part, []));
  memory.release(mark);
  return value;
};

/** What everybody can compute of a sum, and the parts that remain. */
const reduced = <C>(
  { arithmetic: { add, mul, isZero }, isOpen }: RelationContext<C>,
  openPart: (part: Part<C>) => C,
  { constant, parts }: Sum<C>,
): Sum<C> => {
  const left: Part<C>[] = [];
  let total = constant;
  for (const part of parts) {
    if (isZero(part.coefficient)) continue;
    if (isOpen(part.operand)) total = add(total, mul(part.coefficient, openPart(part)));
    else left.push(part);
  }
  return { constant: total, parts: left };
};

/** Takes the claim that a sum has a value to claims on what it sums. */
export const proveSum = (
  channel: ProverChannel,
  context: ProverContext,
  whole: Sum,
  value: Ext,
): OperandClaim<Ext>[] => {
  const { memory } = context;
  const { constant, parts } = reduced(context, (part) => openPart(context, part), whole);
  let rest = sub(value, constant);
  const values = parts.map((part, i): Ext => {
    // The last one is what is missing.
    if (i === parts.length - 1) return mul(rest, inverse(part.coefficient));
    const own = hiddenPart(context, part);
    rest = sub(rest, mul(part.coefficient, own));
    return own;
  });
  if (parts.length > 1) channel.send(values);
  return parts.flatMap((part, i): OperandClaim<Ext>[] => {
    const { operand } = part;
    const weights = weightsOf(part);
    if (weights.length === 0) return [{ operand, point: pointOf(part, []), value: values[i]! }];
    const mark = memory.mark();
    const folded = contract(memory, context.padded(operand), runsOf(part));
    const { point, a, b } = proveProductSum(channel, memory, values[i]!, jointWeights(memory, weights), folded);
    memory.release(mark);
    return isZero(a) ? [] : [{ operand, point: pointOf(part, point), value: b }];
  });
};

/** The verifier's side of {@link proveSum}. */
export const checkSum = <V, C>(checking: Checking<V, C>, whole: Sum<C>, value: V): OperandClaim<V, C>[] => {
  const { context, known, minus, scaled, zero, inverse } = checking;
  const { constant, parts } = reduced(context, checking.openPart, whole);
  const rest = minus(value, known(constant));
  if (parts.length === 0) {
    zero(rest, 'a value is not what public values make it');
    return [];
  }
  const [only] = parts;
  const values = parts.length === 1 ? [scaled(rest, inverse(only!.coefficient))] : checking.receive(parts.length);
  if (parts.length > 1) {
    const sum = checking.combined(parts.map(({ coefficient }, i) => [values[i]!, coefficient] as const));
    zero(minus(rest, sum), 'a value is not the sum of its parts');
  }
  return parts.flatMap((part, i): OperandClaim<V, C>[] => {
    const { operand } = part;
    const weights = weightsOf(part);
    if (weights.length === 0) return [{ operand, point: pointOf(part, []), value: values[i]! }];
    const vars = weights.reduce((sum, each) => sum + each.vars, 0);
    const end = checking.sumcheck(values[i]!, vars, null);
    const weight = checking.weightAt(weights, end.point);
    if (context.arithmetic.isZero(weight)) {
      // Nothing of the operand counts, so nothing is claimed of it.
      zero(end.value, 'a sum of nothing is not 0');
      return [];
    }
    return [{ operand, point: pointOf(part, end.point), value: scaled(end.value, inverse(weight)) }];
  });
};
