/** From the output and the lookups down to claims on what is committed to: the twin of `route/route.ts` for layers of matrices. */
import { halfOf, type Interval, type Shape, type ValueId } from '@surety/programs';
import type { Place } from '../../commit/place.ts';
import { bitsOf } from '../../field/multilinear.ts';
import { type ProofPlan, stagedTie } from '../../plan/plan.ts';
import { splitOf } from '../../plan/stages.ts';
import { joinPoint, splitPoint, varsOf } from '../../relations/axes.ts';
import { paddingOf, regionAt } from '../../route/padding.ts';
import type { StepChannel } from './channel.ts';
import type { StepLayer } from './fits.ts';
import { at, known, type Maker, minus, NOTHING, type StepForm, scaled, times } from './forms.ts';
import type { Looked } from './lookups.ts';
import { evaluateTensorSteps } from './tensors.ts';
import type { Ref, Value } from './writer.ts';

/** That a value's extension takes a value at a point. */
type PointClaim = { readonly point: readonly Value[]; readonly value: StepForm };

/** That the values at a place take a value at a point. */
export type StepClaim = PointClaim & { readonly place: Place };

/** What relations need beside the transcript. */
export type Relating = {
  readonly channel: StepChannel;
  readonly plan: ProofPlan;
  readonly layers: readonly StepLayer[];
  readonly looked: Looked;
  /** Where the input, if it is shown, and the output begin in the data. */
  readonly inputAt: number;
  readonly outputAt: number;
};

/** The coordinates of an index. */
const BITS: readonly [Value, Value] = [{ known: 0 }, { known: 1 }];

/** Two integers of no larger magnitude are not the same element. */
const MAX_OUTPUT: Interval = { low: -(2 ** 30) + 1, high: 2 ** 30 - 1 };

/** `Σ_i eq(point, i)` over the indices of an unpadded tensor; null where that is all of them, 1. */
const boxAt = (shape: Shape, point: readonly Value[]): Maker | null =>
  splitPoint(shape, point).reduce<Maker | null>((box, coordinates, axis) => {
    if (shape[axis] === 2 ** coordinates.length) return box;
    return times(box, (step) => step.below(coordinates, shape[axis]!));
  }, null);

/** The quotients at the point of the lookups, from their parts. */
const quotientAt = ({ channel, plan, looked }: Relating, id: ValueId, box: Maker | null): StepForm => {
  const { quotients } = stagedTie(plan, id);
  const { parts } = plan.stages.get(id)!;
  if (quotients.kind === 'value') return looked.valueAt(plan.values.get(id)!);
  if (quotients.kind === 'clamped') return looked.valueAt(parts.quotient!);
  const { k, base } = splitOf(quotients);
  const [upper, lower] = [looked.valueAt(parts.upper!), looked.valueAt(parts.lower!)];
  const quotient = [...scaled(upper, 2 ** k), ...lower, ...known(box, base)];
  if (quotients.kind === 'split') return quotient;
  const rejoined = [...scaled(looked.valueAt(parts.clipped!), 2 ** k), ...lower];
  channel.zero(minus(rejoined, looked.valueAt(parts.rejoined!)));
  return quotient;
};

/** W·x + b = 2^shift·quotient + remainder − half, at the point of the lookups. */
const sumOf = ({ plan, looked }: Relating, id: ValueId, box: Maker | null, quotient: StepForm): StepForm => {
  const { shifts, limbs } = stagedTie(plan, id);
  const places = plan.stages.get(id)!.limbs;
  return [
    ...scaled(quotient, 2 ** shifts[0]!),
    ...limbs.flatMap(({ from }, i) => scaled(looked.valueAt(places[i]!), 2 ** from)),
    ...known(box, -halfOf(shifts[0]!)),
  ];
};

/** Claims that a layer leaves: on its constants, and on what it reads unless that is an input which is shown. */
type Through = {
  /** Of a value that is its quotient, and was looked up in two parts alone. */
  readonly split: PointClaim | null;
  readonly constants: ReadonlyMap<ValueId, PointClaim>;
  readonly operand: PointClaim | null;
};

const through = (relating: Relating, { id, weights, bias }: StepLayer, readsShown: boolean): Through => {
  const { channel, plan, looked, inputAt } = relating;
  const { book } = channel.listener;
  const constants = new Map<ValueId, PointClaim>();
  const { shape } = plan.graph.types[id]!;
  const own = looked.point.slice(0, varsOf(shape));
  const [rows, out] = splitPoint(shape, own) as [readonly Ref[], readonly Ref[]];
  const box = boxAt(shape, own);
  const quotient = quotientAt(relating, id, box);
  const isSplit = stagedTie(plan, id).quotients.kind === 'split';
  const split = isSplit ? { point: own, value: quotient } : null;
  let sum = sumOf(relating, id, box, quotient);
  if (bias !== null) {
    const [value] = channel.receive(1) as [StepForm];
    constants.set(bias, { point: out, value });
    // A bias counts once in each row that there is.
    sum = minus(sum, scaled(value, 1, boxAt(shape.slice(0, 1), rows)));
  }
  const { point, value } = channel.sumcheck(sum, bitsOf(plan.graph.types[weights]!.shape[1]!), null);
  if (!readsShown) {
    const [x, w] = channel.receive(2) as [StepForm, StepForm];
    channel.zero(minus(value, channel.product(x, w)));
    constants.set(weights, { point: [...point, ...out], value: w });
    return { split, constants, operand: { point: [...point, ...rows], value: x } };
  }
  const input = plan.graph.inputs[0]!;
  const factor = evaluateTensorSteps(book, input, input, inputAt, [...point, ...rows]);
  // An input that is 0 at the point proves nothing here: `fits.ts`.
  const record = book.step((step) => [step.invert(step.get(factor))]);
  constants.set(weights, { point: [...point, ...out], value: scaled(value, 1, at({ record, word: 0 })) });
  return { split, constants, operand: null };
};

/** That what lies behind each constant is 0. */
const paddingClaims = ({ channel: { listener }, plan }: Relating): readonly StepClaim[] =>
  plan.matrices.flatMap(({ blocks }) =>
    blocks.flatMap(({ place, content }): readonly StepClaim[] => {
      if (content.of !== 'strip') return [];
      const regions = paddingOf(plan.graph.types[content.id]!.shape, content.strip);
      if (regions.length === 0) return [];
      const point: readonly Value[] = listener.challenges(place.vars);
      return regions.map((region) => ({ ...regionAt(place, content.strip, region, point, BITS), value: NOTHING }));
    }),
  );

/** A claim on a constant as claims on its parts. */
const openConstant = ({ channel, plan }: Relating, id: ValueId, { point, value }: PointClaim): readonly StepClaim[] => {
  const { shape } = plan.graph.types[id]!;
  const parts = plan.matrices[0]!.blocks.flatMap(({ place, content }) =>
    content.of === 'strip' && content.id === id ? [{ place, strip: content.strip }] : [],
  );
  const axes = splitPoint(shape, point);
  const own = parts.map(({ strip: { vars } }) => joinPoint(axes.map((axis, i) => axis.slice(0, vars[i]))));
  if (parts.length === 1) return [{ place: parts[0]!.place, point: own[0]!, value }];
  const values = channel.receive(parts.length);
  const weighed = parts.map(({ strip: { starts, vars } }, k) => {
    const weights = axes.map((axis, i): Maker => {
      return (step) => step.equalIndex(axis.slice(vars[i]), starts[i]! / 2 ** vars[i]!);
    });
    return scaled(values[k]!, 1, weights.reduce<Maker | null>(times, null));
  });
  channel.zero(minus(weighed.flat(), value));
  return parts.map(({ place }, k) => ({ place, point: own[k]!, value: values[k]! }));
};

/** All claims that are left to be opened, in the order in which both sides weigh them. */
export const relationSteps = (relating: Relating): readonly StepClaim[] => {
  const { channel, plan, layers, looked, outputAt } = relating;
  const claims: StepClaim[] = looked.places
    .filter(({ matrix }) => matrix >= 0)
    .map((place) => ({ place, point: looked.point.slice(0, place.vars), value: looked.valueAt(place) }));
  const constants = new Map<ValueId, PointClaim>();
  const output = plan.graph.types[layers.at(-1)!.id]!;
  const point = channel.listener.challenges(varsOf(output.shape));
  const shown = evaluateTensorSteps(channel.listener.book, output, MAX_OUTPUT, outputAt, point);
  let claim: PointClaim = { point, value: known(at(shown)) };
  claims.push(...paddingClaims(relating));
  for (const [l, layer] of [...layers.entries()].reverse()) {
    const place = plan.values.get(layer.id)!;
    claims.push({ place, ...claim });
    const { split, constants: own, operand } = through(relating, layer, l === 0 && !plan.hidesInput);
    if (split !== null) claims.push({ place, ...split });
    for (const [id, each] of own) constants.set(id, each);
    if (operand !== null) claim = operand;
  }
  for (const id of [...constants.keys()].sort((a, b) => b - a)) {
    claims.push(...openConstant(relating, id, constants.get(id)!));
  }
  if (plan.hidesInput) claims.push({ place: plan.values.get(0)!, ...claim });
  return claims;
};
