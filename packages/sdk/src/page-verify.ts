/**
 * Verification as a page can carry it: everything but the analysts' programs, which are larger than the page and
 * come apart from it (`./programs.ts`). Without them their findings are "not held here"; nothing else differs.
 */
export {
  allFindings,
  type Check,
  type Finding,
  type FreshAnswer,
  type Holds,
  idOf,
  NO_TRUST,
  type ProgramRegistry,
  type PublicationVerification,
  parseReceipt,
  parseTrust,
  type QuestionClaim,
  type Receipt,
  type ReceiptPredicate,
  readPublication,
  readTrust,
  receiptBytes,
  type Trust,
  type Verdict,
  type Verification,
  type VerifyOptions,
  verifyPublication,
  verifyReceipt,
} from '@surety/core';
export { plainWords, toUnicodeHost } from '@surety/intent';
export { replayMarket } from '@surety/markets';
