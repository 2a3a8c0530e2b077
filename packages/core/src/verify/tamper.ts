/**
 * Changing a receipt on purpose, so that people can watch verification name the change. Two ways: flip one bit of the
 * file, as damage would, or change one field and encode everything again, as a careful forger without the keys would.
 */
import { concatBytes, fromBase64, toBase64, utf8 } from '../bytes.ts';
import { encode } from '../canonical.ts';
import { decode } from '../canonical-decode.ts';
import { ok, type Result, refuse, show } from '../errors.ts';
import { sha256 } from '../hash.ts';
import type { Json } from '../json.ts';
import { parseReceipt, RECEIPT_LIMITS } from '../receipt-shape.ts';

export type TamperChoice =
  /** Flips one bit; byte and bit follow from the seed. */
  | { readonly seed: number }
  /** Flips bit `bit` (0 to 7) of byte `offset`. */
  | { readonly offset: number; readonly bit: number }
  /** Changes the field at a dotted path: `predicate.outcome`, `envelope.signatures.0.sig`, `log.index` … */
  | { readonly path: string };

export type Tampered = {
  readonly bytes: Uint8Array;
  /** What was changed, in plain words. */
  readonly what: string;
};

const flip = (bytes: Uint8Array, offset: number, bit: number): Tampered => {
  const changed = Uint8Array.from(bytes);
  changed[offset]! ^= 1 << bit;
  const hex = (value: number): string => value.toString(16).padStart(2, '0');
  const what = `bit ${bit} of byte ${offset} of ${bytes.length}: ${hex(bytes[offset]!)} became ${hex(changed[offset]!)}`;
  return { bytes: changed, what };
};

const flipBySeed = (bytes: Uint8Array, seed: number): Tampered => {
  const view = new DataView(sha256(utf8(`surety/tamper/${seed}`)).buffer);
  return flip(bytes, view.getUint32(0) % bytes.length, view.getUint8(4) % 8);
};

const TURN: Readonly<Record<string, string>> = { '0': '1', '1': '0', a: 'b', b: 'a' };

/** Another value of the same kind, as near as possible. */
const another = (value: Json): Json => {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (value === null) return '00'.repeat(32);
  if (typeof value !== 'string') return [];
  const last = value.at(-1) ?? '';
  return value === ''
    ? 'x'
    : value.slice(0, -1) + (TURN[last] ?? (/[0-9]/.test(last) ? '0' : last === 'A' ? 'B' : 'a'));
};

type Members = { readonly [key: string]: Json };

/** `value` with the member at `path` replaced; `undefined` when there is none. */
const replaceAt = (value: Json, path: readonly string[], change: (old: Json) => Json): Json | undefined => {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  const inner = replaceAt((value as Members)[key]!, rest, change);
  if (inner === undefined) return undefined;
  return Array.isArray(value) ? value.with(Number(key), inner) : { ...value, [key]: inner };
};

const outcomesOf = (statement: Json): readonly Json[] =>
  (statement as { readonly predicate: { readonly claim: { readonly outcomes: readonly Json[] } } }).predicate.claim
    .outcomes;

const changeField = (bytes: Uint8Array, path: string): Result<Tampered> => {
  const parsed = parseReceipt(bytes);
  if (!parsed.ok) return parsed;
  const payload = fromBase64(parsed.value.envelope.payload, { field: 'envelope.payload' });
  if (!payload.ok) return payload;
  const statement = decode(payload.value, { maxBytes: RECEIPT_LIMITS.bytes });
  if (!statement.ok) return statement;
  const keys = path.split('.');
  const inside = keys[0] === 'predicate' || keys[0] === 'subject';
  let was: Json = null;
  let became: Json = null;
  const change = (old: Json): Json => {
    was = old;
    const others = path === 'predicate.outcome' ? outcomesOf(statement.value).filter((outcome) => outcome !== old) : [];
    became = others[0] ?? another(old);
    return became;
  };
  const whole = parsed.value as unknown as Json;
  const result = replaceAt(inside ? statement.value : whole, keys, change);
  if (result === undefined || path === '') {
    return refuse({
      code: 'input.missing-field',
      message: `The receipt has no field ${show(path)}.`,
      next: 'Name one such as predicate.outcome, predicate.evidence.0.reading, eip712.signature or log.index.',
      field: 'path',
      value: show(path),
    });
  }
  const changed = inside ? replaceAt(whole, ['envelope', 'payload'], () => toBase64(encode(result))) : result;
  return ok({ bytes: concatBytes(encode(changed), utf8('\n')), what: `${path}: ${show(was)} became ${show(became)}` });
};

/** A changed copy of a receipt file, and what was changed. The original is left alone. */
export const tamper = (bytes: Uint8Array, choice: TamperChoice): Result<Tampered> => {
  if ('path' in choice) return changeField(bytes, choice.path);
  if (bytes.length === 0) {
    return refuse({ code: 'input.empty', message: 'There are no bytes.', next: 'Name a receipt file.', field: '' });
  }
  if ('seed' in choice) return ok(flipBySeed(bytes, choice.seed));
  const { offset, bit } = choice;
  if (
    Number.isInteger(offset) &&
    offset >= 0 &&
    offset < bytes.length &&
    Number.isInteger(bit) &&
    bit >= 0 &&
    bit < 8
  ) {
    return ok(flip(bytes, offset, bit));
  }
  return refuse({
    code: 'input.out-of-range',
    message: `There is no bit ${bit} of byte ${offset}.`,
    next: 'Name a byte of the file and a bit from 0 to 7.',
    field: 'offset',
    value: show(offset),
    limit: `0 .. ${bytes.length - 1}`,
  });
};
