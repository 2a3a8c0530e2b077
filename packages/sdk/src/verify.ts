/**
 * `@surety/sdk/verify`: checking a receipt offline with everything this build holds. Loads no protocol and no client;
 * the analysts' programs are loaded only for a receipt that names one.
 */
import {
  type Json,
  type ProgramRegistry,
  type ProgramRun,
  type Receipt,
  type Subject,
  type Verification,
  type VerifyOptions,
  verifyReceipt,
} from '@surety/core';
import { plainWords } from '@surety/intent';
import { replayMarket } from './replay-market.ts';

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
  type Trust,
  type Verdict,
  type Verification,
  type VerifyOptions,
  verifyReceipt,
} from '@surety/core';
export { replayMarket };

type Question = { readonly predicate: string; readonly subject: Subject };

const isQuestion = (input: Json): input is Question & { readonly [key: string]: Json } =>
  typeof input === 'object' && input !== null && 'predicate' in input && 'subject' in input;

/** The probability of a claim's first outcome from that of a scam, as the node's players state it. */
const ofFirst = (predicate: string, scamPpm: number | null): number | null => {
  if (scamPpm === null) return null;
  if (predicate === 'scam') return scamPpm;
  return predicate === 'genuine' ? 1_000_000 - scamPpm : null;
};

/** The built-in programs that read nothing but the subject. About a megabyte: loaded on demand. */
export const loadPrograms = async (): Promise<ProgramRegistry> => {
  const { rerun } = await import('@surety/analysts/pure');
  return {
    run: (program, input): ProgramRun => {
      if (!isQuestion(input)) return { kind: 'not-held' };
      const reading = rerun(program, input.subject);
      if (reading === null) return { kind: 'not-held' };
      return { kind: 'reading', probabilityPpm: ofFirst(input.predicate, reading.probabilityPpm) };
    },
  };
};

/** As {@link verifyReceipt}, with the programs, the market and the words that this build holds. */
export const verify = async (input: Uint8Array | Receipt, options: VerifyOptions): Promise<Verification> => {
  const programs = options.programs ?? (await loadPrograms());
  return verifyReceipt(input, { plainWords, replayMarket, ...options, programs });
};
