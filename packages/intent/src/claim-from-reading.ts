/** A reading and its terms make a claim. */
import { ok, type QuestionClaim, type Result, refuse } from '@surety/core';
import { checkClaim } from './check-claim.ts';
import type { Reading } from './reading.ts';

/** What the asker adds to the words. */
export type ClaimTerms = {
  /** EIP-55 address of who asks and pays. */
  readonly asker: string;
  readonly budgetMicroUsd: bigint;
  /** What hangs on the answer; 0 for unknown. */
  readonly valueAtStakeMicroUsd?: bigint;
  /** Unix seconds; a forecast's market never stays open beyond the forecast's own deadline. */
  readonly closesAt: number;
  /** 16 random bytes in hex. */
  readonly nonce: string;
  /** Unix seconds. */
  readonly now: number;
};

/**
 * The claim that the asker signs.
 * @returns refused as {@link checkClaim}, or with `input.out-of-range` where the market would outlive its forecast
 */
export const claimFromReading = (reading: Reading, terms: ClaimTerms): Result<QuestionClaim> => {
  if (reading.decidedBy !== null && terms.closesAt > reading.decidedBy) {
    const message = 'The market would stay open after the forecast is decided, so its last traders would already know.';
    const next = 'Close it on or before the day that the question names.';
    return refuse({
      code: 'input.out-of-range',
      message,
      next,
      field: 'closesAt',
      value: String(terms.closesAt),
      limit: `at most ${reading.decidedBy}`,
    });
  }
  const claim: QuestionClaim = {
    type: 'surety/claim/question/v1',
    ...reading.draft,
    budgetMicroUsd: terms.budgetMicroUsd.toString(),
    valueAtStakeMicroUsd: (terms.valueAtStakeMicroUsd ?? 0n).toString(),
    closesAt: terms.closesAt,
    asker: terms.asker,
    nonce: terms.nonce,
  };
  const checked = checkClaim(claim, { now: terms.now });
  return checked.ok ? ok(checked.value) : checked;
};
