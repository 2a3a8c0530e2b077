/** Reads bytes from front to back; integers are little-endian, as in Intel's structures. */
import { malformed } from './problem.ts';

export class Cursor {
  private readonly bytes: Uint8Array;
  private at = 0;
  private readonly field: string;

  /** @param field what the bytes are, for refusals */
  constructor(bytes: Uint8Array, field: string) {
    this.bytes = bytes;
    this.field = field;
  }

  get position(): number {
    return this.at;
  }

  /** The next `count` bytes, as a view. */
  take(count: number): Uint8Array {
    const end = this.at + count;
    if (end > this.bytes.length) malformed(this.field, `ends at byte ${this.bytes.length}, before it is complete`);
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  /** A number of `count` bytes, at most 6. */
  number(count: number): number {
    return this.take(count).reduceRight((sum, byte) => sum * 256 + byte, 0);
  }

  rest(): Uint8Array {
    return this.take(this.bytes.length - this.at);
  }

  /** Refuses bytes that are left over. */
  end(): void {
    if (this.at !== this.bytes.length) malformed(this.field, `has ${this.bytes.length - this.at} bytes after its end`);
  }
}

export const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);
