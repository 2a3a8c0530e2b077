/**
 * Analysts: readers that say how likely a subject is a scam, what they saw, and what they did not look at.
 * `players.ts` lists those that bet, `jurors/jurors.ts` those that judge; `analyst.ts` says what one is.
 */

export * from './pure.ts';
