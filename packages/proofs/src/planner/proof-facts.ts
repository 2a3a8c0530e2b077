/** What a proof of a run takes, counted from the program (spec 18): for the planner, which knows no seconds. */
import { ok, type Result } from '@surety/core';
import { type CheckedProgram, costOf } from '@surety/programs';
import { PROOFS } from '../zk/api/commit.ts';
import { estimate } from '../zk/api/estimate.ts';
import { ASSUMED_MARKET } from './assumed.ts';
import type { Privacy, ProofFacts } from './question.ts';

/** Of the machine that the estimate was measured on. */
const ACCUMULATES_PER_MILLISECOND = Number(ASSUMED_MARKET.provider.machine.macsPerSecond) / 1_000;

/** Milliseconds of that machine as multiply-accumulates, rounded up. */
export const accumulates = (milliseconds: number): bigint =>
  BigInt(Math.ceil(milliseconds * ACCUMULATES_PER_MILLISECOND));

/**
 * Milliseconds on one core that does 7 G multiply-accumulates of int8 a second (`bench prove-large`), fitted over perceptrons of
 * 8 thousand to 19 million weights and a network of the shape of VGG-16, with all that may be hidden. A machine's own times
 * are measured by `estimate`; the planner knows no clock.
 */
const RATES = {
  prove: {
    start: 3.2,
    hidden: 6,
    committedByte: 18.3e-6,
    weightByte: 0.28e-6,
    multiplyAccumulate: 0.13e-6,
    constantByte: 1.8e-6,
  },
  verify: { start: 2, hidden: 2.5, proofByte: 12e-6, layer: 0.4, constantByte: 0.65e-6 },
} as const;

/**
 * Of a proof that hides what is private. A commitment to hidden weights is made once and not counted.
 * Problems: `proof.unsupported` where the program cannot be proved.
 * @param proofs those that a commitment to hidden weights hides them in; 0 where it only binds
 */
export const proofFacts = async (
  program: CheckedProgram,
  privacy: Privacy,
  proofs = PROOFS,
): Promise<Result<ProofFacts>> => {
  const hideInput = privacy === 'private-input' || privacy === 'private-both';
  const hideWeights = privacy === 'private-weights' || privacy === 'private-both';
  const stated = await estimate(program, { hideInput, hideWeights, proofs });
  if (!stated.ok) return stated;
  const { proofBytes, committedBytes, weightBytes, layers } = stated.value;
  const { constantBytes, multiplyAccumulates } = costOf(program);
  const hides = hideInput || hideWeights ? 1 : 0;
  // Behind pads the verifier goes through public weights twice.
  const folded = hideWeights ? 0 : (1 + hides) * constantBytes;
  const { prove, verify } = RATES;
  return ok({
    proveAccumulates: accumulates(
      prove.start +
        prove.hidden * hides +
        prove.committedByte * committedBytes +
        prove.weightByte * weightBytes +
        prove.multiplyAccumulate * multiplyAccumulates +
        prove.constantByte * constantBytes,
    ),
    verifyAccumulates: accumulates(
      verify.start +
        verify.hidden * hides +
        verify.proofByte * proofBytes +
        verify.layer * layers +
        verify.constantByte * folded,
    ),
    bytes: BigInt(proofBytes),
  });
};
