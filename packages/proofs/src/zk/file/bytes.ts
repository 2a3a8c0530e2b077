/** Reading and writing the files of this route: big-endian lengths, one encoding, nothing behind the end. */
import { refuserOf } from '@surety/core';

export const u16 = (n: number): Uint8Array => Uint8Array.of(n >>> 8, n);

export const u32 = (n: number): Uint8Array => Uint8Array.of(n >>> 24, n >>> 16, n >>> 8, n);

/** Two's complement. */
export const i32 = (n: number): Uint8Array => u32(n >>> 0);

const refused = refuserOf<'proof.malformed'>();

export const malformed = (field: string, message: string) =>
  refused('proof.malformed', field, message, 'Get the file again from whoever made it; only its one encoding is read.');

/** Takes bytes from the front, none beyond the end. */
export class Cursor {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** The next bytes; null when there are fewer. */
  take(length: number): Uint8Array | null {
    if (this.at + length > this.bytes.length) return null;
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** The next big-endian number of so many bytes. */
  number(length: number): number | null {
    return this.take(length)?.reduce((n, byte) => n * 256 + byte, 0) ?? null;
  }

  /** All that is left. */
  rest(): Uint8Array {
    return this.bytes.subarray(this.at);
  }
}

/** One after the other: of more parts than a call takes arguments. */
export const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};
