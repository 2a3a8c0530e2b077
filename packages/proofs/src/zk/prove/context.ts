/** What relations may know of the values of a run, on the prover's side. */
import type { Tensor, ValueId } from '@surety/programs';
import { isConstant, isInput } from '../graph/graph.ts';
import type { ProofMemory } from '../memory.ts';
import { isOpen } from '../plan/open.ts';
import type { ProofPlan } from '../plan/plan.ts';
import { contextOf, type ProverContext } from '../relations/context.ts';
import { padTensor } from '../relations/vectors.ts';
import type { Run } from '../witness/run.ts';
import type { Witness } from '../witness/witness.ts';

export const proverContext = (memory: ProofMemory, plan: ProofPlan, run: Run, witness: Witness): ProverContext => {
  const { graph, values } = plan;
  const raw = (id: ValueId): Tensor | null => (isInput(graph, id) || isConstant(graph, id) ? run.value(id) : null);
  return {
    ...contextOf(memory, (id) => (isOpen(plan, id) ? run.value(id) : null)),
    types: plan.types,
    relus: (id) => plan.relus.get(id) ?? [],
    place: (id) => values.get(id) ?? null,
    varies: (id) => isInput(graph, id),
    raw,
    padded: (id) => {
      const place = values.get(id);
      return place === undefined ? padTensor(memory, run.value(id)) : witness.words(place);
    },
  };
};
