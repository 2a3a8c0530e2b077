/**
 * How engine states and events become canonical JSON and come back: amounts are the fields whose name ends in
 * `MicroUsd` or `MicroShares`, decimal strings on disk and bigints in memory. Maps are lists of pairs.
 */
import type { Json } from '@surety/core';

const AMOUNT = /Micro(Usd|Shares)$/;

/** Documents that are hashed or signed as they stand: nothing inside them is touched. */
const DOCUMENTS = new Set(['claim', 'evidence', 'receipt', 'leaf', 'promise', 'publication', 'signed', 'result']);

/** Any engine value as canonical-profile JSON; absent (`undefined`) fields are left out. */
export const toJson = (value: unknown): Json => {
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (value instanceof Map) return [...value].map(([key, item]) => [toJson(key), toJson(item)]);
  if (value instanceof Set) return [...value].map(toJson);
  if (Array.isArray(value)) return value.map(toJson);
  const out: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value as object)) if (item !== undefined) out[key] = toJson(item);
  return out;
};

const revive = (key: string, value: Json): unknown => {
  if (DOCUMENTS.has(key)) return value;
  if (AMOUNT.test(key)) {
    if (typeof value === 'string') return BigInt(value);
    if (Array.isArray(value)) return value.map((item) => (typeof item === 'string' ? BigInt(item) : item));
  }
  if (Array.isArray(value)) return value.map((item) => revive('', item));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, revive(name, item)]));
  }
  return value;
};

/** The inverse of {@link toJson} for values without maps or sets: amounts come back as bigints. */
export const fromJson = <T>(value: Json): T => revive('', value) as T;

/** Pairs as written by {@link toJson} back to a map, each value revived. */
export const toMap = <T>(value: Json): Map<string, T> =>
  new Map((value as readonly (readonly [string, Json])[]).map(([key, item]) => [key, fromJson<T>(item)]));
