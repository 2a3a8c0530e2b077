/**
 * DSSE v1 envelopes (https://github.com/secure-systems-lab/dsse) signed with Ed25519 (RFC 8032). Verification is the
 * strict one of FIPS 186-5: canonical points and scalars only, so a signature has one text.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { concatBytes, fromBase64, fromHex, toBase64, toHex, utf8 } from './bytes.ts';
import { ok, type Result, refuse, show } from './errors.ts';

export type DsseSignature = { readonly keyid: string; readonly sig: string };

/** Pre-authentication encoding: what is signed, so that type and payload cannot be confused. */
export const preAuthEncoding = (payloadType: string, payload: Uint8Array): Uint8Array => {
  const type = utf8(payloadType);
  return concatBytes(utf8(`DSSEv1 ${type.length} `), type, utf8(` ${payload.length} `), payload);
};

/** The Ed25519 public key of a 32-byte secret key, in hex. */
export const ed25519PublicKey = (secretKey: Uint8Array): string => toHex(ed25519.getPublicKey(secretKey));

/** Ed25519 signature of any bytes. */
export const ed25519Sign = (message: Uint8Array, secretKey: Uint8Array): Uint8Array => ed25519.sign(message, secretKey);

/** Whether `publicKey` (32 bytes) signed `message`; strict, never throws. */
export const ed25519Verify = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean => {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
};

/** Signs a payload; `keyid` is the public key itself, in hex. */
export const signDsse = (payloadType: string, payload: Uint8Array, secretKey: Uint8Array): DsseSignature => ({
  keyid: ed25519PublicKey(secretKey),
  sig: toBase64(ed25519.sign(preAuthEncoding(payloadType, payload), secretKey)),
});

/** Whether the key that `keyid` names signed the payload. Whom the key belongs to is the caller's to know. */
export const verifyDsse = (payloadType: string, payload: Uint8Array, signature: DsseSignature): Result<true> => {
  const key = fromHex(signature.keyid, { bytes: 32, field: 'keyid' });
  if (!key.ok) return key;
  const sig = fromBase64(signature.sig, { bytes: 64, field: 'sig' });
  if (!sig.ok) return sig;
  if (ed25519Verify(sig.value, preAuthEncoding(payloadType, payload), key.value)) return ok(true);
  return refuse({
    code: 'signature.wrong-signer',
    message: 'The envelope signature does not fit payload, payload type and key: one of them was changed.',
    next: 'Get the receipt again from whoever issued it.',
    field: 'envelope.signatures.0.sig',
    value: show(signature.sig),
  });
};
