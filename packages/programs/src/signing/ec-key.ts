/** Elliptic-curve keys of signers: P-256, P-384 and P-521, each with the hash of its size (OMS algorithm registry). */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { ok, type Result, refuse, show } from '@surety/core';
import { translate } from './problem.ts';

const HASH_OF_CURVE = { prime256v1: 'sha256', secp384r1: 'sha384', secp521r1: 'sha512' } as const;
const NAME_OF_CURVE = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' } as const;
type Curve = keyof typeof HASH_OF_CURVE;

export type EcKey = {
  readonly key: KeyObject;
  readonly curve: (typeof NAME_OF_CURVE)[Curve];
  /** What signatures by this key hash their message with. */
  readonly hash: (typeof HASH_OF_CURVE)[Curve];
  /** SHA-256 of the key's PEM, in hex: what bundles call its hint. */
  readonly fingerprint: string;
};

const malformed = (field: string, what: string, value: unknown): Result<never> =>
  refuse({
    code: 'signature.malformed',
    message: `${field} ${what}.`,
    next: 'Give a public key on P-256, P-384 or P-521.',
    field,
    value: show(value),
    limit: 'P-256 | P-384 | P-521',
  });

/** @param field where the key was found, for the problem */
export const ecKeyOf = (read: () => KeyObject, field: string): Result<EcKey> => {
  const key = translate(read, (words) => malformed(field, 'is no key that can be read', words));
  if (!key.ok) return key;
  const curve = key.value.asymmetricKeyDetails?.namedCurve;
  if (key.value.type !== 'public' || curve === undefined || !Object.hasOwn(HASH_OF_CURVE, curve)) {
    return malformed(field, 'is no public key on a supported curve', curve ?? key.value.asymmetricKeyType);
  }
  const fingerprint = createHash('sha256')
    .update(key.value.export({ type: 'spki', format: 'pem' }))
    .digest('hex');
  const known = curve as Curve;
  return ok({ key: key.value, curve: NAME_OF_CURVE[known], hash: HASH_OF_CURVE[known], fingerprint });
};

/** A public key in PEM. */
export const readEcKey = (pem: string, field: string): Result<EcKey> =>
  // Node derives a public key from a private one; whoever pins a private key has made a mistake.
  pem.trimStart().startsWith('-----BEGIN PUBLIC KEY-----')
    ? ecKeyOf(() => createPublicKey(pem), field)
    : malformed(field, 'is no key that can be read', 'not a PEM public key');

/** Whether the key made this ECDSA signature (ASN.1 DER) of the message. Never throws. */
export const ecdsaVerifies = ({ key, hash }: EcKey, message: Uint8Array, signature: Uint8Array): boolean =>
  verify(hash, message, { key, dsaEncoding: 'der' }, signature);
