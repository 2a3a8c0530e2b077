/**
 * Verification as a page can carry it: everything but the analysts' programs, which are larger than the page.
 * Their findings are "not held here" instead of being run again; nothing else differs.
 */
export {
  allFindings,
  type Check,
  type Finding,
  type FreshAnswer,
  type Holds,
  idOf,
  NO_TRUST,
  parseReceipt,
  parseTrust,
  type QuestionClaim,
  type Receipt,
  type ReceiptPredicate,
  readTrust,
  receiptBytes,
  type Trust,
  type Verdict,
  type Verification,
  type VerifyOptions,
  verifyReceipt,
} from '@surety/core';
export { plainWords, toUnicodeHost } from '@surety/intent';
export { replayMarket } from '@surety/markets';
