/**
 * CBOR (RFC 8949) as attestations use it: shortest heads, no tags, no floats, no key twice, nothing after the end. Keys
 * of a map come in any order, since AWS does not sort them; lengths are definite, but that some of its documents leave
 * open how many fields a signed map has, so a caller may allow that.
 */
import { assertInvariant, fromUtf8 } from '@surety/core';
import { malformed } from './problem.ts';

export type Cbor = null | boolean | number | string | Uint8Array | readonly Cbor[] | ReadonlyMap<string | number, Cbor>;

const MAX_DEPTH = 8;
/** A map whose entries end with {@link BREAK}. */
const OPEN_MAP = 0xbf;
const BREAK = 0xff;
/** Least value that a head with so many bytes after it may hold. */
const LEAST = [0, 24, 0x100, 0, 0x1_0000, 0, 0, 0, 0x1_0000_0000] as const;

class Reader {
  private readonly bytes: Uint8Array;
  private readonly field: string;
  private readonly openMaps: boolean;
  private at = 0;

  constructor(bytes: Uint8Array, field: string, openMaps: boolean) {
    this.bytes = bytes;
    this.field = field;
    this.openMaps = openMaps;
  }

  private take(count: number): Uint8Array {
    const end = this.at + count;
    if (end > this.bytes.length) malformed(this.field, `ends at byte ${this.bytes.length}, before it is complete`);
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  /** Major type and argument. */
  private head(): readonly [major: number, argument: number] {
    const start = this.at;
    const first = this.take(1)[0]!;
    const [major, info] = [first >> 5, first & 31];
    if (info < 24) return [major, info];
    if (this.openMaps && first === OPEN_MAP) return [major, Number.POSITIVE_INFINITY];
    if (info > 27) return malformed(this.field, `has an indefinite length or a reserved head at byte ${start}`);
    const size = 1 << (info - 24);
    const value = this.take(size).reduce((sum, byte) => sum * 256 + byte, 0);
    if (value > Number.MAX_SAFE_INTEGER) malformed(this.field, `has a number above 2^53 at byte ${start}`);
    if (major !== 7 && value < LEAST[size]!) malformed(this.field, `has a head that is too long at byte ${start}`);
    return [major, major === 7 ? -1 : value];
  }

  value(depth: number): Cbor {
    const start = this.at;
    if (depth > MAX_DEPTH) malformed(this.field, `is nested deeper than ${MAX_DEPTH}`);
    const [major, argument] = this.head();
    switch (major) {
      case 0:
        return argument;
      case 1:
        return -1 - argument;
      case 2:
        return this.take(argument);
      case 3: {
        const text = fromUtf8(this.take(argument), this.field);
        return text.ok ? text.value : malformed(this.field, `has text at byte ${start} that is not UTF-8`);
      }
      case 4:
        return this.list(argument, depth);
      case 5:
        return this.map(argument, depth);
      case 7:
        if (argument === 22) return null;
        if (argument === 20 || argument === 21) return argument === 21;
    }
    return malformed(this.field, `has a tag, a float or another simple value at byte ${start}`);
  }

  /** A count comes from others: nothing is set aside for it before its items are there. */
  private list(count: number, depth: number): readonly Cbor[] {
    const items: Cbor[] = [];
    for (let i = 0; i < count; i++) items.push(this.value(depth + 1));
    return items;
  }

  private map(count: number, depth: number): ReadonlyMap<string | number, Cbor> {
    const entries = new Map<string | number, Cbor>();
    for (let i = 0; i < count; i++) {
      const start = this.at;
      if (count === Number.POSITIVE_INFINITY && this.bytes[start] === BREAK) {
        this.take(1);
        break;
      }
      const key = this.value(depth + 1);
      if (typeof key !== 'string' && typeof key !== 'number') {
        return malformed(this.field, `has a key at byte ${start} that is neither text nor a number`);
      }
      if (entries.has(key)) malformed(this.field, `has the key ${key} twice`);
      entries.set(key, this.value(depth + 1));
    }
    return entries;
  }

  end(): void {
    if (this.at !== this.bytes.length) malformed(this.field, `has ${this.bytes.length - this.at} bytes after its end`);
  }
}

/**
 * The one value that the bytes encode.
 * @param field what the bytes are, for refusals
 * @param options.openMaps whether maps may leave their size open: safe only where somebody signed these very bytes
 *
 * Anything else fails the reader that it is called in.
 */
export const decodeCbor = (bytes: Uint8Array, field: string, options: { readonly openMaps?: boolean } = {}): Cbor => {
  const reader = new Reader(bytes, field, options.openMaps ?? false);
  const value = reader.value(0);
  reader.end();
  return value;
};

/** A byte string's encoding, up to 65,535 bytes. */
export const encodeByteString = (bytes: Uint8Array): Uint8Array => {
  const { length } = bytes;
  assertInvariant(length <= 0xffff, `${length} bytes are more than are written here.`);
  const head = length < 24 ? [0x40 | length] : length < 256 ? [0x58, length] : [0x59, length >> 8, length & 255];
  return new Uint8Array([...head, ...bytes]);
};
