/** Compact bytes (spec 15.5): big-endian integers one after the other, read to the last byte. */

/** Bytes that end too early, go on too long, or lead nowhere. Internal: whoever reads turns it into a verdict or a problem. */
export class Unreadable extends Error {}

export const unreadable = (what: string): never => {
  throw new Unreadable(what);
};

export class Reader {
  private at = 0;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  private skip(length: number): number {
    if (length > this.bytes.length - this.at) unreadable('it ends too early');
    this.at += length;
    return this.at - length;
  }

  u8(): number {
    return this.view.getUint8(this.skip(1));
  }

  u16(): number {
    return this.view.getUint16(this.skip(2));
  }

  u32(): number {
    return this.view.getUint32(this.skip(4));
  }

  i32(): number {
    return this.view.getInt32(this.skip(4));
  }

  take(length: number): Uint8Array {
    const from = this.skip(length);
    return this.bytes.subarray(from, from + length);
  }

  hash(): Uint8Array {
    return this.take(32);
  }

  /** Bytes not read yet. */
  get left(): number {
    return this.bytes.length - this.at;
  }

  end(): void {
    if (this.left > 0) unreadable('it goes on after its end');
  }
}

export class Writer {
  private bytes = new Uint8Array(1_024);
  private length = 0;

  private grow(by: number): number {
    const from = this.length;
    this.length += by;
    if (this.length > this.bytes.length) {
      const larger = new Uint8Array(2 * this.length);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    return from;
  }

  private view(by: number): DataView {
    const from = this.grow(by);
    return new DataView(this.bytes.buffer, from, by);
  }

  u8(n: number): this {
    this.view(1).setUint8(0, n);
    return this;
  }

  u16(n: number): this {
    this.view(2).setUint16(0, n);
    return this;
  }

  u32(n: number): this {
    this.view(4).setUint32(0, n);
    return this;
  }

  i32(n: number): this {
    this.view(4).setInt32(0, n);
    return this;
  }

  raw(bytes: Uint8Array): this {
    const from = this.grow(bytes.length);
    this.bytes.set(bytes, from);
    return this;
  }

  done(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}
