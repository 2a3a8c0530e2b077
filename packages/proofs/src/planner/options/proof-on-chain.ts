/** What speaks against a proof of the run on chain, whichever contract judges it (spec 20): what hides is checked by steps alone. */
import type { OnChainProof, Question } from '../question.ts';

export const againstProofOnChain = ({ privacy, program }: Question, kind: OnChainProof['kind']): string[] => {
  const objections: string[] = [];
  if (kind === 'checked' && privacy !== 'public')
    objections.push(
      'Its proofs hide nothing: the weights are bound by a commitment, and each proof tells something of them.',
    );
  if (program.onChainProof === undefined)
    objections.push(
      'Nobody said what a proof of this program on a chain takes, or no contract has something to say of it.',
    );
  else if (program.onChainProof.kind !== kind)
    objections.push(
      kind === 'checked'
        ? 'The program is too large for a contract that checks its whole proof.'
        : 'A contract checks proofs of this program whole, and nobody has to watch.',
    );
  return objections;
};
