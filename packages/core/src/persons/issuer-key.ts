/**
 * Keys of issuers of person tokens: RSA of 2048 bits with exponent 65537, as a SubjectPublicKeyInfo for RSASSA-PSS with
 * SHA-384, MGF1 over it and 48 bytes of salt. For such keys the encoding (RFC 9578, section 6.5) is fixed but for the modulus, so it
 * is compared, not parsed.
 */
import { concatBytes, fromHex, sameBytes, toHex } from '../bytes.ts';
import { ok, type Result, refuse, unwrap } from '../errors.ts';
import { sha256 } from '../hash.ts';

const HEAD = unwrap(
  fromHex(
    '30820152303d06092a864886f70d01010a3030a00d300b0609608648016503040202a11a301806092a864886f70d010108300b0609608648016503040202' +
      'a2030201300382010f003082010a0282010100',
  ),
);
const EXPONENT = new Uint8Array([2, 3, 1, 0, 1]);

/** Bytes of a modulus, of a signature, and of the whole key. */
export const RSA_BYTES = 256;
export const ISSUER_KEY_BYTES = HEAD.length + RSA_BYTES + EXPONENT.length;

export type IssuerKey = {
  /** The whole SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  readonly modulus: bigint;
  /** SHA-256 of it: what tokens name. */
  readonly id: Uint8Array;
};

const MALFORMED = {
  code: 'input.malformed',
  message: 'The key is none of an issuer of person tokens.',
  next: 'Take the key that the issuer publishes for token type 2 (RFC 9578, section 6.5).',
} as const;

/** The key of an issuer from its bytes. */
export const readIssuerKey = (spki: Uint8Array, field = 'tokenKey'): Result<IssuerKey> => {
  const limit = `${ISSUER_KEY_BYTES} bytes: RSASSA-PSS, SHA-384, 2048 bits, exponent 65537`;
  const modulus = spki.subarray(HEAD.length, HEAD.length + RSA_BYTES);
  const fits =
    spki.length === ISSUER_KEY_BYTES &&
    sameBytes(spki.subarray(0, HEAD.length), HEAD) &&
    sameBytes(spki.subarray(HEAD.length + RSA_BYTES), EXPONENT) &&
    modulus[0]! >= 128 &&
    modulus[RSA_BYTES - 1]! % 2 === 1;
  if (!fits) return refuse({ ...MALFORMED, field, value: toHex(spki.subarray(0, 16)), limit });
  return ok({ spki, modulus: BigInt(`0x${toHex(modulus)}`), id: sha256(spki) });
};

/** The bytes of the key with a modulus of 2048 bits. */
export const issuerKeyOf = (modulus: Uint8Array): Uint8Array => concatBytes(HEAD, modulus, EXPONENT);
