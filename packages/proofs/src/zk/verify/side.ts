/** The verifier's steps where claims are passed on, whoever it is: `relations/checking.ts`. */
import { halfOf, type Tensor, type ValueId } from '@surety/programs';
import type { Form } from '../channel/form.ts';
import { type Ext, inverse1 } from '../field/ext.ts';
import { nodeOf } from '../graph/graph.ts';
import { type ProofPlan, stagedTie } from '../plan/plan.ts';
import { askSum, type VerifierAsking } from '../relations/asking.ts';
import { splitPoint } from '../relations/axes.ts';
import { boxAt } from '../relations/bias.ts';
import type { Checking } from '../relations/checking.ts';
import type { NodeAt } from '../relations/context.ts';
import { verifyChoice, verifyDifference, verifyKey, verifyRelation } from '../relations/relation.ts';
import { sumParts } from '../route/channels.ts';
import type { Side, SumClaim, ValueClaim } from '../route/side.ts';
import type { Summing } from '../sumcheck/joint.ts';
import type { Summed } from '../sumcheck/verify.ts';

export type VerifierSide<V = Form, C = Ext, T = Tensor> = Side<V, Summing<V, C>, Summed<V, C>, C, T>;

export type Verifying<V, C, T> = {
  readonly checking: Checking<V, C>;
  readonly plan: ProofPlan;
  /** The extension of an output at a point. */
  readonly shownAt: (output: T, point: readonly C[]) => C;
  readonly sums: VerifierSide<V, C, T>['sums'];
  readonly alike: VerifierSide<V, C, T>['alike'];
  readonly margin: VerifierSide<V, C, T>['margin'];
  readonly reached: (id: ValueId) => Promise<void>;
};

function* merged<V, C>(
  checking: Checking<V, C>,
  claims: readonly ValueClaim<V, C>[],
): VerifierAsking<V, C, ValueClaim<V, C>> {
  const { number, mul, eqPoints } = checking.context.arithmetic;
  const weights: C[] = [number(1)];
  if (claims.length > 1) {
    const [by] = checking.challenges(1) as [C];
    while (weights.length < claims.length) weights.push(mul(weights.at(-1)!, by));
  }
  const claim = checking.combined(claims.map(({ value }, i) => [value, weights[i]!]));
  const variables = claims[0]!.point.length;
  const { point, value } = yield* askSum<V, C>({ claim, variables, weights: [] });
  const factor = checking.total(claims.map((each, i) => mul(weights[i]!, eqPoints(each.point, point))));
  return { point, value: checking.without(value, factor) };
}

function* perChannel<V, C>(
  checking: Checking<V, C>,
  plan: ProofPlan,
  id: ValueId,
  { point, value }: ValueClaim<V, C>,
): VerifierAsking<V, C, SumClaim<V, C>> {
  const { arithmetic } = checking.context;
  const { shifts, limbs } = stagedTie(plan, id);
  const { shape } = plan.graph.types[id]!;
  const own = splitPoint(shape, point).at(-1)!;
  const rest = point.slice(own.length);
  const summed = yield* askSum<V, C>({ claim: value, variables: own.length, weights: [] });
  const inverses = new Map([...new Set(shifts)].map((shift) => [shift, inverse1(2 ** shift)]));
  const weights = shifts.map((shift) => inverses.get(shift)!);
  const difference = checking.without(summed.value, checking.weighed(weights, own, summed.point));
  const box = boxAt(arithmetic, shape.slice(0, -1), rest);
  const half = arithmetic.mul(box, checking.weighed(shifts.map(halfOf), summed.point, null));
  const at = [...summed.point, ...rest];
  const { left } = checking;
  const values =
    left === null ? checking.receive(limbs.length) : plan.stages.get(id)!.limbs.map((place) => left(place, at));
  const parts = sumParts(arithmetic, checking.known, difference, half, limbs, values);
  return { point: at, sum: checking.combined(parts), limbs: values };
}

export const verifierSide = <V, C, T>(verifying: Verifying<V, C, T>): VerifierSide<V, C, T> => {
  const { checking, plan, shownAt } = verifying;
  const { known, minus, zero } = checking;
  const at = (id: ValueId): NodeAt => ({ node: nodeOf(plan.graph, id)!, id });
  const wrong = 'a public value is not the one claimed';
  return {
    arithmetic: checking.context.arithmetic,
    sums: verifying.sums,
    challenges: checking.challenges,
    known,
    combined: checking.combined,
    relation: (id, { point, value }) => verifyRelation(checking, at(id), point, value),
    difference: (id, level, { point, value }) => verifyDifference(checking, at(id), level, point, value),
    margin: verifying.margin,
    choice: (id, point, values) => verifyChoice(checking, at(id), point, values),
    key: (id, { point, value }) => verifyKey(checking, at(id), point, value),
    merged: (_, claims) => merged(checking, claims),
    perChannel: (id, claim) => perChannel(checking, plan, id, claim),
    open: (id, { point, value }) => zero(minus(value, known(checking.openAt(id, point))), wrong),
    shown: (output, { point, value }) => zero(minus(value, known(shownAt(output, point))), wrong),
    alike: verifying.alike,
    strips: (places) => checking.receive(places.length),
    zero,
    reached: verifying.reached,
  };
};
