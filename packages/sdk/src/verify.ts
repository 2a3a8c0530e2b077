/**
 * `@surety/sdk/verify`: checking a receipt offline with everything this build holds. Loads no protocol and no client;
 * the analysts' programs are loaded only for a receipt that names one.
 */
import type { HeldPrograms } from '@surety/analysts/tensor';
import { type ProgramRegistry, type Receipt, type Verification, type VerifyOptions, verifyReceipt } from '@surety/core';
import { plainWords } from '@surety/intent';
import { replayMarket } from '@surety/markets';

export {
  allFindings,
  type Check,
  type Finding,
  type FreshAnswer,
  type Holds,
  LINKS,
  type Link,
  NO_TRUST,
  type ProgramRegistry,
  parseReceipt,
  parseTrust,
  type Receipt,
  type ReceiptPredicate,
  readTrust,
  receiptBytes,
  receiptIdOf,
  type Tampered,
  type Trust,
  tamper,
  type Verdict,
  type Verification,
  type VerifyOptions,
  verifyReceipt,
} from '@surety/core';
export { replayMarket };

/** The built-in programs that read nothing but the subject. About a megabyte: loaded on demand. */
export const loadPrograms = async (): Promise<ProgramRegistry> => (await import('@surety/analysts/pure')).PROGRAMS;

export type VerifyHere = VerifyOptions & {
  /** Tensor programs that this verifier holds: `readFolder` of `@surety/sdk/tensor`. */
  readonly held?: HeldPrograms;
};

/** As {@link verifyReceipt}, with the programs, the market and the words that this build holds. */
export const verify = async (input: Uint8Array | Receipt, { held, ...options }: VerifyHere): Promise<Verification> => {
  const loaded = options.programs ?? (await loadPrograms());
  const programs = held === undefined ? loaded : await held.prepareReceipt(input, loaded);
  return verifyReceipt(input, { plainWords, replayMarket, ...options, programs });
};
