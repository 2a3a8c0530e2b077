/**
 * DSSE v1 envelopes (https://github.com/secure-systems-lab/dsse) signed with Ed25519; see `ed25519.ts` for how
 * strictly they are verified.
 */
import { concatBytes, fromBase64, fromHex, toBase64, utf8 } from './bytes.ts';
import { ed25519PublicKey, ed25519Sign, ed25519Verify } from './ed25519.ts';
import { ok, type Result, refuse, show } from './errors.ts';

export type DsseSignature = { readonly keyid: string; readonly sig: string };

/** Pre-authentication encoding: what is signed, so that type and payload cannot be confused. */
export const preAuthEncoding = (payloadType: string, payload: Uint8Array): Uint8Array => {
  const type = utf8(payloadType);
  return concatBytes(utf8(`DSSEv1 ${type.length} `), type, utf8(` ${payload.length} `), payload);
};

/** Signs a payload; `keyid` is the public key itself, in hex. */
export const signDsse = (payloadType: string, payload: Uint8Array, secretKey: Uint8Array): DsseSignature => ({
  keyid: ed25519PublicKey(secretKey),
  sig: toBase64(ed25519Sign(preAuthEncoding(payloadType, payload), secretKey)),
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
