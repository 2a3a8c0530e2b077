/** secp256k1 signatures over Surety's EIP-712 structs: r ‖ s ‖ v in 0x-hex, s in the lower half, v 27 or 28. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { addressOfPublicKey } from '../address.ts';
import { concatBytes, from0x, to0x } from '../bytes.ts';
import { ok, type Result, refuse, show } from '../errors.ts';
import { typedDataDigest } from './hash.ts';
import { type SigningDomain, suretyDomain, TYPED_TYPES, type TypedMessages } from './types.ts';

/** The 32 bytes that a wallet signs for `message`. */
export const typedDigest = <K extends keyof TypedMessages>(
  kind: K,
  message: TypedMessages[K],
  domain: SigningDomain,
): Uint8Array => typedDataDigest(suretyDomain(domain), kind, TYPED_TYPES, message);

/** The EIP-55 address of a 32-byte secp256k1 secret key. */
export const addressOfSecretKey = (secretKey: Uint8Array): string =>
  addressOfPublicKey(secp256k1.getPublicKey(secretKey, false));

/** Signs a 32-byte digest; deterministic (RFC 6979), low s. */
export const signDigest = (digest: Uint8Array, secretKey: Uint8Array): string => {
  const signature = secp256k1.sign(digest, secretKey, { prehash: false, format: 'recovered' });
  return to0x(concatBytes(signature.subarray(1), new Uint8Array([27 + signature[0]!])));
};

/** Signs one of Surety's structs; returns 65 bytes as 0x-hex. */
export const signTyped = <K extends keyof TypedMessages>(
  kind: K,
  message: TypedMessages[K],
  options: { readonly domain: SigningDomain; readonly secretKey: Uint8Array },
): string => signDigest(typedDigest(kind, message, options.domain), options.secretKey);

const refuseSignature = (signature: string, why: string, next: string): Result<never> =>
  refuse({
    code: 'signature.malformed',
    message: `The signature ${why}.`,
    next,
    field: 'signature',
    value: show(signature),
  });

/**
 * The EIP-55 address whose key made `signature` over `digest`. High s, other v and malformed text are refused, so a
 * signature has one text. Any well-formed signature recovers to *some* address: compare it with the one expected.
 */
export const recoverDigest = (digest: Uint8Array, signature: string): Result<string> => {
  const bytes = from0x(signature, { bytes: 65, field: 'signature' });
  if (!bytes.ok) return refuseSignature(signature, 'is not 65 bytes of 0x-hex', 'Send r, s and v, 65 bytes in all.');
  const v = bytes.value[64]!;
  if (v !== 27 && v !== 28) return refuseSignature(signature, 'has a v other than 27 or 28', 'Send v as 1b or 1c.');
  try {
    const parsed = secp256k1.Signature.fromBytes(bytes.value.subarray(0, 64), 'compact');
    if (parsed.hasHighS()) return refuseSignature(signature, 'has s in the upper half', 'Sign with low s (EIP-2).');
    return ok(
      addressOfPublicKey(
        parsed
          .addRecoveryBit(v - 27)
          .recoverPublicKey(digest)
          .toBytes(false),
      ),
    );
  } catch {
    return refuseSignature(signature, 'belongs to no key', 'Sign the message again.');
  }
};

/** The EIP-55 address that signed one of Surety's structs; see {@link recoverDigest}. */
export const recoverTyped = <K extends keyof TypedMessages>(
  kind: K,
  message: TypedMessages[K],
  options: { readonly domain: SigningDomain; readonly signature: string },
): Result<string> => recoverDigest(typedDigest(kind, message, options.domain), options.signature);

/** Whether `address` signed the struct; the problem names the address that did instead. */
export const verifyTyped = <K extends keyof TypedMessages>(
  kind: K,
  message: TypedMessages[K],
  options: { readonly domain: SigningDomain; readonly signature: string; readonly address: string },
): Result<true> => {
  const signer = recoverTyped(kind, message, options);
  if (!signer.ok) return signer;
  if (signer.value === options.address) return ok(true);
  return refuse({
    code: 'signature.wrong-signer',
    message: `The ${kind} signature is not by ${options.address}: what was signed, or who signed it, differs.`,
    next: 'Sign exactly this message, on this chain and contract, with that address.',
    field: 'signature',
    value: signer.value,
  });
};
