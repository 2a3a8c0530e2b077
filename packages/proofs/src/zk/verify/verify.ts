/** The verifier of runs: the same steps as the prover's, every check in its place. */
import { Transcript } from '../channel/transcript.ts';
import type { ProofMemory } from '../memory.ts';
import type { ProofPlan } from '../plan/plan.ts';
import { type Statement, statementBytes } from '../statement/statement.ts';
import { type Known, listen } from './listen.ts';
import { verifyOpened } from './opened.ts';

/** Roots that a statement names, in the order of the matrices. */
const rootsOf = ({ program, input }: Statement): readonly Uint8Array[] => [
  ...('weights' in program ? [program.weights] : []),
  ...('shared' in input ? input.shared : 'root' in input ? [input.root] : []),
];

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
  await verifyOpened(memory, plan, transcript, rootsOf(statement), proof, (channel) =>
    listen(channel, memory, plan, known),
  );
};
