/** `@surety/sdk/court`: cases in words, and votes, for a page and for a terminal alike. */
export { OUTCOME } from '@surety/core';
export type { CaseSummary, ChainCase, ChainCases, CourtCase, CourtJuror } from '@surety/protocol';
export * from './court/ballot.ts';
export * from './court/person.ts';
export * from './court/persons-words.ts';
export * from './court/seat-steps.ts';
export * from './court/terms-words.ts';
export * from './court/wallet-steps.ts';
export * from './court/words.ts';
