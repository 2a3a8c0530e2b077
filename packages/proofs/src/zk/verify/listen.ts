/** What a verifier reads of a proof before the opening, and the claims that this leaves. */
import type { Tensor, ValueId } from '@surety/programs';
import type { VerifierChannel } from '../channel/channel.ts';
import type { Form } from '../channel/form.ts';
import type { Claim } from '../commit/place.ts';
import { isInput } from '../graph/graph.ts';
import { verifyLookups } from '../lookup/verify.ts';
import type { ProofMemory } from '../memory.ts';
import { isOpen } from '../plan/open.ts';
import type { ProofPlan } from '../plan/plan.ts';
import { lookupTables } from '../plan/tables.ts';
import type { VerifierContext } from '../relations/context.ts';
import { evaluateTensor } from '../relations/fold.ts';
import { Router } from '../route/route.ts';
import { type VerifierSide, verifierSide } from './side.ts';

/** What the verifier knows besides the proof. */
export type Known = {
  /** A value that everybody knows. */
  readonly open: (id: ValueId) => Tensor;
  readonly outputs: readonly Tensor[];
  readonly reached: (id: ValueId) => Promise<void>;
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
    memory,
    types: plan.types,
    relus: (id) => plan.relus.get(id) ?? [],
    open: (id) => (isOpen(plan, id) ? open(id) : null),
    place: (id) => plan.values.get(id) ?? null,
    varies: (id) => isInput(plan.graph, id),
  };
  const side = verifierSide({ channel, plan, context, open, reached });
  const at = (tensor: Tensor, point: Parameters<typeof evaluateTensor>[2]) => evaluateTensor(memory, tensor, point);
  return new Router(plan, around(side)).run(looked, outputs, at);
};
