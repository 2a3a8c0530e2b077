/** What claims about the proofs of a program name as their program, and the contract that judges them. */
import type { Contracts } from '@surety/chain';
import { unwrap } from '@surety/core';
import type { CheckedProgram } from '@surety/programs';
import { onChainProofFacts } from '@surety/proofs/planner';
import { type Architecture, type ChainRoute, chainKey, chainProgramId, commit, stepProgram } from '@surety/proofs/zk';

type Hex = `0x${string}`;

export const proofVerifierOf = ({ proofVerifier, proofStepVerifier }: Contracts, route: ChainRoute): Hex =>
  route === 'checked' ? proofVerifier : proofStepVerifier;

export type ClaimProgram = {
  readonly route: ChainRoute;
  readonly id: Uint8Array;
  readonly architecture: Architecture;
};

/**
 * Derives it from the program: checked whole where that fits into a transaction, else by steps.
 * @throws {SuretyError} `proof.unsupported`
 */
export const claimProgramOf = async (program: CheckedProgram): Promise<ClaimProgram> => {
  const { kind: route } = unwrap(await onChainProofFacts(program));
  const { architecture } = unwrap(await commit(program, { proofs: 0 }));
  const id =
    route === 'checked'
      ? chainProgramId(unwrap(await chainKey(architecture)))
      : unwrap(await stepProgram(architecture)).id;
  return { route, id, architecture };
};
