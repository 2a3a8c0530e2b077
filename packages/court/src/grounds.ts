/**
 * What a vote rests on, as text (spec 21.4): its SHA-256 is the `reading` that the vote committed to, so that whoever has the text
 * can check it, wherever it comes from. Of a person the reason itself; of an AI juror a canonical record.
 */
import { decode, encode, ok, type Result, refuse, utf8 } from '@surety/core';

/** What an AI juror says of its vote. It shows who says so and that it was said before the votes were opened, and not that it is true. */
export type JurorGrounds = {
  readonly type: 'surety/juror-grounds/v1';
  /** Name of the family that it registered with: its keccak-256 is in the registry. */
  readonly family: string;
  /** The program that it says it runs. */
  readonly program: string;
  /** SHA-256 over program, input and output, hex. */
  readonly reading: string;
  /** In words. */
  readonly reason: string;
};

export const GROUNDS_LIMITS = {
  /** Bytes of the text. */
  bytes: 8_192,
  /** Characters of a reason. */
  reasonCharacters: 1_024,
  /** Characters of the names of family and program. */
  nameCharacters: 256,
} as const;

/** Hex digits of a mark: 64 bits. */
const MARK = /^[0-9a-f]{16}$/;

/** Control and format characters but new lines, halves of pairs, and the two other line ends: nothing that is shown holds any. */
const UNSAFE = /[^\P{C}\n]|[\u2028\u2029]/u;

/** Whether a text can be shown as it is, and is no longer than it may be. */
export const isPlainText = (text: string): boolean =>
  text.trim() !== '' && !UNSAFE.test(text) && utf8(text).length <= GROUNDS_LIMITS.bytes;

/**
 * The text behind a person's vote: the reason, and below it a mark that nobody can guess. Of two people's votes with one digest the
 * later commitment is void (spec 21.4): without a mark two who say the same in the same words would be a copy and an original.
 * @param mark 16 hex digits from a good source of randomness, drawn once for a seat
 * @returns `input.malformed` for a reason that is empty, too long with its mark, or cannot be shown as it is
 */
export const personGrounds = (reason: string, mark: string): Result<string> => {
  const text = `${reason.trim()}\n[${mark}]`;
  if (isPlainText(reason) && MARK.test(mark) && text.length <= GROUNDS_LIMITS.reasonCharacters) return ok(text);
  return refuse({
    code: 'input.malformed',
    message: 'The reason is empty, too long, or has characters that cannot be shown as they are.',
    next: 'Say in plain text why; everybody reads it beside the vote.',
    field: 'reason',
    limit: `${GROUNDS_LIMITS.reasonCharacters - '\n[]'.length - 16} characters`,
  });
};

/** The text of which the digest is committed to. */
export const groundsText = (grounds: JurorGrounds): string => new TextDecoder().decode(encode(grounds));

const FIELDS = ['family', 'program', 'reading', 'reason', 'type'];

const isName = (value: unknown): value is string =>
  typeof value === 'string' && isPlainText(value) && value.length <= GROUNDS_LIMITS.nameCharacters;

/** The record behind a text; `null` for any other text. */
export const parseGrounds = (text: string): JurorGrounds | null => {
  const value = decode(utf8(text));
  if (!value.ok || typeof value.value !== 'object' || value.value === null) return null;
  const grounds = value.value as Partial<JurorGrounds>;
  const { type, family, program, reading, reason } = grounds;
  const fits =
    Object.keys(grounds).sort().join() === FIELDS.join() &&
    type === 'surety/juror-grounds/v1' &&
    [family, program].every(isName) &&
    /^[0-9a-f]{64}$/.test(String(reading)) &&
    typeof reason === 'string' &&
    isPlainText(reason) &&
    reason.length <= GROUNDS_LIMITS.reasonCharacters;
  return fits ? (grounds as JurorGrounds) : null;
};
