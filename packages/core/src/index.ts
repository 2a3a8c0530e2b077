export * from './errors.ts';
export type * from './claim.ts';
export type * from './evidence.ts';
export * from './finding.ts';
export type * from './receipt.ts';
