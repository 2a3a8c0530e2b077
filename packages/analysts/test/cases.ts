/** Claims and sides for tests and benches of the court's jurors. */
import type { QuestionClaim, Subject } from '@surety/core';

/** A question about a subject, as an asker would put it. */
export const claimOf = (subject: Subject, predicate = 'scam'): QuestionClaim => ({
  type: 'surety/claim/question/v1',
  subject,
  predicate,
  outcomes: predicate === 'scam' ? ['scam', 'not a scam'] : ['yes', 'no'],
  rule: { kind: 'panel', seats: 3, quorum: 2, lossGainRatio: 9 },
  budgetMicroUsd: '5000000',
  valueAtStakeMicroUsd: '0',
  closesAt: 1_800_000_000,
  asker: '0x0000000000000000000000000000000000000000',
  nonce: '00000000000000000000000000000001',
});
