/** The two hash functions of Surety, so that no other package needs to choose a library for them. */
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { toHex } from './bytes.ts';

/** SHA-256 (FIPS 180-4), 32 bytes. */
export const sha256 = (bytes: Uint8Array): Uint8Array => nobleSha256(bytes);

/** Keccak-256 as Ethereum uses it (not SHA3-256), 32 bytes. */
export const keccak256 = (bytes: Uint8Array): Uint8Array => keccak_256(bytes);

/** SHA-256 of bytes, lower-case hex without a prefix. */
export const sha256Hex = (bytes: Uint8Array): string => toHex(nobleSha256(bytes));
