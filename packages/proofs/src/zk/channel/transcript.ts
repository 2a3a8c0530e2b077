/**
 * Fiat and Shamir's transcript: a chain of SHA-256 over everything that was said, in order, each with its length. Both sides
 * keep one; a challenge is drawn from all that came before it.
 */
import { sha256 } from '@surety/core';
import { type Ext, P } from '../field/ext.ts';

export const SEPARATOR = new TextEncoder().encode('surety:proof:v1');

/** Words of a digest: eight of 32 bits, little-endian. */
const wordsOf = (digest: Uint8Array): number[] => {
  const view = new DataView(digest.buffer, digest.byteOffset, 32);
  return Array.from({ length: 8 }, (_, i) => view.getUint32(4 * i, true));
};

export class Transcript {
  private state: Uint8Array = sha256(SEPARATOR);
  private draws = 0;

  absorb(bytes: Uint8Array): void {
    const message = new Uint8Array(40 + bytes.length);
    message.set(this.state);
    new DataView(message.buffer).setBigUint64(32, BigInt(bytes.length), true);
    message.set(bytes, 40);
    this.state = sha256(message);
    this.draws = 0;
  }

  /** An element of the extension: words of 31 bits, of which p itself is drawn again. */
  challenge(): Ext {
    const found: number[] = [];
    while (found.length < 4) {
      for (const word of this.draw()) if (found.length < 4 && (word & P) !== P) found.push(word & P);
    }
    return [found[0]!, found[1]!, found[2]!, found[3]!];
  }

  /**
   * So many different indices below a power of two, in order. How many digests they take varies: what is drawn next is drawn of
   * another state, that behind a message of no bytes.
   */
  indices(count: number, limit: number): number[] {
    const found = new Set<number>();
    while (found.size < count) {
      for (const word of this.draw()) if (found.size < count) found.add(word & (limit - 1));
    }
    this.absorb(new Uint8Array());
    return [...found].sort((a, b) => a - b);
  }

  /** The next digest; drawing again gives another one. */
  private draw(): number[] {
    const message = new Uint8Array(36);
    message.set(this.state);
    new DataView(message.buffer).setUint32(32, ++this.draws, true);
    return wordsOf(sha256(message));
  }
}
