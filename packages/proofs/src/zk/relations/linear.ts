/**
 * Values that are sums of other values' elements with public coefficients: everything that moves, adds up or weighs elements
 * where only their places decide. Such a map works on each axis by itself: the variables of an operand's axis either take
 * coordinates that follow from the point, or are summed over with weights that everybody can compute.
 */
import type { ValueId } from '@surety/programs';
import type { ProverChannel, VerifierChannel } from '../channel/channel.ts';
import { combined, type Form, known, minus, scaled } from '../channel/form.ts';
import type { Place } from '../commit/place.ts';
import { add, type Ext, inverse, isZero, mul, ONE, sub } from '../field/ext.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import type { Summing } from '../sumcheck/joint.ts';
import type { ProverAsking, VerifierAsking } from './asking.ts';
import { joinPoint } from './axes.ts';
import type { AnyVector, OperandClaim, ProverContext, RelationContext, VerifierContext } from './context.ts';
import { contract, type Run } from './contract.ts';
import { evaluateTensor } from './fold.ts';
import type { ProductClaim } from './product.ts';
import { eqVector, inner, padTensor } from './vectors.ts';

/** Weights of an axis with so many variables: a vector of 2^vars elements. */
export type Weights = { readonly vars: number; readonly make: (memory: ProofMemory) => ExtVector };

/** The variables of one axis (or of several neighbours): where they are, or what they are summed over with. */
export type Axis =
  | { readonly at: readonly Ext[] }
  | { readonly weights: Weights }
  /** Summed over with the part's joint weights. */
  | { readonly free: number };

/** `coefficient · Σ_j weight(j)·x[j]`, the weight a product over axes unless it is given for all free ones at once. */
export type Part = {
  readonly operand: ValueId;
  readonly coefficient: Ext;
  /** Outermost first. */
  readonly axes: readonly Axis[];
  readonly joint?: Weights;
};

/** `constant + Σ part`. */
export type Sum = { readonly constant: Ext; readonly parts: readonly Part[] };

const weightsOf = ({ axes, joint }: Part): readonly Weights[] =>
  joint === undefined ? axes.flatMap((axis) => ('weights' in axis ? [axis.weights] : [])) : [joint];

const runsOf = ({ axes }: Part): Run[] =>
  axes.map(
    (axis): Run => ('at' in axis ? { bound: axis.at } : { free: 'free' in axis ? axis.free : axis.weights.vars }),
  );

/** The product of all axes' weights in one vector. */
const jointWeights = (memory: ProofMemory, weights: readonly Weights[]): ExtVector => {
  const total = memory.ext(2 ** weights.reduce((sum, { vars }) => sum + vars, 0));
  const mark = memory.mark();
  const [first, ...rest] = weights.map(({ make }) => make(memory));
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
const shares = (vars: readonly number[], point: readonly Ext[]): Ext[][] => {
  let end = point.length;
  return vars.map((count) => {
    end -= count;
    return point.slice(end, end + count);
  });
};

/** The product of the weights' extensions at a point. */
const weightAt = (memory: ProofMemory, weights: readonly Weights[], point: readonly Ext[]): Ext => {
  const mark = memory.mark();
  let product = ONE;
  const vars = weights.map((each) => each.vars);
  for (const [i, share] of shares(vars, point).entries()) {
    product = mul(product, inner(memory, weights[i]!.make(memory), eqVector(memory, share)));
  }
  memory.release(mark);
  return product;
};

/** The operand's point once its free variables are bound. */
const pointOf = (part: Part, bound: readonly Ext[]): Ext[] => {
  const vars = runsOf(part).map((run) => ('free' in run ? run.free : 0));
  return joinPoint(shares(vars, bound).map((share, i) => axisAt(part.axes[i]!) ?? share));
};

const axisAt = (axis: Axis): readonly Ext[] | null => ('at' in axis ? axis.at : null);

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
export const openPart = ({ memory, open }: RelationContext, part: Part): Ext => {
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
const reduced = (context: RelationContext, { constant, parts }: Sum): Sum => {
  const left: Part[] = [];
  let total = constant;
  for (const part of parts) {
    if (isZero(part.coefficient)) continue;
    if (context.open(part.operand) === null) left.push(part);
    else total = add(total, mul(part.coefficient, openPart(context, part)));
  }
  return { constant: total, parts: left };
};

/** Where a part is committed to, at a point that is known without a sumcheck: what it takes there may be left to the opening. */
const placeOf = ({ place }: RelationContext, part: Part): Place | null =>
  weightsOf(part).length === 0 ? place(part.operand) : null;

/** Takes the claim that a sum has a value to claims on what it sums, but for values that are left. */
export function* proveSum(
  channel: ProverChannel,
  context: ProverContext,
  whole: Sum,
  value: Ext,
): ProverAsking<OperandClaim<Ext>[]> {
  const { memory } = context;
  const { constant, parts } = reduced(context, whole);
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
const partValues = (
  channel: VerifierChannel,
  parts: readonly Part[],
  leftAt: (part: Part) => Place | null,
): readonly Form[] => {
  const count = parts.filter((part) => leftAt(part) === null).length;
  const sent = count === 0 ? [] : [...channel.receive(count)];
  return parts.map((part) => {
    const place = leftAt(part);
    return place === null ? sent.shift()! : channel.left!(place, pointOf(part, []));
  });
};

/** The verifier's side of {@link proveSum}. */
export function* checkSum(
  channel: VerifierChannel,
  context: VerifierContext,
  whole: Sum,
  value: Form,
): VerifierAsking<OperandClaim<Form>[]> {
  const { constant, parts } = reduced(context, whole);
  const rest = minus(value, known(constant));
  if (parts.length === 0) {
    channel.zero(rest, 'a value is not what public values make it');
    return [];
  }
  const { left } = channel;
  const leftAt = (part: Part): Place | null => (left !== null && parts.length > 1 ? placeOf(context, part) : null);
  const values =
    parts.length === 1 ? [scaled(rest, inverse(parts[0]!.coefficient))] : partValues(channel, parts, leftAt);
  if (parts.length > 1) {
    const sum = combined(parts.map(({ coefficient }, i) => [values[i]!, coefficient] as const));
    channel.zero(minus(rest, sum), 'a value is not the sum of its parts');
  }
  const summing = parts.flatMap((part, i): Summing<Form>[] => {
    const variables = weightsOf(part).reduce((sum, { vars }) => sum + vars, 0);
    return weightsOf(part).length === 0 ? [] : [{ claim: values[i]!, variables, weights: [] }];
  });
  const sums = summing.length === 0 ? [] : [...(yield summing)];
  return parts.flatMap((part, i): OperandClaim<Form>[] => {
    const { operand } = part;
    const weights = weightsOf(part);
    if (leftAt(part) !== null) return [];
    if (weights.length === 0) return [{ operand, point: pointOf(part, []), value: values[i]! }];
    const end = sums.shift()!;
    const weight = weightAt(context.memory, weights, end.point);
    if (isZero(weight)) {
      // Nothing of the operand counts, so nothing is claimed of it.
      channel.zero(end.value, 'a sum of nothing is not 0');
      return [];
    }
    return [{ operand, point: pointOf(part, end.point), value: scaled(end.value, inverse(weight)) }];
  });
}
