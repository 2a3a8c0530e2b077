/** RSASSA-PSS (RFC 8017, sections 8.1 and 9.1) with SHA-384, MGF1 over it and 48 bytes of salt, 2048 bits, exponent 65537. */
import { sha384 } from '@noble/hashes/sha2.js';
import { concatBytes, fromHex, sameBytes, toHex } from '../bytes.ts';
import { unwrap } from '../errors.ts';
import { RSA_BYTES } from './issuer-key.ts';

const HASH_BYTES = 48;
export const SALT_BYTES = 48;
const DB_BYTES = RSA_BYTES - HASH_BYTES - 1;

/** A number of 2048 bits, big-endian. */
export const toRsaBytes = (value: bigint): Uint8Array =>
  unwrap(fromHex(value.toString(16).padStart(2 * RSA_BYTES, '0')));

export const fromRsaBytes = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes)}`);

/** base^65537 mod n: sixteen squarings and a product. */
export const powExponent = (base: bigint, n: bigint): bigint => {
  let power = base;
  for (let i = 0; i < 16; i++) power = (power * power) % n;
  return (power * base) % n;
};

const mgf1 = (seed: Uint8Array, length: number): Uint8Array => {
  const blocks = Array.from({ length: Math.ceil(length / HASH_BYTES) }, (_, i) =>
    sha384(concatBytes(seed, new Uint8Array([0, 0, 0, i]))),
  );
  return concatBytes(...blocks).subarray(0, length);
};

const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, i) => byte ^ b[i]!);

const hashOf = (message: Uint8Array, salt: Uint8Array): Uint8Array =>
  sha384(concatBytes(new Uint8Array(8), sha384(message), salt));

/** EMSA-PSS-ENCODE into 2047 bits. */
export const encodePss = (message: Uint8Array, salt: Uint8Array): Uint8Array => {
  const hash = hashOf(message, salt);
  const padding = new Uint8Array(DB_BYTES - salt.length - 1);
  const masked = xor(concatBytes(padding, new Uint8Array([1]), salt), mgf1(hash, DB_BYTES));
  masked[0]! &= 0x7f;
  return concatBytes(masked, hash, new Uint8Array([0xbc]));
};

/** Whether a key made the 256-byte signature of a message. Never throws. */
export const verifyPss = (signature: Uint8Array, message: Uint8Array, modulus: bigint): boolean => {
  if (signature.length !== RSA_BYTES) return false;
  const s = fromRsaBytes(signature);
  if (s >= modulus) return false;
  const encoded = toRsaBytes(powExponent(s, modulus));
  if (encoded[RSA_BYTES - 1] !== 0xbc || encoded[0]! > 0x7f) return false;
  const hash = encoded.subarray(DB_BYTES, DB_BYTES + HASH_BYTES);
  const block = xor(encoded.subarray(0, DB_BYTES), mgf1(hash, DB_BYTES));
  block[0]! &= 0x7f;
  const saltAt = DB_BYTES - SALT_BYTES;
  if (block[saltAt - 1] !== 1 || block.subarray(0, saltAt - 1).some((byte) => byte !== 0)) return false;
  return sameBytes(hashOf(message, block.subarray(saltAt)), hash);
};
