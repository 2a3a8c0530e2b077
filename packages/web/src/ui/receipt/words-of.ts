import { plainWords, type QuestionClaim } from '@surety/sdk/page-verify';

/** A claim in words. Never throws: a receipt may come from anywhere. */
export const wordsOf = (claim: QuestionClaim): string => {
  try {
    return plainWords(claim);
  } catch {
    return `${claim.predicate}?`;
  }
};
