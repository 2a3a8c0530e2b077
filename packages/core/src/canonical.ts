/**
 * Canonical JSON: the one encoding under every id in Surety. A profile of RFC 8785 (JCS) in which each value has
 * exactly one byte string and each accepted byte string exactly one value. See `spec/01-canonical.md`.
 */
import { utf8 } from './bytes.ts';
import { type Problem, type Result, refuse, show, unwrap } from './errors.ts';
import { sha256Hex } from './hash.ts';
import { attempt, Refusal } from './internal/refusal.ts';

export const CANONICAL_LIMITS = {
  /** Containers inside one another; `[]` has depth 1. */
  depth: 32,
  /** Bytes of a whole encoding, unless the caller states another limit. */
  bytes: 1_048_576,
  /** Largest magnitude of a number, 2^53 − 1; larger amounts travel as decimal strings. */
  integer: Number.MAX_SAFE_INTEGER,
} as const;

/** Keys are short ASCII words, so that byte order, code point order and UTF-16 order agree. */
export const KEY_FORM = /^[A-Za-z0-9_.:/$@-]{1,64}$/;

/** Dotted path of a member, e.g. `predicate.evidence.3.input`. */
export const joinPath = (path: string, key: string | number): string => (path === '' ? `${key}` : `${path}.${key}`);

const problem = (code: Problem['code'], path: string, message: string, next: string, value: unknown): Problem => ({
  code,
  message: path === '' ? message : `${path}: ${message}`,
  next,
  field: path,
  value: show(value),
});

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be escaped
const NEEDS_ESCAPE = /["\\\u0000-\u001f]/g;

const escapeOf = (c: string): string => SIMPLE_ESCAPES[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;

const writeString = (text: string, path: string): string => {
  if (!text.isWellFormed()) {
    throw new Refusal(
      problem('input.malformed', path, 'The text holds half of a surrogate pair.', 'Send well-formed Unicode.', text),
    );
  }
  return `"${text.replace(NEEDS_ESCAPE, escapeOf)}"`;
};

const writeNumber = (value: number, path: string): string => {
  if (!Number.isInteger(value) || Object.is(value, -0)) {
    const next = 'Send a whole number, or a decimal string where the field takes one.';
    throw new Refusal(problem('input.not-canonical', path, 'Only whole numbers are allowed.', next, value));
  }
  if (!Number.isSafeInteger(value)) {
    const limit = `-${CANONICAL_LIMITS.integer} .. ${CANONICAL_LIMITS.integer}`;
    const refused = problem(
      'input.out-of-range',
      path,
      'The number is beyond 2^53 - 1.',
      'Use a decimal string.',
      value,
    );
    throw new Refusal({ ...refused, limit });
  }
  return value.toString();
};

const tooDeep = (path: string): Refusal =>
  new Refusal({
    ...problem('input.too-large', path, 'The value is nested too deeply.', 'Flatten it.', ''),
    limit: `${CANONICAL_LIMITS.depth} levels`,
  });

/** Made by `{}`, `JSON.parse` or with no prototype: not a Date, a Map or bytes, whose members say nothing. */
const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
};

const write = (value: unknown, path: string, depth: number): string => {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return writeString(value, path);
  if (typeof value === 'number') return writeNumber(value, path);
  if (typeof value !== 'object') {
    const next = 'Send null, a boolean, a whole number, text, a list or an object.';
    throw new Refusal(problem('input.malformed', path, `A ${typeof value} has no JSON form.`, next, value));
  }
  if (depth >= CANONICAL_LIMITS.depth) throw tooDeep(path);
  if (Array.isArray(value)) {
    // Array.from visits holes, which map would skip
    return `[${Array.from(value, (item, i) => write(item, joinPath(path, i), depth + 1)).join(',')}]`;
  }
  if (!isPlain(value)) {
    const next = 'Send a plain object: bytes as hex or base64, times as numbers.';
    throw new Refusal(problem('input.malformed', path, 'Only plain objects have a JSON form.', next, value));
  }
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const members = entries.map(([key, item]) => {
    if (!KEY_FORM.test(key)) {
      throw new Refusal({
        ...problem('input.malformed', joinPath(path, key), 'The key is not allowed.', 'Rename it.', key),
        limit: '1 to 64 of A-Z a-z 0-9 _ . : / $ @ -',
      });
    }
    return `"${key}":${write(item, joinPath(path, key), depth + 1)}`;
  });
  return `{${members.join(',')}}`;
};

const tooLarge = (bytes: number, limit: number): Problem => ({
  ...problem('input.too-large', '', `The encoding has ${bytes} bytes.`, 'Send less.', bytes),
  limit: `${limit} bytes`,
});

/**
 * Canonical bytes of a value, or why it has none. Fields that are `undefined` are refused, not dropped.
 * @param options.maxBytes limit of the encoding, 1 MiB unless stated
 */
export const tryEncode = (value: unknown, options: { readonly maxBytes?: number } = {}): Result<Uint8Array> => {
  const limit = options.maxBytes ?? CANONICAL_LIMITS.bytes;
  const bytes = attempt(() => utf8(write(value, '', 0)));
  return bytes.ok && bytes.value.length > limit ? refuse(tooLarge(bytes.value.length, limit)) : bytes;
};

/**
 * Canonical bytes of a value that is known to have them.
 * @throws {SuretyError} `input.*` when it has none: a bug of the caller
 */
export const encode = (value: unknown, options: { readonly maxBytes?: number } = {}): Uint8Array =>
  unwrap(tryEncode(value, options));

/**
 * The id of a value: SHA-256 of its canonical bytes, lower-case hex. Solidity computes the same one.
 * @throws {SuretyError} as {@link encode}
 */
export const idOf = (value: unknown): string => sha256Hex(encode(value));
