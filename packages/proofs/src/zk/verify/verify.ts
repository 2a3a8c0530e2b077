/** The verifier: the same steps as the prover's, every check in its place. */
import type { Tensor, ValueId } from '@surety/programs';
import { OpenVerifier } from '../channel/open.ts';
import { Transcript } from '../channel/transcript.ts';
import { checkOpening } from '../commit/check.ts';
import { verifyLookups } from '../lookup/verify.ts';
import type { ProofMemory } from '../memory.ts';
import { isOpen } from '../plan/open.ts';
import type { ProofPlan } from '../plan/plan.ts';
import { lookupTables } from '../plan/tables.ts';
import type { VerifierContext } from '../relations/context.ts';
import { evaluateTensor } from '../relations/fold.ts';
import { Router } from '../route/route.ts';
import { type Statement, statementBytes } from '../statement/statement.ts';
import { verifierSide } from './side.ts';

const ROOT_BYTES = 32;

/**
 * Checks a proof.
 * @param open a value that everybody knows
 * @throws ProofError unless the statement is proved
 */
export const verifyRun = async (
  memory: ProofMemory,
  plan: ProofPlan,
  statement: Statement,
  open: (id: ValueId) => Tensor,
  outputs: readonly Tensor[],
  proof: Uint8Array,
  reached: (id: ValueId) => Promise<void>,
): Promise<void> => {
  const transcript = new Transcript();
  transcript.absorb(statementBytes(plan, statement));
  const channel = new OpenVerifier(transcript, proof);
  const stack = plan.matrices.map(({ kind, rows }) => {
    const shape = { rows, rowVars: plan.rowVars, randomness: 0 };
    if (kind === 'weights') return { root: (statement.program as { weights: Uint8Array }).weights, shape };
    if (kind === 'input') return { root: (statement.input as { root: Uint8Array }).root, shape };
    return { root: channel.published(ROOT_BYTES), shape };
  });
  const looked = plan.columns.length === 0 ? [] : verifyLookups(channel, memory, plan.columns, lookupTables(plan)).claims;
  const context: VerifierContext = {
    memory,
    types: plan.types,
    relus: (id) => plan.relus.get(id) ?? [],
    open: (id) => (isOpen(plan, id) ? open(id) : null),
  };
  const side = verifierSide({ channel, plan, context, open, reached });
  const at = (tensor: Tensor, point: Parameters<typeof evaluateTensor>[2]) => evaluateTensor(memory, tensor, point);
  const claims = await new Router(plan, side).run(looked, outputs, at);
  if (stack.length > 0) checkOpening(channel, memory, stack, claims);
  channel.end();
};
