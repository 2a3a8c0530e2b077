/**
 * Claims, evidence, findings, receipts, the log, and what they rest on. Pure: no clock, randomness or I/O.
 *
 * The main path: `encode` and `idOf` (canonical.ts) name a claim; `signReceipt` (receipt-build.ts) makes a receipt of it;
 * `verifyReceipt` (verify/verify-receipt.ts) judges the receipt against pinned trust, link by link.
 */
export * from './action.ts';
export * from './address.ts';
export * from './amounts.ts';
export * from './bytes.ts';
export * from './canonical.ts';
export * from './canonical-decode.ts';
export type * from './claim.ts';
export * from './claim-shape.ts';
export * from './dsse.ts';
export * from './ed25519.ts';
export * from './eip712/hash.ts';
export * from './eip712/operator.ts';
export * from './eip712/sign.ts';
export * from './eip712/types.ts';
export * from './errors.ts';
export type * from './evidence.ts';
export * from './evidence-shape.ts';
export * from './finding.ts';
export * from './hash.ts';
export type * from './json.ts';
export * from './log/checkpoint.ts';
export * from './log/cosignature.ts';
export * from './log/frontier.ts';
export * from './log/hash.ts';
export * from './log/note.ts';
export * from './log/ranges.ts';
export * from './log/tiles.ts';
export * from './log/verify-proof.ts';
export * from './model/publication.ts';
export * from './model/record.ts';
export * from './model/signed.ts';
export * from './model/verify.ts';
export * from './persons/blind.ts';
export * from './persons/issuer-key.ts';
export * from './persons/token.ts';
export type * from './receipt.ts';
export * from './receipt-build.ts';
export * from './receipt-shape.ts';
export type { Shape, Shaped } from './shape.ts';
export * as shapes from './shape.ts';
export * from './trust.ts';
export * from './verify/admit.ts';
export type { Check, CheckName, FreshAnswer } from './verify/check.ts';
export { CLOCK_SKEW_SECONDS } from './verify/checks/time.ts';
export type * from './verify/context.ts';
export { verifyEvidence } from './verify/evidence.ts';
export { overClaims } from './verify/over-claim.ts';
export * from './verify/tamper.ts';
export * from './verify/verify-receipt.ts';
export * from './votes.ts';
