/** Just enough CBOR to write the attestation documents that tests need, good ones and broken ones. */
const head = (major: number, argument: number): Buffer => {
  const first = major << 5;
  if (argument < 24) return Buffer.from([first | argument]);
  if (argument < 0x100) return Buffer.from([first | 24, argument]);
  if (argument < 0x1_0000) return Buffer.from([first | 25, argument >> 8, argument & 255]);
  const wide = Buffer.alloc(9);
  wide[0] = first | 27;
  wide.writeBigUInt64BE(BigInt(argument), 1);
  return wide;
};

export type Written = null | number | string | Uint8Array | readonly Written[] | ReadonlyMap<string | number, Written>;

export const cbor = (value: Written): Buffer => {
  if (value === null) return Buffer.from([0xf6]);
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)]);
  const entries = [...(value as ReadonlyMap<string | number, Written>)];
  return Buffer.concat([head(5, entries.length), ...entries.flatMap(([key, one]) => [cbor(key), cbor(one)])]);
};
