/** An enclave ends its own key at `EnclaveKeys.sol`, e.g. before it stops: nobody else can, and nothing undoes it. */
import { type SigningDomain, signDigest, suretyDomain, type TypedTypes, typedDataDigest } from '@surety/core';

const TYPES: TypedTypes = { RevokeKey: [{ name: 'key', type: 'address' }] };

/**
 * Signs the end of a key.
 * @param options.key EIP-55 address of the secp256k1 key
 * @param options.domain chain and EnclaveKeys that it ends at
 * @returns 65 bytes, for `revokeKey`
 */
export const signKeyRevocation = (options: {
  readonly key: string;
  readonly domain: SigningDomain;
  readonly secretKey: Uint8Array;
}): string => {
  const digest = typedDataDigest(suretyDomain(options.domain), 'RevokeKey', TYPES, { key: options.key });
  return signDigest(digest, options.secretKey);
};
