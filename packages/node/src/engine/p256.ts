/** P-256 signatures as Node verifies them: natively, off the event loop. */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';

const KEYS_KEPT = 4_096;

/** Public keys as Node holds them, the most recently made ones kept: parsing one costs as much as verifying. */
const keys = new Map<string, KeyObject>();

const base64Url = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');

/** The key of an uncompressed point in hex, or `undefined` when it is no point of P-256. */
export const keyOf = (point: string): KeyObject | undefined => {
  const known = keys.get(point);
  if (known !== undefined) return known;
  try {
    const jwk = { kty: 'EC', crv: 'P-256', x: base64Url(point.slice(2, 66)), y: base64Url(point.slice(66)) };
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    if (keys.size >= KEYS_KEPT) keys.clear();
    keys.set(point, key);
    return key;
  } catch {
    return undefined;
  }
};

/** Where the digits of a 32-byte number begin: after its leading zeros, but never past its last byte. */
const digitsFrom = (signature: Uint8Array, start: number): number => {
  let at = start;
  while (at < start + 31 && signature[at] === 0) at += 1;
  return at;
};

/** Writes a number as a DER integer, with a leading zero where it would else be negative; where it ends. */
const writeInteger = (out: Uint8Array, at: number, signature: Uint8Array, start: number): number => {
  const from = digitsFrom(signature, start);
  const pad = signature[from]! > 127 ? 1 : 0;
  const length = start + 32 - from;
  out[at] = 2;
  out[at + 1] = length + pad;
  out.set(signature.subarray(from, start + 32), at + 2 + pad);
  return at + 2 + pad + length;
};

/**
 * r ‖ s as DER (RFC 3279). Node takes r ‖ s as well, but then builds the curve again for every signature on the event
 * loop: 130 µs there, against 20 µs for DER, whose whole work is done on a thread.
 */
export const derOfSignature = (signature: Uint8Array): Uint8Array => {
  const out = new Uint8Array(72);
  const end = writeInteger(out, writeInteger(out, 2, signature, 0), signature, 32);
  out[0] = 0x30;
  out[1] = end - 2;
  return out.subarray(0, end);
};

/** Whether the key signed the bytes by ECDSA with SHA-256; the signature is DER, verified on a thread. */
export const verified = (bytes: Uint8Array, key: KeyObject, der: Uint8Array): Promise<boolean> =>
  new Promise((resolve) => {
    verify('sha256', bytes, key, der, (error, good) => resolve(error === null && good));
  });
