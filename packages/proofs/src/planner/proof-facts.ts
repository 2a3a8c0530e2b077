/** What a proof of a run takes, counted from the program (spec 18): for the planner, which knows no seconds. */
import { ok, type Result } from '@surety/core';
import type { CheckedProgram } from '@surety/programs';
import { estimate } from '../zk/api/estimate.ts';
import { ASSUMED_MARKET } from './assumed.ts';
import type { Privacy, ProofFacts } from './question.ts';

/** Of the machine that the estimate was measured on. */
const ACCUMULATES_PER_MILLISECOND = Number(ASSUMED_MARKET.provider.machine.macsPerSecond) / 1_000;

const accumulates = (milliseconds: number): bigint => BigInt(Math.ceil(milliseconds * ACCUMULATES_PER_MILLISECOND));

/**
 * Of a proof that hides what is private. A commitment to hidden weights is made once and not counted.
 * Problems: `proof.unsupported` where the program cannot be proved.
 */
export const proofFacts = async (program: CheckedProgram, privacy: Privacy): Promise<Result<ProofFacts>> => {
  const stated = await estimate(program, {
    hideInput: privacy === 'private-input' || privacy === 'private-both',
    hideWeights: privacy === 'private-weights' || privacy === 'private-both',
  });
  if (!stated.ok) return stated;
  const { proveMilliseconds, verifyMilliseconds, proofBytes } = stated.value;
  return ok({
    proveAccumulates: accumulates(proveMilliseconds),
    verifyAccumulates: accumulates(verifyMilliseconds),
    bytes: BigInt(proofBytes),
  });
};
