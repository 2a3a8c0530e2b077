/** Bytes that may lie in a file: read by ranges, so that weights stay where they are until they are needed. */
export type ByteSource = {
  readonly size: number;
  /** Exactly these bytes, as a view where they are in memory already. Asked only for ranges within `size`. */
  readonly read: (offset: number, length: number) => Uint8Array;
  /** Whether each reading gives bytes of its own, which nobody else sees. */
  readonly fresh?: boolean;
};

/** A run of bytes of a source. */
export type Slice = { readonly source: ByteSource; readonly offset: number; readonly length: number };

export const bytesSource = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (offset, length) => bytes.subarray(offset, offset + length),
});

export const wholeOf = (source: ByteSource): Slice => ({ source, offset: 0, length: source.size });

export const bytesOf = ({ source, offset, length }: Slice): Uint8Array => source.read(offset, length);
