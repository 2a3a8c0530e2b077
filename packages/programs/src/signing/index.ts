/**
 * OpenSSF model signing (OMS 1.0): a model signed by its maker keeps that evidence.
 *
 * The main path: `verifyModelSignature` (verify.ts) reads a bundle, finds its signer in pinned trust and compares the
 * files; `modelSignatureFinding` (finding.ts) says what that shows; `signModel` (sign.ts) writes bundles. No clock,
 * randomness or I/O; `node:crypto` for signatures and digests, so this is apart from what browsers load.
 */
export { BUNDLE_LIMITS } from './bundle.ts';
export type { ComputedHash, FileContent, HashName, ModelFile } from './digest.ts';
export * from './finding.ts';
export type { Identity, KeylessSigner, KeylessTrust } from './keyless.ts';
export type { Compared, CompareOptions } from './manifest.ts';
export * from './sign.ts';
export type { Resource, Serialization, Statement } from './statement.ts';
export * from './verify.ts';
