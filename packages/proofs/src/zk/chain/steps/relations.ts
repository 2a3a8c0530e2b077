/** From the output and the lookups down to claims on what is committed to: the twin of `route/route.ts` for layers of matrices. */
import type { Interval, Shape, ValueId } from '@surety/programs';
import type { Place } from '../../commit/place.ts';
import { fromInteger } from '../../field/ext.ts';
import { bitsOf } from '../../field/multilinear.ts';
import { type ProofPlan, stagedTie } from '../../plan/plan.ts';
import { splitOf } from '../../plan/stages.ts';
import { joinPoint, splitPoint, varsOf } from '../../relations/axes.ts';
import { paddingOf, regionAt } from '../../route/padding.ts';
import type { StepLayer } from './fits.ts';
import type { Listener } from './listener.ts';
import type { Looked } from './lookups.ts';
import { evaluateTensorSteps } from './tensors.ts';
import type { Ref, Register, StepWriter, Value } from './writer.ts';

/** That a value's extension takes a value at a point. */
type PointClaim = { readonly point: readonly Value[]; readonly value: Value };

/** That the values at a place take a value at a point. */
export type StepClaim = PointClaim & { readonly place: Place };

/** What relations need beside the transcript. */
export type Relating = {
  readonly listener: Listener;
  readonly plan: ProofPlan;
  readonly layers: readonly StepLayer[];
  readonly looked: Looked;
  /** Where input and output begin in the data. */
  readonly inputAt: number;
  readonly outputAt: number;
};

const ZERO: Value = { known: 0 };
/** The coordinates of an index. */
const BITS: readonly [Value, Value] = [ZERO, { known: 1 }];

/** Two integers of no larger magnitude are not the same element. */
const MAX_OUTPUT: Interval = { low: -(2 ** 30) + 1, high: 2 ** 30 - 1 };

/** `Σ_i eq(point, i)` over the indices of an unpadded tensor; null where that is all of them. */
const boxAt = (step: StepWriter, shape: Shape, point: readonly Value[]): Register | null => {
  let box: Register | null = null;
  for (const [axis, at] of splitPoint(shape, point).entries()) {
    if (shape[axis] === 2 ** at.length) continue;
    const inside = step.below(at, shape[axis]!);
    box = box === null ? inside : step.mul(box, inside);
  }
  return box;
};

/** A number at every index of an unpadded tensor, at the point. */
const everywhere = (step: StepWriter, box: Register | null, x: number): Register =>
  box === null ? step.number(fromInteger(x)) : step.scale(box, fromInteger(x));

/** The quotients at the point of the lookups, from their parts. */
const quotientAt = ({ plan, looked }: Relating, step: StepWriter, id: ValueId, box: Register | null): Register => {
  const { quotients } = stagedTie(plan, id);
  const { parts } = plan.stages.get(id)!;
  const at = (place: Place): Register => step.value(looked.valueAt(place));
  if (quotients.kind === 'value') return at(plan.values.get(id)!);
  if (quotients.kind === 'clamped') return at(parts.quotient!);
  const { k, base } = splitOf(quotients);
  const lower = at(parts.lower!);
  const quotient = step.add(step.scale(at(parts.upper!), 2 ** k), lower);
  if (quotients.kind === 'split') return quotient;
  step.same(step.add(step.scale(at(parts.clipped!), 2 ** k), lower), at(parts.rejoined!));
  return step.add(quotient, everywhere(step, box, base));
};

/** W·x + b = 2^shift·quotient + remainder − half, at the point of the lookups; and the quotient. */
const sumAt = (relating: Relating, id: ValueId): { readonly sum: Ref; readonly quotient: Ref } => {
  const { listener, plan, looked } = relating;
  const { shifts, limbs } = stagedTie(plan, id);
  const places = plan.stages.get(id)!.limbs;
  const shift = shifts[0]!;
  const record = listener.book.step((step) => {
    const { shape } = plan.graph.types[id]!;
    const box = boxAt(step, shape, looked.point.slice(0, varsOf(shape)));
    const quotient = quotientAt(relating, step, id, box);
    let sum = step.scale(quotient, 2 ** shift);
    for (const [i, { from }] of limbs.entries()) {
      sum = step.add(sum, step.scale(step.value(looked.valueAt(places[i]!)), 2 ** from));
    }
    return [shift === 0 ? sum : step.sub(sum, everywhere(step, box, 2 ** (shift - 1))), quotient];
  });
  return { sum: { record, word: 0 }, quotient: { record, word: 1 } };
};

/** Claims that a layer leaves: on its constants, and on what it reads unless that is the input. */
type Through = {
  /** Of a value that is its quotient, and was looked up in two parts alone. */
  readonly split: PointClaim | null;
  readonly constants: ReadonlyMap<ValueId, PointClaim>;
  readonly operand: PointClaim | null;
};

const through = (relating: Relating, { id, weights, bias }: StepLayer, isFirst: boolean): Through => {
  const { listener, plan, looked, inputAt } = relating;
  const constants = new Map<ValueId, PointClaim>();
  const { shape } = plan.graph.types[id]!;
  const [rows, out] = splitPoint(shape, looked.point.slice(0, varsOf(shape))) as [readonly Ref[], readonly Ref[]];
  const made = sumAt(relating, id);
  const isSplit = stagedTie(plan, id).quotients.kind === 'split';
  const split = isSplit ? { point: [...out, ...rows], value: made.quotient } : null;
  let sum: Value = made.sum;
  if (bias !== null) {
    const before = sum;
    const record = listener.hear(16, ({ step, offset }) => {
      constants.set(bias, { point: out, value: { data: offset } });
      // A bias counts once in each row that there is.
      const share = boxAt(step, shape.slice(0, 1), rows);
      const all = step.element(offset);
      return [step.sub(step.get(before), share === null ? all : step.mul(share, all))];
    });
    sum = { record, word: 1 };
  }
  const { point, value } = listener.plainSum(sum, bitsOf(plan.graph.types[weights]!.shape[1]!));
  if (!isFirst) {
    let at = 0;
    listener.hear(32, ({ step, offset }) => {
      at = offset;
      step.same(step.mul(step.element(offset), step.element(offset + 16)), step.value(value));
      return [];
    });
    constants.set(weights, { point: [...point, ...out], value: { data: at + 16 } });
    return { split, constants, operand: { point: [...point, ...rows], value: { data: at } } };
  }
  const input = plan.graph.inputs[0]!;
  const factor = evaluateTensorSteps(listener.book, input, input, inputAt, [...point, ...rows]);
  // An input that is 0 at the point proves nothing here: `fits.ts`.
  const record = listener.book.step((step) => [step.mul(step.value(value), step.invert(step.get(factor)))]);
  constants.set(weights, { point: [...point, ...out], value: { record, word: 0 } });
  return { split, constants, operand: null };
};

/** That what lies behind each constant is 0. */
const paddingClaims = ({ listener, plan }: Relating): readonly StepClaim[] =>
  plan.matrices.flatMap(({ blocks }) =>
    blocks.flatMap(({ place, content }): readonly StepClaim[] => {
      if (content.of !== 'strip') return [];
      const regions = paddingOf(plan.graph.types[content.id]!.shape, content.strip);
      if (regions.length === 0) return [];
      const point: readonly Value[] = listener.challenges(place.vars);
      return regions.map((region) => ({ ...regionAt(place, content.strip, region, point, BITS), value: ZERO }));
    }),
  );

/** A claim on a constant as claims on its parts. */
const openConstant = (
  { listener, plan }: Relating,
  id: ValueId,
  { point, value }: PointClaim,
): readonly StepClaim[] => {
  const { shape } = plan.graph.types[id]!;
  const parts = plan.matrices[0]!.blocks.flatMap(({ place, content }) =>
    content.of === 'strip' && content.id === id ? [{ place, strip: content.strip }] : [],
  );
  const axes = splitPoint(shape, point);
  const own = parts.map(({ strip: { vars } }) => joinPoint(axes.map((axis, i) => axis.slice(0, vars[i]))));
  if (parts.length === 1) return [{ place: parts[0]!.place, point: own[0]!, value }];
  // Its value was said long before: no stretch holds both.
  const kept = { record: listener.book.step((step) => [step.value(value)]), word: 0 };
  let at = 0;
  listener.hear(16 * parts.length, ({ step, offset }) => {
    at = offset;
    const weighed = parts.map(({ strip: { starts, vars } }, k) => {
      const part = step.element(offset + 16 * k);
      const weights = axes.map((axis, i) => step.equalIndex(axis.slice(vars[i]), starts[i]! / 2 ** vars[i]!));
      return weights.reduce(step.mul, part);
    });
    step.same(weighed.reduce(step.add), step.get(kept));
    return [];
  });
  return parts.map(({ place }, k) => ({ place, point: own[k]!, value: { data: at + 16 * k } }));
};

/** All claims that are left to be opened, in the order in which both sides weigh them. */
export const relationSteps = (relating: Relating): readonly StepClaim[] => {
  const { listener, plan, layers, looked, outputAt } = relating;
  const claims: StepClaim[] = looked.places
    .filter(({ matrix }) => matrix >= 0)
    .map((place) => ({ place, point: looked.point.slice(0, place.vars), value: looked.valueAt(place) }));
  const constants = new Map<ValueId, PointClaim>();
  const last = layers.at(-1)!;
  const output = plan.graph.types[last.id]!;
  const point = listener.challenges(varsOf(output.shape));
  let claim: PointClaim = {
    point,
    value: evaluateTensorSteps(listener.book, output, MAX_OUTPUT, outputAt, point),
  };
  claims.push(...paddingClaims(relating));
  for (const [l, layer] of [...layers.entries()].reverse()) {
    const place = plan.values.get(layer.id)!;
    claims.push({ place, ...claim });
    const { split, constants: own, operand } = through(relating, layer, l === 0);
    if (split !== null) claims.push({ place, ...split });
    for (const [id, each] of own) constants.set(id, each);
    if (operand !== null) claim = operand;
  }
  for (const id of [...constants.keys()].sort((a, b) => b - a)) {
    claims.push(...openConstant(relating, id, constants.get(id)!));
  }
  return claims;
};
