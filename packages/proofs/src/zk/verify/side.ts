/** The verifier's steps where claims are passed on. */
import type { Tensor, ValueId } from '@surety/programs';
import type { VerifierChannel } from '../channel/channel.ts';
import { combined, type Form, known, minus, scaled } from '../channel/form.ts';
import { ProofError } from '../channel/problem.ts';
import { add, type Ext, inverse, isZero, mul, ONE, powers, ZERO } from '../field/ext.ts';
import { eqPoints } from '../field/multilinear.ts';
import { nodeOf } from '../graph/graph.ts';
import { type ProofPlan, stagedTie } from '../plan/plan.ts';
import type { VerifierContext } from '../relations/context.ts';
import { evaluateTensor } from '../relations/fold.ts';
import { verifyChoice, verifyDifference, verifyKey, verifyMargin, verifyRelation } from '../relations/relation.ts';
import { eqVector, inner } from '../relations/vectors.ts';
import { channelsAt, sumParts } from '../route/channels.ts';
import type { Side, SumClaim, ValueClaim } from '../route/side.ts';
import { checkSumcheck } from '../sumcheck/verify.ts';

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

const merged = ({ channel }: Verifying, claims: readonly ValueClaim<Form>[]): ValueClaim<Form> => {
  const weights = claims.length === 1 ? [ONE] : powers(channel.challenge(), claims.length);
  const claim = combined(claims.map(({ value }, i) => [value, weights[i]!]));
  const { point, value } = checkSumcheck(channel, claim, claims[0]!.point.length, 2, null);
  const factor = claims.reduce((sum, each, i) => add(sum, mul(weights[i]!, eqPoints(each.point, point))), ZERO);
  return { point, value: without(value, factor) };
};

const perChannel = (
  { channel, plan, context: { memory } }: Verifying,
  id: ValueId,
  { point, value }: ValueClaim<Form>,
): SumClaim<Form> => {
  const { shifts, limbs } = stagedTie(plan, id);
  const mark = memory.mark();
  const { own, rest, weights, halves, box } = channelsAt(memory, plan.graph.types[id]!.shape, shifts, point);
  const summed = checkSumcheck(channel, value, own.length, 2, null);
  const eq = eqVector(memory, summed.point);
  const difference = without(summed.value, inner(memory, weights, eq));
  const half = mul(box, inner(memory, halves, eq));
  memory.release(mark);
  const values = channel.receive(limbs.length);
  const parts = sumParts(known, difference, half, limbs, values);
  return { point: [...summed.point, ...rest], sum: combined(parts), limbs: values };
};

export const verifierSide = (verifying: Verifying): Side<Form> => {
  const { channel, plan, context, open, reached } = verifying;
  const shown = (tensor: Tensor, { point, value }: ValueClaim<Form>): void =>
    channel.zero(
      minus(value, known(evaluateTensor(context.memory, tensor, point))),
      'a public value is not the one claimed',
    );
  return {
    challenge: channel.challenge,
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
