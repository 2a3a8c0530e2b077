export * from './bytes.ts';
export * from './canonical.ts';
export * from './canonical-decode.ts';
export type * from './claim.ts';
export * from './errors.ts';
export type * from './evidence.ts';
export * from './finding.ts';
export type * from './json.ts';
export type * from './receipt.ts';
