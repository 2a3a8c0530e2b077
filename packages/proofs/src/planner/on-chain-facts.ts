/** What a proof takes whose judge is a contract, counted from the program (spec 20): for the planner. */
import { ok, type Result } from '@surety/core';
import type { CheckedProgram } from '@surety/programs';
import { estimate } from '../zk/api/estimate.ts';
import { type ChainRoute, chainRoute, uncommitted } from '../zk/chain/routes.ts';
import type { ClaimHides } from '../zk/chain/steps/finding.ts';
import { stepProgram } from '../zk/chain/steps/program.ts';
import { accumulates, proofFacts } from './proof-facts.ts';
import type { OnChainProof } from './question.ts';

/** Most gas that a byte of a proof costs where a contract checks it: `contracts/gas-report.md` keeps it. */
const GAS_PER_BYTE = 180;

/** Most gas that a proof may take in one transaction (EIP-7825), less what the Arbiter takes beside it. */
const MOST_GAS = 2n ** 24n - 2n ** 20n;

/** Milliseconds of carrying out one step, on the machine that `proofFacts` counts in (`bench proof-disputes`). */
const MILLISECONDS_PER_STEP = 0.09;

const NOTHING: ClaimHides = { proofs: 0, input: false };

/**
 * Counted without weights. Of a large program all steps are written out, which takes a second or more.
 * Problems: `proof.unsupported` where no contract has something to say of the program's proofs.
 * @param hides what they hide, nothing unless stated: what hides anything is checked by steps alone
 * @param judged by which of the two a proof at hand is claimed; unless stated, by the one that settles it soonest
 */
export const onChainProofFacts = async (
  program: CheckedProgram,
  hides: ClaimHides = NOTHING,
  judged: ChainRoute = 'checked',
): Promise<Result<OnChainProof>> => {
  const route = await chainRoute(program);
  if (!route.ok) return route;
  const proving = await proofFacts(program, hides.input ? 'private-both' : 'private-weights', hides.proofs);
  if (!proving.ok) return proving;
  const { proveAccumulates } = proving.value;
  if (route.value === 'checked' && judged === 'checked' && hides.proofs === 0 && !hides.input) {
    const stated = await estimate(program, { hideWeights: true, proofs: 0 });
    if (!stated.ok) return stated;
    const gas = BigInt(GAS_PER_BYTE * stated.value.proofBytes);
    if (gas <= MOST_GAS) return ok({ kind: 'checked', proveAccumulates, gas });
  }
  const steps = await stepProgram(uncommitted(program, hides.proofs), { hideInput: hides.input });
  if (!steps.ok) return steps;
  return ok({
    kind: 'steps',
    proveAccumulates,
    dataBytes: BigInt(steps.value.data.length),
    checkAccumulates: accumulates(MILLISECONDS_PER_STEP * steps.value.steps.length),
  });
};
