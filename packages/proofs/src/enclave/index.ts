/**
 * The enclave route: a key that a maker of hardware vouches for, bound to the code that holds it (spec 16).
 *
 * The main path: `verifyNitro` (nitro/verify.ts) or `verifyTdx` (tdx/verify.ts) checks an attestation under pinned roots;
 * `attestedKey` (key.ts) takes the key out of it if the policy accepts the code; `verifyRunSignature` (run-signature.ts)
 * checks what the key signed; `finding.ts` says what that shows. `node:crypto` throughout, so this is apart from what
 * browsers load; no clock, randomness or I/O.
 */
export type * from './attestation.ts';
export * from './finding.ts';
export * from './key.ts';
export * from './key-revocation.ts';
export * from './measurement.ts';
export * from './nitro/document.ts';
export * from './nitro/verify.ts';
export * from './policy.ts';
export * from './roots.ts';
export * from './run-signature.ts';
export * from './tdx/collateral.ts';
export * from './tdx/parts.ts';
export * from './tdx/quote.ts';
export type { TdReport } from './tdx/report.ts';
export type { Tcb } from './tdx/tcb.ts';
export * from './tdx/verify.ts';
