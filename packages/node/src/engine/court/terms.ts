/** On what terms answers of this node are judged. */
import type { QuestionClaim } from '@surety/core';
import { type CaseTerms, type CourtPolicy, lockOf, POLICIES, type RoundPolicy } from '@surety/court';
import type { PersonIssuer } from '../../persons/issuer.ts';
import type { Context } from '../context.ts';
import type { Asked } from '../views.ts';

/** A bond below this is nobody's real money. */
const LEAST_BOND_MICRO_USD = 100_000n;
/** What a built-in juror's program costs to run is far below a cent. */
const AI_FEE_MICRO_USD = 10_000n;
/** What a person gets for reading a case; paid by who calls people. */
const PERSON_FEE_MICRO_USD = 2_000_000n;

/** Windows divided, never below a second: rehearsals on development networks only. */
const faster = (seconds: number, speed: number): number => Math.max(1, Math.floor(seconds / speed));

const roundOf = (round: RoundPolicy, speed: number, persons: PersonIssuer | null): RoundPolicy => {
  const feePerSeatMicroUsd = round.jurors === 'ai' ? AI_FEE_MICRO_USD : PERSON_FEE_MICRO_USD;
  const byPerson = persons !== null && round.jurors === 'people';
  return {
    ...round,
    feePerSeatMicroUsd,
    lossToGain: byPerson ? 0 : round.lossToGain,
    absenceMicroUsd: byPerson ? 0n : feePerSeatMicroUsd / 2n,
    drawSeconds: faster(round.drawSeconds, speed),
    commitSeconds: faster(round.commitSeconds, speed),
    revealSeconds: faster(round.revealSeconds, speed),
    appealSeconds: faster(round.appealSeconds, speed),
  };
};

/** The subsidy, within what a bond can be: a larger market has an answer that can be challenged too. */
const bondOf = (claim: QuestionClaim): bigint => {
  const subsidyMicroUsd = BigInt(claim.budgetMicroUsd);
  const { mostBondMicroUsd } = POLICIES.oracle;
  if (subsidyMicroUsd > mostBondMicroUsd) return mostBondMicroUsd;
  return subsidyMicroUsd > LEAST_BOND_MICRO_USD ? subsidyMicroUsd : LEAST_BOND_MICRO_USD;
};

/** What the first challenge of an answer takes: twice the bond behind it, and the fees of every AI panel. */
export const contestCost = (claim: QuestionClaim): bigint => {
  const seats = POLICIES.oracle.rounds
    .filter(({ jurors }) => jurors === 'ai')
    .reduce((sum, round) => sum + round.seats, 0);
  return 2n * bondOf(claim) + BigInt(seats) * AI_FEE_MICRO_USD;
};

const leastOf = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** The least stake that is taken: what a person's seat locks where people are drawn by stake. Less is never drawn. */
export const LEAST_STAKE_MICRO_USD: bigint = POLICIES.oracle.rounds
  .filter(({ jurors }) => jurors === 'people')
  .map((round) => lockOf(roundOf(round, 1, null)))
  .reduce(leastOf);

/** The ladder of this node: the default one, with bonds and fees of the size of its questions. */
export const policyOf = (
  { config, persons }: Pick<Context, 'config' | 'persons'>,
  { claim, challengeSeconds }: Pick<Asked, 'claim' | 'challengeSeconds'>,
): CourtPolicy => {
  const base = POLICIES.oracle;
  return {
    ...base,
    kind: 'question',
    leastBondMicroUsd: bondOf(claim),
    challengeSeconds: Math.max(1, challengeSeconds),
    beaconDelaySeconds: faster(base.beaconDelaySeconds, config.courtSpeed),
    rounds: base.rounds.map((round) => roundOf(round, config.courtSpeed, persons)),
    operators: 'one',
    // The answer is a panel's, and the operator answers for it: nobody voids it by silence.
    unruled: 'stands',
  };
};

/** The terms of the case of a claim: the node keeps the court under the operator's address. */
export const termsOf = (context: Context, question: Asked): CaseTerms => ({
  caseId: `0x${question.claimId}`,
  chainId: BigInt(context.network.chainId),
  court: context.operator.address,
  outcomes: question.claim.outcomes.length,
  asker: question.claim.asker,
  rewardMicroUsd: 0n,
  policy: policyOf(context, question),
  exclusionRoot: null,
});
