/** How a case begins: an outcome is proposed with a bond. */

import type { EventOf, Step } from './events.ts';
import { badAddress, badHash, outside, unknownOutcome } from './guards.ts';
import { badPolicy, COURT_LIMITS, longestSeconds } from './policy.ts';
import { accept, no, type Refusal, refused } from './problem.ts';
import type { Case } from './state.ts';
import type { CaseTerms } from './terms.ts';

const MAX_CHAIN_ID = (1n << 256n) - 1n;

const badTerms = (terms: CaseTerms): Refusal | undefined =>
  badHash('caseId', terms.caseId) ??
  outside('chainId', terms.chainId, 0n, MAX_CHAIN_ID) ??
  badAddress('court', terms.court) ??
  outside('outcomes', terms.outcomes, 2, 16) ??
  badAddress('asker', terms.asker) ??
  outside('rewardMicroUsd', terms.rewardMicroUsd, 0n, COURT_LIMITS.amountMicroUsd) ??
  badPolicy(terms.policy) ??
  (terms.exclusionRoot === null ? undefined : badHash('exclusionRoot', terms.exclusionRoot));

/** Opens a case: the asker's reward and the proposer's bond come in, and the latest end is fixed. */
export const propose = (event: EventOf<'propose'>): Step => {
  const { kind: _, at, proposer, outcome, bondMicroUsd, ...terms } = event;
  const { policy } = terms;
  const wrong =
    badTerms(terms) ??
    outside('at', at, 0, Number.MAX_SAFE_INTEGER - longestSeconds(policy)) ??
    badAddress('proposer', proposer) ??
    outside('bondMicroUsd', bondMicroUsd, 0n, policy.mostBondMicroUsd);
  if (wrong) return refused(wrong);
  if (bondMicroUsd < policy.leastBondMicroUsd) {
    const limit = `>= ${policy.leastBondMicroUsd}`;
    const message = 'The bond is below the least one of this policy.';
    return refused(no('court.bond-short', 'bondMicroUsd', bondMicroUsd, limit, message, 'Propose with a larger bond.'));
  }
  const shares = [{ account: proposer, amountMicroUsd: bondMicroUsd }];
  const state: Case = {
    terms,
    proposedAt: at,
    at,
    latestEnd: at + longestSeconds(policy),
    phase: { kind: 'proposed', endsAt: at + policy.challengeSeconds },
    rungs: [{ outcome, bondMicroUsd, feesMicroUsd: 0n, shares }],
    pots: [],
    rounds: [],
    credits: new Map(),
    burntMicroUsd: 0n,
  };
  const unknown = unknownOutcome(state, outcome);
  if (unknown) return refused(unknown);
  return accept(state, [
    ...(terms.rewardMicroUsd > 0n
      ? ([{ kind: 'take', account: terms.asker, amountMicroUsd: terms.rewardMicroUsd, from: 'balance' }] as const)
      : []),
    { kind: 'take', account: proposer, amountMicroUsd: bondMicroUsd, from: 'balance' },
  ]);
};
