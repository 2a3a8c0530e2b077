/**
 * Bytes and their strict text forms. Every decoder here accepts exactly one text per byte string, so that
 * a changed character is always a changed value.
 */
import { ok, type Problem, type Result, refuse, show } from './errors.ts';

const HEX = '0123456789abcdef';
const HEX_FORM = /^(?:[0-9a-f]{2})*$/;

/** Lower-case hex without a prefix. */
export const toHex = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += HEX[byte >> 4]! + HEX[byte & 15]!;
  return text;
};

const malformed = (message: string, next: string, field: string, value: unknown): Problem => ({
  code: 'input.malformed',
  message,
  next,
  field,
  value: show(value),
});

/**
 * Bytes of lower-case hex without a prefix.
 * @param options.bytes the exact number of bytes wanted
 * @param options.field name used in the problem
 */
export const fromHex = (
  text: string,
  options: { readonly bytes?: number; readonly field?: string } = {},
): Result<Uint8Array> => {
  const field = options.field ?? 'hex';
  if (!HEX_FORM.test(text)) {
    return refuse(malformed(`${field} is not lower-case hex.`, 'Send pairs of 0-9a-f without a prefix.', field, text));
  }
  if (options.bytes !== undefined && text.length !== options.bytes * 2) {
    const limit = `${options.bytes} bytes`;
    return refuse({
      ...malformed(`${field} holds ${text.length / 2} bytes.`, `Send exactly ${limit}.`, field, text),
      limit,
    });
  }
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return ok(bytes);
};

/** Lower-case hex with the `0x` prefix that Ethereum tools expect. */
export const to0x = (bytes: Uint8Array): `0x${string}` => `0x${toHex(bytes)}`;

/** Bytes of lower-case `0x` hex; options as for {@link fromHex}. */
export const from0x = (
  text: string,
  options: { readonly bytes?: number; readonly field?: string } = {},
): Result<Uint8Array> => {
  if (!text.startsWith('0x')) {
    const field = options.field ?? 'hex';
    return refuse(
      malformed(`${field} does not start with 0x.`, 'Send lower-case hex with the prefix 0x.', field, text),
    );
  }
  return fromHex(text.slice(2), options);
};

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64_VALUE: ReadonlyMap<string, number> = new Map([...BASE64].map((c, i) => [c, i]));
const BASE64_FORM = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Standard base64 with padding (RFC 4648 section 4). */
export const toBase64 = (bytes: Uint8Array): string => {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    parts.push(
      BASE64[word >> 18]! +
        BASE64[(word >> 12) & 63]! +
        (left > 1 ? BASE64[(word >> 6) & 63]! : '=') +
        (left > 2 ? BASE64[word & 63]! : '='),
    );
  }
  return parts.join('');
};

/**
 * Bytes of standard base64, padding required, unused bits zero (RFC 4648 section 3.5): one text per value.
 * @param options.bytes the exact number of bytes wanted
 */
export const fromBase64 = (
  text: string,
  options: { readonly bytes?: number; readonly field?: string } = {},
): Result<Uint8Array> => {
  const field = options.field ?? 'base64';
  if (!BASE64_FORM.test(text)) {
    return refuse(malformed(`${field} is not standard base64.`, 'Send padded base64 (RFC 4648).', field, text));
  }
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let at = 0;
  let word = 0;
  for (let i = 0; i < text.length; i += 4) {
    word = 0;
    for (let k = 0; k < 4; k++) word = (word << 6) | (BASE64_VALUE.get(text[i + k]!) ?? 0);
    if (at < bytes.length) bytes[at++] = word >> 16;
    if (at < bytes.length) bytes[at++] = (word >> 8) & 255;
    if (at < bytes.length) bytes[at++] = word & 255;
  }
  if ((padding === 1 && (word & 0xff) !== 0) || (padding === 2 && (word & 0xffff) !== 0)) {
    return refuse(malformed(`${field} has stray bits before its padding.`, 'Encode the bytes again.', field, text));
  }
  if (options.bytes !== undefined && bytes.length !== options.bytes) {
    const limit = `${options.bytes} bytes`;
    return refuse({
      ...malformed(`${field} holds ${bytes.length} bytes.`, `Send exactly ${limit}.`, field, text),
      limit,
    });
  }
  return ok(bytes);
};

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const utf8 = (text: string): Uint8Array => ENCODER.encode(text);

/** How many bytes from the start could begin well-formed UTF-8: the next one, or the end, is where it goes wrong. */
const endOfUtf8 = (bytes: Uint8Array): number => {
  const couldBegin = (end: number): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    if (middle <= bytes.length && couldBegin(middle)) good = middle;
    else bad = middle;
  }
  return good;
};

/** Text of well-formed UTF-8; a byte order mark is kept, so that it is refused wherever it does not belong. */
export const fromUtf8 = (bytes: Uint8Array, field = 'text'): Result<string> => {
  try {
    return ok(DECODER.decode(bytes));
  } catch {
    const message = `${field} is not well-formed UTF-8 at byte ${endOfUtf8(bytes)}.`;
    return refuse(malformed(message, 'Encode the text as UTF-8.', field, ''));
  }
};

export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** Whether two byte strings are equal. Not constant time: never for secrets. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};
