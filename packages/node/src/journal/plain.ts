/**
 * Plain data as canonical JSON text and back: outputs and effects of games hold bigints and bytes, which JSON lacks.
 * `{"$n": "12"}` is a bigint, `{"$b": "<hex>"}` are bytes; keys that start with `$` are otherwise refused, so the
 * reading is never ambiguous. Members that are `undefined` are left out.
 */
import { encode, fromHex, type Json, SuretyError, show, toHex, unwrap } from '@surety/core';

const unsupported = (value: unknown): SuretyError =>
  new SuretyError({
    code: 'input.malformed',
    message: 'The value is not plain data.',
    next: 'Return null, booleans, whole numbers, text, bigints, bytes, lists and objects.',
    value: show(value),
  });

const toJson = (value: unknown): Json => {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') {
    return value;
  }
  if (typeof value === 'bigint') return { $n: value.toString() };
  if (value instanceof Uint8Array) return { $b: toHex(value) };
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object') throw unsupported(value);
  const members: [string, Json][] = [];
  for (const [key, item] of Object.entries(value)) {
    if (key.startsWith('$')) throw unsupported(value);
    if (item !== undefined) members.push([key, toJson(item)]);
  }
  return Object.fromEntries(members);
};

const fromJson = (json: Json): unknown => {
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map(fromJson);
  const object = json as { readonly [key: string]: Json };
  if (typeof object.$n === 'string') return BigInt(object.$n);
  if (typeof object.$b === 'string') return unwrap(fromHex(object.$b));
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, fromJson(item)]));
};

/** Canonical text of plain data; `undefined` is written as null. */
export const writePlain = (value: unknown): string => canonicalText(value === undefined ? null : toJson(value));

/** The value of text written by {@link writePlain}. */
export const readPlain = (text: string): unknown => fromJson(JSON.parse(text) as Json);

/** Largest body of one event or snapshot that the journal takes. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Canonical JSON as text. */
export const canonicalText = (json: Json): string =>
  Buffer.from(encode(json, { maxBytes: MAX_BODY_BYTES })).toString('utf8');
