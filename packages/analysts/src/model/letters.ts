/**
 * Two models of how names are spelt, one of scams and one of the rest, as one table: by how much each letter, after up to
 * three before it, is likelier in the one than in the other. The longest run that the table holds counts; sums of whole
 * numbers, one division and one square root, so every machine gets the same logit.
 */

import { fromBase64, SuretyError, toBase64 } from '@surety/core';
import type { HostParts } from '../host.ts';
import { hashBin, hashStart, hashStep } from './hash.ts';

/** Longest run: a letter and three before it. */
export const LONGEST_RUN = 4;
const MAX_LETTERS = 80;
/** Bytes of a slot: a check of the run, then its signed value. */
const SLOT_BYTES = 2;

export type LetterTable = {
  /** The table has `2^bits` slots. */
  readonly bits: number;
  readonly salt: number;
  /** What one step of a value is worth, in thousandths of a natural logarithm. */
  readonly stepMilli: number;
  readonly slots: Int8Array;
};

export type StoredLetters = {
  readonly bits: number;
  readonly salt: number;
  readonly stepMilli: number;
  /** Base64 of the slots. */
  readonly slots: string;
};

/** The letters that are read: the chosen label, the suffix, and what was hung in front. */
export const lettersOf = (parts: HostParts): string =>
  `^${parts.label}$.${parts.suffix}$${parts.subdomains.map((sub) => ` _${sub}$`).join('')}`.slice(0, MAX_LETTERS);

/** Where a run's slot begins, and the check that tells most other runs there from it; a check is never 0. */
export const slotOf = (
  run: string,
  { bits, salt }: Pick<LetterTable, 'bits' | 'salt'>,
): { at: number; check: number } => {
  let state = hashStart(salt);
  for (let i = 0; i < run.length; i++) state = hashStep(state, run.charCodeAt(i));
  return { at: SLOT_BYTES * hashBin(state, bits), check: 1 + (hashBin(hashStep(state, 0), 8) % 127) };
};

export const emptyTable = (shape: Pick<LetterTable, 'bits' | 'salt' | 'stepMilli'>): LetterTable => ({
  ...shape,
  slots: new Int8Array(SLOT_BYTES * 2 ** shape.bits),
});

const valueAt = (table: LetterTable, text: string, end: number): number => {
  for (let length = Math.min(LONGEST_RUN, end + 1); length > 0; length--) {
    const { at, check } = slotOf(text.slice(end + 1 - length, end + 1), table);
    if (table.slots[at] === check) return table.slots[at + 1]!;
  }
  return 0;
};

/** Logit of "scam" in thousandths, scaled by the root of the number of letters. */
export const lettersMilli = (table: LetterTable, parts: HostParts): number => {
  const text = lettersOf(parts);
  let sum = 0;
  // The first sign is always the same.
  for (let end = 1; end < text.length; end++) sum += valueAt(table, text, end);
  return Math.round((sum * table.stepMilli) / Math.sqrt(Math.max(1, text.length)));
};

export const encodeLetters = ({ slots, ...shape }: LetterTable): StoredLetters => ({
  ...shape,
  slots: toBase64(new Uint8Array(slots.buffer, slots.byteOffset, slots.length)),
});

/**
 * The table of an artefact.
 * @throws {SuretyError} `internal` where the file is damaged
 */
export const decodeLetters = (stored: StoredLetters): LetterTable => {
  const bytes = fromBase64(stored.slots);
  if (!bytes.ok || bytes.value.length !== SLOT_BYTES * 2 ** stored.bits)
    throw new SuretyError({
      code: 'internal',
      message: 'The model artefact is damaged: its table of letters has another size.',
      next: 'Reinstall the package.',
      value: `${stored.slots.length} characters`,
    });
  return { ...stored, slots: new Int8Array(bytes.value.buffer, bytes.value.byteOffset, bytes.value.length) };
};
