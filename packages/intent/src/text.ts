/**
 * Text as a person sees it: what cannot be seen is taken out and said, the rest is brought to NFC.
 * Sources: Unicode TR #36 (security), TR #39 (identifiers), UAX #9 (bidirectional controls).
 */
import { ok, type Result, refuse, show } from '@surety/core';
import { LIMITS } from './limits.ts';
import { type Warning, warn } from './warning.ts';

/** Zero-width, filler, soft hyphen, tag and variation characters: they change bytes, not looks (UAX #44). */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
/** Characters that reorder what surrounds them (UAX #9). */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** C0 without tab and newlines, DEL, C1 and noncharacters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufff0-\ufffc\ufdd0-\ufdef]/gu;

/** What decoders put in place of bytes that they cannot read; without it another name would be left. */
const UNDECODED = '\ufffd';

export type CleanText = { readonly text: string; readonly warnings: readonly Warning[] };

const codePoints = (matches: readonly string[]): string =>
  [...new Set(matches)]
    .slice(0, 4)
    .map((c) => `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`)
    .join(', ');

/**
 * Removes what cannot be seen and says so; then NFC, newlines as `\n`, ends trimmed. Idempotent.
 *
 * @returns refused with `input.malformed` (not text, lone surrogates), `input.empty` or `input.too-large`
 */
export const cleanText = (
  input: unknown,
  {
    field = 'question',
    maxChars = LIMITS.questionChars as number,
  }: { readonly field?: string; readonly maxChars?: number } = {},
): Result<CleanText> => {
  if (typeof input !== 'string') {
    return refuse({
      code: 'input.malformed',
      message: `The ${field} is not text.`,
      next: 'Send it as a string.',
      field,
      value: show(input),
    });
  }
  const limit = `${maxChars} characters`;
  if (input.length > maxChars) {
    const message = `The ${field} has ${input.length} characters; the limit is ${maxChars}.`;
    return refuse({ code: 'input.too-large', message, next: 'Shorten it.', field, value: show(input), limit });
  }
  if (!input.isWellFormed()) {
    const message = `The ${field} holds half of a surrogate pair, so it is not Unicode text.`;
    return refuse({
      code: 'input.malformed',
      message,
      next: 'Send well-formed UTF-8.',
      field,
      value: show(input.toWellFormed()),
    });
  }
  if (input.includes(UNDECODED)) {
    return refuse({
      code: 'input.malformed',
      message: `The ${field} holds U+FFFD, which stands for bytes that were no text: what was meant cannot be read.`,
      next: 'Write it again, as UTF-8.',
      field,
      value: show(input),
    });
  }
  const warnings: Warning[] = [];
  const strip = (text: string, what: RegExp, code: Warning['code'], noun: string, by = ''): string => {
    const found = text.match(what);
    if (!found) return text;
    const s = found.length === 1 ? '' : 's';
    warnings.push(warn(code, `Removed ${found.length} ${noun} character${s} (${codePoints(found)}).`));
    return text.replace(what, by);
  };
  let text = input.replace(/\r\n?|[\u2028\u2029\u0085]/gu, '\n');
  text = strip(text, DIRECTION, 'text.direction-removed', 'text-direction');
  text = strip(text, INVISIBLE, 'text.invisible-removed', 'invisible');
  text = strip(text, CONTROL, 'text.control-removed', 'control');
  text = text.normalize('NFC').trim();
  if (text.length === 0) {
    return refuse({
      code: 'input.empty',
      message: `The ${field} is empty.`,
      next: 'Write what you want to know.',
      field,
      limit: `1 to ${limit}`,
    });
  }
  if (text.length > maxChars) {
    const message = `The ${field} has more than ${maxChars} characters once composed (NFC).`;
    return refuse({ code: 'input.too-large', message, next: 'Shorten it.', field, value: show(text), limit });
  }
  return ok({ text, warnings });
};
