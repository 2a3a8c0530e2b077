/** The verifier: the same steps as the prover's, every check in its place. */
import { HiddenVerifier } from '../channel/hidden.ts';
import { OpenVerifier } from '../channel/open.ts';
import { Transcript } from '../channel/transcript.ts';
import { checkOpening } from '../commit/check.ts';
import type { Commitment } from '../commit/commit.ts';
import type { ProofMemory } from '../memory.ts';
import { hiddenPart, shapesOf } from '../plan/hiding.ts';
import type { ProofPlan } from '../plan/plan.ts';
import { type Statement, statementBytes } from '../statement/statement.ts';
import { type Known, listen, listenHidden, ROOT_BYTES } from './listen.ts';

/**
 * Checks a proof.
 * @throws ProofError unless the statement is proved
 */
export const verifyRun = async (
  memory: ProofMemory,
  plan: ProofPlan,
  statement: Statement,
  proof: Uint8Array,
  known: Known,
): Promise<void> => {
  const transcript = new Transcript();
  transcript.absorb(statementBytes(plan, statement));
  const { hiding } = plan;
  const stackOf = (published: (length: number) => Uint8Array): readonly Commitment[] => {
    const { input } = statement;
    const named = 'shared' in input ? [...input.shared] : 'root' in input ? [input.root] : [];
    return shapesOf(plan).map((shape, i) => {
      const { kind } = plan.matrices[i]!;
      if (kind === 'weights') return { root: (statement.program as { weights: Uint8Array }).weights, shape };
      if (kind !== 'witness') return { root: named.shift()!, shape };
      return { root: published(ROOT_BYTES), shape };
    });
  };
  if (hiding === null) {
    const channel = new OpenVerifier(transcript, proof);
    const stack = stackOf(channel.published);
    const claims = await listen(channel, memory, plan, known);
    if (stack.length > 0) checkOpening(channel, memory, stack, claims);
    channel.end();
    return;
  }
  const channel = new HiddenVerifier(transcript, proof, hiding.pads);
  const stack = stackOf(channel.published);
  const claims = await listenHidden(channel, memory, plan, hiding, known);
  checkOpening(channel, memory, stack, claims, hiddenPart(plan, hiding, channel.statements));
  channel.end();
};
