/**
 * Values that are sums of other values' elements with public coefficients: everything that moves, adds up or weighs elements
 * where only their places decide. Such a map works on each axis by itself: the variables of an operand's axis either take
 * coordinates that follow from the point, or are summed over with weights that everybody can compute.
 */
import type { ValueId } from '@surety/programs';
import type { ProverChannel } from '../channel/channel.ts';
import type { Place } from '../commit/place.ts';
import { type Ext, inverse, isZero, mul, ONE, sub } from '../field/ext.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import type { Summing } from '../sumcheck/joint.ts';
import type { ProverAsking, VerifierAsking } from './asking.ts';
import { joinPoint } from './axes.ts';
import type { Checking } from './checking.ts';
import type { AnyVector, OperandClaim, ProverContext, RelationContext, VerifierContext } from './context.ts';
import { contract, type Run } from './contract.ts';
import { evaluateTensor } from './fold.ts';
import type { ProductClaim } from './product.ts';
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

/** Where a part is committed to, at a point that is known without a sumcheck: what it takes there may be left to the opening. */
const placeOf = <C>({ place }: RelationContext<C>, part: Part<C>): Place | null =>
  weightsOf(part).length === 0 ? place(part.operand) : null;

/** Takes the claim that a sum has a value to claims on what it sums, but for values that are left. */
export function* proveSum(
  channel: ProverChannel,
  context: ProverContext,
  whole: Sum,
  value: Ext,
): ProverAsking<OperandClaim<Ext>[]> {
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
  const isLeft = (part: Part): boolean => parts.length > 1 && channel.leaves && placeOf(context, part) !== null;
  const sent = values.filter((_, i) => parts.length > 1 && !isLeft(parts[i]!));
  if (sent.length > 0) channel.send(sent);
  const summing = parts.flatMap((part, i): ProductClaim[] => {
    const weights = weightsOf(part);
    if (weights.length === 0) return [];
    const vectors = () =>
      [jointWeights(memory, weights), contract(memory, context.padded(part.operand), runsOf(part))] as const;
    return [{ claim: values[i]!, weights: [], vectors }];
  });
  const sums = summing.length === 0 ? [] : [...(yield summing)];
  return parts.flatMap((part, i): OperandClaim<Ext>[] => {
    const { operand } = part;
    if (isLeft(part)) return [];
    if (weightsOf(part).length === 0) return [{ operand, point: pointOf(part, []), value: values[i]! }];
    const { point, a, b } = sums.shift()!;
    return isZero(a) ? [] : [{ operand, point: pointOf(part, point), value: b }];
  });
}

/** What the parts of a sum take: sent, but for those with a place. */
const partValues = <V, C>(
  { receive, left }: Checking<V, C>,
  parts: readonly Part<C>[],
  leftAt: (part: Part<C>) => Place | null,
): readonly V[] => {
  const count = parts.filter((part) => leftAt(part) === null).length;
  const sent = count === 0 ? [] : [...receive(count)];
  return parts.map((part) => {
    const place = leftAt(part);
    return place === null ? sent.shift()! : left!(place, pointOf(part, []));
  });
};

/** The verifier's side of {@link proveSum}. */
export function* checkSum<V, C>(
  checking: Checking<V, C>,
  whole: Sum<C>,
  value: V,
): VerifierAsking<V, C, OperandClaim<V, C>[]> {
  const { context, left, known, minus, scaled, zero, inverse } = checking;
  const { constant, parts } = reduced(context, checking.openPart, whole);
  const rest = minus(value, known(constant));
  if (parts.length === 0) {
    zero(rest, 'a value is not what public values make it');
    return [];
  }
  const leftAt = (part: Part<C>): Place | null => (left !== null && parts.length > 1 ? placeOf(context, part) : null);
  const values =
    parts.length === 1 ? [scaled(rest, inverse(parts[0]!.coefficient))] : partValues(checking, parts, leftAt);
  if (parts.length > 1) {
    const sum = checking.combined(parts.map(({ coefficient }, i) => [values[i]!, coefficient] as const));
    zero(minus(rest, sum), 'a value is not the sum of its parts');
  }
  const summing = parts.flatMap((part, i): Summing<V, C>[] => {
    const variables = weightsOf(part).reduce((sum, { vars }) => sum + vars, 0);
    return weightsOf(part).length === 0 ? [] : [{ claim: values[i]!, variables, weights: [] }];
  });
  const sums = summing.length === 0 ? [] : [...(yield summing)];
  return parts.flatMap((part, i): OperandClaim<V, C>[] => {
    const { operand } = part;
    const weights = weightsOf(part);
    if (leftAt(part) !== null) return [];
    if (weights.length === 0) return [{ operand, point: pointOf(part, []), value: values[i]! }];
    const end = sums.shift()!;
    const weight = checking.weightAt(weights, end.point);
    if (context.arithmetic.isZero(weight)) {
      // Nothing of the operand counts, so nothing is claimed of it.
      zero(end.value, 'a sum of nothing is not 0');
      return [];
    }
    return [{ operand, point: pointOf(part, end.point), value: scaled(end.value, inverse(weight)) }];
  });
}
