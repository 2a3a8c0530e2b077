/**
 * Ed25519 (RFC 8032). Verification is the strict, cofactorless one: it recomputes R = s·B − k·A and compares bytes, as
 * Go and OpenSSL do, with canonical A, s < L, and no A of small order. A signature then has exactly one text, and one
 * joint multiplication without tables is the fastest way for a process that verifies once.
 */
import { mulAddUnsafe } from '@noble/curves/abstract/curve.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, sameBytes, toHex } from './bytes.ts';

const { Point } = ed25519;

/** The Ed25519 public key of a 32-byte secret key, in hex. */
export const ed25519PublicKey = (secretKey: Uint8Array): string => toHex(ed25519.getPublicKey(secretKey));

/** Ed25519 signature of any bytes. */
export const ed25519Sign = (message: Uint8Array, secretKey: Uint8Array): Uint8Array => ed25519.sign(message, secretKey);

const littleEndian = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes.toReversed())}`);

const decodePoint = (bytes: Uint8Array): InstanceType<typeof Point> | undefined => {
  try {
    const point = Point.fromBytes(bytes, false);
    return point.isSmallOrder() ? undefined : point;
  } catch {
    return undefined;
  }
};

/** Whether `publicKey` (32 bytes) made the 64-byte `signature` of `message`. Never throws. */
export const ed25519Verify = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean => {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  const r = signature.subarray(0, 32);
  const s = littleEndian(signature.subarray(32));
  const key = decodePoint(publicKey);
  if (key === undefined || s >= Point.Fn.ORDER) return false;
  const k = Point.Fn.create(littleEndian(sha512(concatBytes(r, publicKey, message))));
  return sameBytes(mulAddUnsafe(Point, [Point.BASE, key.negate()], [s, k]).toBytes(), r);
};
