/** The verifier's steps where claims are passed on. */
import type { Tensor, ValueId } from '@surety/programs';
import type { VerifierChannel } from '../channel/channel.ts';
import { combined, type Form, known, minus, scaled } from '../channel/form.ts';
import { ProofError } from '../channel/problem.ts';
import { add, type Ext, inverse, isZero, mul, ONE, powers, ZERO } from '../field/ext.ts';
import { bitsOf, eqPoints } from '../field/multilinear.ts';
import { nodeOf } from '../graph/graph.ts';
import { isLean, type ProofPlan, stagedTie } from '../plan/plan.ts';
import { askSum, type VerifierAsking } from '../relations/asking.ts';
import type { VerifierContext } from '../relations/context.ts';
import { evaluateTensor } from '../relations/fold.ts';
import { verifyChoice, verifyDifference, verifyKey, verifyMargin, verifyRelation } from '../relations/relation.ts';
import { eqVector, inner } from '../relations/vectors.ts';
import { channelsAt, sumParts } from '../route/channels.ts';
import type { Side, SumClaim, ValueClaim } from '../route/side.ts';
import { checkJoint, type Summing } from '../sumcheck/joint.ts';
import { checkSumcheck, type Summed } from '../sumcheck/verify.ts';

export type Verifying = {
  readonly channel: VerifierChannel;
  readonly plan: ProofPlan;
  readonly context: VerifierContext;
  readonly open: (id: ValueId) => Tensor;
  readonly reached: (id: ValueId) => Promise<void>;
};

/** What is left of a sum's value without a factor that everybody knows. No honest proof meets 0 but once in 2^100. */
const without = (value: Form, factor: Ext): Form => {
  if (isZero(factor)) throw new ProofError('a challenge is one that no proof survives');
  return scaled(value, inverse(factor));
};

function* merged({ channel }: Verifying, claims: readonly ValueClaim<Form>[]): VerifierAsking<ValueClaim<Form>> {
  const weights = claims.length === 1 ? [ONE] : powers(channel.challenge(), claims.length);
  const claim = combined(claims.map(({ value }, i) => [value, weights[i]!]));
  const { point, value } = yield* askSum({ claim, variables: claims[0]!.point.length, weights: [] });
  const factor = claims.reduce((sum, each, i) => add(sum, mul(weights[i]!, eqPoints(each.point, point))), ZERO);
  return { point, value: without(value, factor) };
}

function* perChannel(
  { channel, plan, context: { memory } }: Verifying,
  id: ValueId,
  { point, value }: ValueClaim<Form>,
): VerifierAsking<SumClaim<Form>> {
  const { shifts, limbs } = stagedTie(plan, id);
  const { shape } = plan.graph.types[id]!;
  const summed = yield* askSum({ claim: value, variables: bitsOf(shape.at(-1)!), weights: [] });
  const mark = memory.mark();
  const { rest, weights, halves, box } = channelsAt(memory, shape, shifts, point);
  const eq = eqVector(memory, summed.point);
  const difference = without(summed.value, inner(memory, weights, eq));
  const half = mul(box, inner(memory, halves, eq));
  memory.release(mark);
  const at = [...summed.point, ...rest];
  const { left } = channel;
  const values =
    left === null ? channel.receive(limbs.length) : plan.stages.get(id)!.limbs.map((place) => left(place, at));
  const parts = sumParts(known, difference, half, limbs, values);
  return { point: at, sum: combined(parts), limbs: values };
}

export type VerifierSide = Side<Form, Summing<Form>, Summed<Form>>;

export const verifierSide = (verifying: Verifying): VerifierSide => {
  const { channel, plan, context, open, reached } = verifying;
  const shown = (tensor: Tensor, { point, value }: ValueClaim<Form>): void =>
    channel.zero(
      minus(value, known(evaluateTensor(context.memory, tensor, point))),
      'a public value is not the one claimed',
    );
  return {
    challenge: channel.challenge,
    sums: (asks) =>
      isLean(plan)
        ? checkJoint(channel, asks)
        : asks.map(({ claim, variables, weights }) => checkSumcheck(channel, claim, variables, 2, weights)),
    known,
    combined,
    relation: (id, { point, value }) =>
      verifyRelation(channel, context, { node: nodeOf(plan.graph, id)!, id }, point, value),
    difference: (id, level, { point, value }) =>
      verifyDifference(channel, context, { node: nodeOf(plan.graph, id)!, id }, level, point, value),
    margin: (id, indices, { point, value }) =>
      verifyMargin(channel, context, { node: nodeOf(plan.graph, id)!, id }, indices, point, value),
    choice: (id, point, values) => verifyChoice(channel, context, { node: nodeOf(plan.graph, id)!, id }, point, values),
    key: (id, { point, value }) => verifyKey(channel, context, { node: nodeOf(plan.graph, id)!, id }, point, value),
    merged: (_, claims) => merged(verifying, claims),
    perChannel: (id, claim) => perChannel(verifying, id, claim),
    open: (id, claim) => shown(open(id), claim),
    shown,
    strips: (places) => channel.receive(places.length),
    zero: channel.zero,
    reached,
  };
};
