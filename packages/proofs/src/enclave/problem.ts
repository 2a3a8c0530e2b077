/** Refusals of attestations, and readers' exceptions turned into them. */
import { type ErrorCode, ok, type Result, refuserOf } from '@surety/core';
import { wordsOf } from '@surety/programs/certificates';

export type AttestationCode = Extract<ErrorCode, `attestation.${string}`>;

/** A refusal; `field` is a dotted path into the attestation, its collateral or the policy. */
export const refused = refuserOf<AttestationCode>();

type Unread = 'attestation.malformed' | 'attestation.unsupported';

/** Unwinds a reader of bytes to {@link reading}; never leaves this folder. */
class Unreadable extends Error {
  readonly code: Unread;
  readonly field: string;
  constructor(code: Unread, field: string, words: string) {
    super(words);
    this.code = code;
    this.field = field;
  }
}

/** Fails a reader: `what` follows the name of the field in a sentence. */
export const malformed = (field: string, what: string): never => {
  throw new Unreadable('attestation.malformed', field, `${field} ${what}.`);
};

/** Fails a reader unless what was read is of a kind that is read here; `words` is a sentence. */
export const supported = (holds: boolean, field: string, words: string): void => {
  if (!holds) throw new Unreadable('attestation.unsupported', field, words);
};

/** Runs a foreign reader over bytes of others; whatever it throws fails our reader. */
export const foreign = <T>(field: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    return malformed(field, `cannot be read: ${wordsOf(error)}`);
  }
};

/** Runs a reader of bytes of others; what it meets that does not fit becomes a refusal. */
export const reading = <T>(read: () => T): Result<T> => {
  try {
    return ok(read());
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const next =
      error.code === 'attestation.malformed'
        ? 'Get the bytes again from where they were made.'
        : 'Ask for an attestation of a kind that is read here.';
    return refused(error.code, error.field, error.message, next);
  }
};
