/**
 * Fields of protobuf messages over ranged reads. The library reads tags and numbers; what is added here is that a message
 * need not be in memory: fields longer than a window are passed on as ranges of the source.
 */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { bytesOf, bytesSource, type Slice } from '../../source.ts';
import { malformed } from '../problems.ts';

/** Read at once; what lies within a window is kept as a view of it. */
const WINDOW_BYTES = 65_536;

/** No tag with its number or length is longer. */
const HEAD_BYTES = 20;

/** One field: a number of wire type varint (as int64), or a run of bytes (4 or 8 of them for fixed numbers). */
export type Field =
  | { readonly number: number; readonly kind: 'varint'; readonly value: bigint }
  | { readonly number: number; readonly kind: 'bytes' | 'fixed'; readonly slice: Slice };

/**
 * The fields of a message in order.
 * @param where names the message in problems
 * @throws {SuretyError} `model.malformed`
 */
export function* fields(message: Slice, where: string): Generator<Field> {
  let base = 0;
  let window = new Uint8Array(0);
  let reader = new BinaryReader(window);
  const part = (at: number, length: number): Slice => {
    if (length > message.length - at) throw malformed(where, `${where} ends in the middle of a field.`, length);
    return at + length <= base + window.length
      ? { source: bytesSource(window), offset: at - base, length }
      : { source: message.source, offset: message.offset + at, length };
  };
  for (let at = 0; at < message.length; ) {
    const end = base + window.length;
    if (at >= end || (at + HEAD_BYTES > end && end < message.length)) {
      base = at;
      const length = Math.min(WINDOW_BYTES, message.length - at);
      window = bytesOf({ ...message, offset: message.offset + at, length }) as Uint8Array<ArrayBuffer>;
      reader = new BinaryReader(window);
    }
    reader.pos = at - base;
    const [number, wire] = head(reader, where);
    switch (wire) {
      case WireType.Varint: {
        const value = guarded(where, () => BigInt.asIntN(64, BigInt(reader.uint64())));
        at = base + reader.pos;
        yield { number, kind: 'varint', value };
        break;
      }
      case WireType.LengthDelimited: {
        const length = guarded(where, () => reader.uint32());
        const start = base + reader.pos;
        at = start + length;
        yield { number, kind: 'bytes', slice: part(start, length) };
        break;
      }
      case WireType.Bit32:
      case WireType.Bit64: {
        const start = base + reader.pos;
        const length = wire === WireType.Bit32 ? 4 : 8;
        at = start + length;
        yield { number, kind: 'fixed', slice: part(start, length) };
        break;
      }
      default:
        throw malformed(where, `${where} holds a field of an unknown wire type.`, wire);
    }
  }
}

/** The library throws plain errors on truncated or overlong numbers. */
const guarded = <T>(where: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    throw malformed(where, `${where} is not a protobuf message.`, error instanceof Error ? error.message : error);
  }
};

const head = (reader: BinaryReader, where: string): [number, WireType] => guarded(where, () => reader.tag());

/** Packed numbers of wire type varint, or a single one. */
export const varints = (field: Field, where: string, limit: number): bigint[] => {
  if (field.kind === 'varint') return [field.value];
  const bytes = bytesOf(field.slice);
  const reader = new BinaryReader(bytes);
  const values: bigint[] = [];
  while (reader.pos < reader.len) {
    if (values.length === limit) throw malformed(where, `${where} holds more numbers than its shape has.`, limit);
    values.push(guarded(where, () => BigInt.asIntN(64, BigInt(reader.uint64()))));
  }
  return values;
};

const strict = new TextDecoder('utf-8', { fatal: true });

/** Text of at most `limit` bytes. */
export const text = (field: Field, where: string, limit: number): string => {
  if (field.kind !== 'bytes') throw malformed(where, `${where} has a number where text belongs.`);
  if (field.slice.length > limit) {
    throw malformed(where, `${where} has a text of ${field.slice.length} bytes; at most ${limit} are taken.`);
  }
  try {
    return strict.decode(bytesOf(field.slice));
  } catch {
    throw malformed(where, `${where} has a text that is not UTF-8.`);
  }
};

export const integer = (field: Field, where: string): number => {
  const value = field.kind === 'varint' ? Number(field.value) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw malformed(where, `${where} has no integer where one belongs.`, value);
  return value;
};

export const message = (field: Field, where: string): Slice => {
  if (field.kind !== 'bytes') throw malformed(where, `${where} has a number where a message belongs.`);
  return field.slice;
};
