/** ECDSA signatures by keys that attestations name; `r ‖ s`, or DER where X.509 has it. */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';

export type CurveName = 'P-256' | 'P-384';

const HASH = { 'P-256': 'sha256', 'P-384': 'sha384' } as const;
const CURVE = { 'P-256': 'prime256v1', 'P-384': 'secp384r1' } as const;

const base64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** A key of `x ‖ y`; `null` where no such point lies on the curve. */
export const keyOfPoint = (curve: CurveName, point: Uint8Array): KeyObject | null => {
  const half = point.length / 2;
  const jwk = { kty: 'EC', crv: curve, x: base64Url(point.subarray(0, half)), y: base64Url(point.subarray(half)) };
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return null;
  }
};

/** A key of a SubjectPublicKeyInfo; `null` where it is not on that curve. */
export const keyOfSpki = (curve: CurveName, spki: Uint8Array): KeyObject | null => {
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    return key.asymmetricKeyDetails?.namedCurve === CURVE[curve] ? key : null;
  } catch {
    return null;
  }
};

/** Whether the key made this signature `r ‖ s` over the message, hashed with the hash of the curve's size. */
export const signed = (curve: CurveName, key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean =>
  verify(HASH[curve], message, { key, dsaEncoding: 'ieee-p1363' }, signature);

/** As {@link signed}, for P-256 signatures in DER, as X.509 has them. */
export const signedDer = (key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean =>
  verify('sha256', message, { key, dsaEncoding: 'der' }, signature);
