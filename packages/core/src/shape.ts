/**
 * Strict readers of plain data: every field named, no other accepted, every length bounded. A reader returns the value
 * with its type or the one problem that it met first, with the dotted path of the field.
 */
import { parseAddress } from './address.ts';
import { parseAmount, parseSignedAmount } from './amounts.ts';
import { joinPath, tryEncode } from './canonical.ts';
import { type ErrorCode, ok, type Result, refuse, show } from './errors.ts';
import type { Json } from './json.ts';

/** Reads an unknown value found at `path`. */
export type Shape<T> = (value: unknown, path: string) => Result<T>;

/** The type that a shape reads. */
export type Shaped<S> = S extends Shape<infer T> ? T : never;

const wrong = (code: ErrorCode, path: string, value: unknown, what: string, limit: string): Result<never> => {
  const name = path === '' ? 'The value' : path;
  return refuse({ code, message: `${name} ${what}.`, next: `Send ${limit}.`, field: path, value: show(value), limit });
};

const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Exactly this text, number, boolean or null. */
export const literal =
  <const T extends string | number | boolean | null>(wanted: T): Shape<T> =>
  (value, path) =>
    value === wanted ? ok(wanted) : wrong('input.malformed', path, value, 'is not what it must be', show(wanted));

/** One of these texts. */
export const oneOf =
  <const T extends string>(...wanted: readonly T[]): Shape<T> =>
  (value, path) => {
    const found = wanted.find((w) => w === value);
    return found !== undefined
      ? ok(found)
      : wrong('input.malformed', path, value, 'is none of its choices', wanted.join(' | '));
  };

export const boolean: Shape<boolean> = (value, path) =>
  typeof value === 'boolean'
    ? ok(value)
    : wrong('input.malformed', path, value, 'is not true or false', 'true or false');

/** Well-formed text of `min` to `max` UTF-16 units. */
export const text =
  (options: {
    readonly max: number;
    readonly min?: number;
    readonly form?: RegExp;
    readonly called?: string;
  }): Shape<string> =>
  (value, path) => {
    const min = options.min ?? 0;
    const limit = `text of ${min} to ${options.max} characters`;
    if (typeof value !== 'string') return wrong('input.malformed', path, value, 'is not text', limit);
    if (value.length < min) return wrong('input.empty', path, value, 'is too short', limit);
    if (value.length > options.max) return wrong('input.too-large', path, value, 'is too long', limit);
    if (!value.isWellFormed()) return wrong('input.malformed', path, value, 'holds half of a surrogate pair', limit);
    if (options.form !== undefined && !options.form.test(value)) {
      const called = options.called ?? `text of the form ${options.form.source}`;
      return wrong('input.malformed', path, value, `is not ${called}`, called);
    }
    return ok(value);
  };

/** A whole number within `min .. max`. */
export const integer =
  (options: { readonly min: number; readonly max: number }): Shape<number> =>
  (value, path) => {
    const limit = `a whole number in ${options.min} .. ${options.max}`;
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
      return wrong('input.malformed', path, value, 'is not a whole number', limit);
    }
    if (value < options.min || value > options.max)
      return wrong('input.out-of-range', path, value, 'is out of range', limit);
    return ok(value);
  };

/** Last second of the year 9999: later ones have no usual written form. */
export const MAX_UNIX_SECONDS = 253_402_300_799;

/** Unix seconds from 1970 to the end of 9999. */
export const unixSeconds: Shape<number> = integer({ min: 0, max: MAX_UNIX_SECONDS });

export const ppm: Shape<number> = integer({ min: 0, max: 1_000_000 });

export const chainId: Shape<number> = integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

/** A canonical decimal string of base units; kept as text. */
export const amount: Shape<string> = (value, path) => {
  if (typeof value !== 'string')
    return wrong('input.malformed', path, value, 'is not text', 'a decimal string of base units');
  const parsed = parseAmount(value, path);
  return parsed.ok ? ok(value) : parsed;
};

/** As {@link amount}, with a sign. */
export const signedAmount: Shape<string> = (value, path) => {
  if (typeof value !== 'string')
    return wrong('input.malformed', path, value, 'is not text', 'a decimal string of base units');
  const parsed = parseSignedAmount(value, path);
  return parsed.ok ? ok(value) : parsed;
};

/** An EIP-55 address, strict. */
export const address: Shape<string> = (value, path) =>
  typeof value === 'string'
    ? parseAddress(value, { field: path })
    : wrong('input.malformed', path, value, 'is not text', 'an EIP-55 address');

/** Lower-case hex of exactly `bytes` bytes, without a prefix unless `prefix` is `0x`. */
export const hex = (bytes: number, prefix: '' | '0x' = ''): Shape<string> => {
  const form = new RegExp(`^${prefix}[0-9a-f]{${bytes * 2}}$`);
  const max = bytes * 2 + prefix.length;
  return text({ max, form, called: `${bytes} bytes of lower-case hex${prefix === '' ? '' : ' with 0x'}` });
};

export const nullable =
  <T>(shape: Shape<T>): Shape<T | null> =>
  (value, path) =>
    value === null ? ok(null) : shape(value, path);

/** A list of `min` to `max` items. */
export const list =
  <T>(item: Shape<T>, options: { readonly max: number; readonly min?: number }): Shape<readonly T[]> =>
  (value, path) => {
    const min = options.min ?? 0;
    const limit = `a list of ${min} to ${options.max} items`;
    if (!Array.isArray(value)) return wrong('input.malformed', path, value, 'is not a list', limit);
    if (value.length < min || value.length > options.max) {
      const code = value.length < min ? 'input.empty' : 'input.too-large';
      return wrong(code, path, `${value.length} items`, `holds ${value.length} items`, limit);
    }
    const items: T[] = [];
    for (let i = 0; i < value.length; i++) {
      const read = item(value[i], joinPath(path, i));
      if (!read.ok) return read;
      items.push(read.value);
    }
    return ok(items);
  };

/** Any value with a canonical encoding of at most `maxBytes`. */
export const json =
  (options: { readonly maxBytes: number }): Shape<Json> =>
  (value, path) => {
    const encoded = tryEncode(value, options);
    if (encoded.ok) return ok(value as Json);
    return refuse({
      ...encoded.problem,
      field: joinPath(path, encoded.problem.field ?? ''),
      message: `${path}: ${encoded.problem.message}`,
    });
  };

type Fields = { readonly [name: string]: Shape<unknown> };
type Read<F extends Fields> = { readonly [K in keyof F]: Shaped<F[K]> };

/** An object with all of `required`, any of `optional`, and nothing else. */
export const object =
  <R extends Fields, O extends Fields = Record<never, never>>(
    required: R,
    optional: O = {} as O,
  ): Shape<Read<R> & Partial<Read<O>>> =>
  (value, path) => {
    if (!isRecord(value)) return wrong('input.malformed', path, value, 'is not an object', 'an object');
    const entries: [string, unknown][] = [];
    for (const key of Object.keys(value)) {
      const shape = Object.hasOwn(required, key)
        ? required[key]
        : Object.hasOwn(optional, key)
          ? optional[key]
          : undefined;
      if (shape === undefined) {
        const known = [...Object.keys(required), ...Object.keys(optional)].join(', ');
        return wrong('input.unknown-field', joinPath(path, key), value[key], 'is not a known field', `only: ${known}`);
      }
      const read = shape(value[key], joinPath(path, key));
      if (!read.ok) return read;
      entries.push([key, read.value]);
    }
    const missing = Object.keys(required).find((key) => !Object.hasOwn(value, key));
    if (missing !== undefined)
      return wrong('input.missing-field', joinPath(path, missing), '', 'is missing', 'the field');
    return ok(Object.fromEntries(entries) as Read<R> & Partial<Read<O>>);
  };

/** An object whose member `tag` picks the shape. */
export const variant =
  <K extends string, M extends { readonly [kind: string]: Shape<unknown> }>(
    tag: K,
    shapes: M,
  ): Shape<Shaped<M[keyof M]>> =>
  (value, path) => {
    if (!isRecord(value)) return wrong('input.malformed', path, value, 'is not an object', 'an object');
    const kind = value[tag];
    const shape = typeof kind === 'string' && Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
    if (shape === undefined) {
      return wrong(
        'input.malformed',
        joinPath(path, tag),
        kind,
        'is none of its choices',
        Object.keys(shapes).join(' | '),
      );
    }
    return shape(value, path) as Result<Shaped<M[keyof M]>>;
  };

/** What a rule over a whole value found broken. */
export type Broken = {
  readonly code: ErrorCode;
  readonly field: string;
  readonly what: string;
  readonly limit: string;
};

/** `shape`, and then a rule over the whole value. */
export const where =
  <T>(shape: Shape<T>, rule: (value: T) => Broken | null): Shape<T> =>
  (value, path) => {
    const read = shape(value, path);
    if (!read.ok) return read;
    const broken = rule(read.value);
    return broken === null ? read : wrong(broken.code, joinPath(path, broken.field), '', broken.what, broken.limit);
  };
