/** What a verifier reads of a proof before the opening, and the claims that this leaves. */
import type { Tensor, ValueId } from '@surety/programs';
import type { VerifierChannel } from '../channel/channel.ts';
import type { Form } from '../channel/form.ts';
import { ProofError } from '../channel/problem.ts';
import type { Claim } from '../commit/place.ts';
import type { Ext } from '../field/ext.ts';
import { isInput, nodeOf } from '../graph/graph.ts';
import { verifyLookups } from '../lookup/verify.ts';
import type { ProofMemory } from '../memory.ts';
import { isOpen } from '../plan/open.ts';
import { isLean, type ProofPlan } from '../plan/plan.ts';
import { lookupTables } from '../plan/tables.ts';
import { checkingBy } from '../relations/checking.ts';
import { contextOf, type VerifierContext } from '../relations/context.ts';
import { evaluateTensor } from '../relations/fold.ts';
import { verifyMargin } from '../relations/relation.ts';
import { Router } from '../route/route.ts';
import { checkJoint } from '../sumcheck/joint.ts';
import { checkSumcheck } from '../sumcheck/verify.ts';
import { type VerifierSide, verifierSide } from './side.ts';

/** What the verifier knows besides the proof. */
export type Known = {
  /** A value that everybody knows. */
  readonly open: (id: ValueId) => Tensor;
  readonly outputs: readonly Tensor[];
  readonly reached: (id: ValueId) => Promise<void>;
};

const alike = (a: Tensor, b: Tensor): void => {
  if (a.values.some((value, i) => value !== b.values[i])) throw new ProofError('two outputs differ');
};

/** @param around changes of the verifier's steps, for whoever only counts messages and challenges */
export const listen = async (
  channel: VerifierChannel,
  memory: ProofMemory,
  plan: ProofPlan,
  { open, outputs, reached }: Known,
  around: (side: VerifierSide) => VerifierSide = (side) => side,
): Promise<readonly Claim<Form>[]> => {
  const looked =
    plan.columns.length === 0 ? [] : verifyLookups(channel, memory, plan.columns, lookupTables(plan)).claims;
  const context: VerifierContext = {
    ...contextOf(memory, (id) => (isOpen(plan, id) ? open(id) : null)),
    types: plan.types,
    relus: (id) => plan.relus.get(id) ?? [],
    place: (id) => plan.values.get(id) ?? null,
    varies: (id) => isInput(plan.graph, id),
  };
  const checking = checkingBy(channel, context);
  const at = (tensor: Tensor, point: readonly Ext[]): Ext => evaluateTensor(memory, tensor, point);
  const sums: VerifierSide['sums'] = (asks) =>
    isLean(plan)
      ? checkJoint(channel, asks)
      : asks.map(({ claim, variables, weights }) => checkSumcheck(channel, claim, variables, 2, weights));
  const margin: VerifierSide['margin'] = (id, indices, { point, value }) =>
    verifyMargin(checking, { node: nodeOf(plan.graph, id)!, id }, indices, point, value);
  const side = verifierSide<Form, Ext, Tensor>({ checking, sums, plan, shownAt: at, alike, margin, reached });
  return new Router(plan, around(side)).run(looked, outputs, at);
};
