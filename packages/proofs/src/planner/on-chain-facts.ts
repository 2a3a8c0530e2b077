/** What a proof takes whose judge is a contract, counted from the program (spec 20): for the planner. */
import { ok, type Result } from '@surety/core';
import type { CheckedProgram } from '@surety/programs';
import { estimate } from '../zk/api/estimate.ts';
import { chainRoute, uncommitted } from '../zk/chain/routes.ts';
import { stepProgram } from '../zk/chain/steps/program.ts';
import { accumulates, proofFacts } from './proof-facts.ts';
import type { OnChainProof } from './question.ts';

/** Most gas that a byte of a proof costs where a contract checks it: `contracts/gas-report.md` keeps it. */
const GAS_PER_BYTE = 180;

/** Most gas that a proof may take in one transaction (EIP-7825), less what the Arbiter takes beside it. */
const MOST_GAS = 2n ** 24n - 2n ** 20n;

/** Milliseconds of carrying out one step, on the machine that `proofFacts` counts in (`bench proof-disputes`). */
const MILLISECONDS_PER_STEP = 0.09;

/**
 * Counted without weights. Of a large program all steps are written out, which takes a second or more.
 * Problems: `proof.unsupported` where no contract has something to say of the program's proofs.
 */
export const onChainProofFacts = async (program: CheckedProgram): Promise<Result<OnChainProof>> => {
  const route = await chainRoute(program);
  if (!route.ok) return route;
  // Constants that are bound and not hidden take a little less.
  const proving = await proofFacts(program, 'private-weights');
  if (!proving.ok) return proving;
  const { proveAccumulates } = proving.value;
  if (route.value === 'checked') {
    const stated = await estimate(program, { hideWeights: true, proofs: 0 });
    if (!stated.ok) return stated;
    const gas = BigInt(GAS_PER_BYTE * stated.value.proofBytes);
    if (gas <= MOST_GAS) return ok({ kind: 'checked', proveAccumulates, gas });
  }
  const steps = await stepProgram(uncommitted(program));
  if (!steps.ok) return steps;
  return ok({
    kind: 'steps',
    proveAccumulates,
    dataBytes: BigInt(steps.value.data.length),
    checkAccumulates: accumulates(MILLISECONDS_PER_STEP * steps.value.steps.length),
  });
};
