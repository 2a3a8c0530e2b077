/**
 * `@surety/sdk/verify`: checking a receipt offline with everything this build holds. Loads no protocol and no client;
 * the analysts' programs are loaded only for a receipt that names one.
 */
import type { HeldPrograms } from '@surety/analysts/tensor';
import {
  type ProgramRegistry,
  parseReceipt,
  parseStatement,
  type Receipt,
  type Verification,
  type VerifyOptions,
  verifyReceipt,
} from '@surety/core';
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

/** Runs the tensor programs that a receipt names, as far as they are held; verifying then looks the results up. */
const runHeld = async (
  held: HeldPrograms,
  input: Uint8Array | Receipt,
  programs: ProgramRegistry,
): Promise<ProgramRegistry> => {
  const receipt = input instanceof Uint8Array ? parseReceipt(input) : ({ ok: true, value: input } as const);
  const statement = receipt.ok ? parseStatement(receipt.value) : receipt;
  if (!statement.ok) return programs;
  const { claim, evidence } = statement.value.predicate;
  return held.prepare(claim, evidence, programs);
};

export type VerifyHere = VerifyOptions & {
  /** Tensor programs and adapters that this verifier holds: `readFolder` of `@surety/sdk/tensor`. */
  readonly held?: HeldPrograms;
};

/** As {@link verifyReceipt}, with the programs, the market and the words that this build holds. */
export const verify = async (input: Uint8Array | Receipt, { held, ...options }: VerifyHere): Promise<Verification> => {
  const loaded = options.programs ?? (await loadPrograms());
  const programs = held === undefined ? loaded : await runHeld(held, input, loaded);
  return verifyReceipt(input, { plainWords, replayMarket, ...options, programs });
};
