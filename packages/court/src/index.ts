/**
 * The court: whether an answer is right, decided by AI jurors first and people last, as a pure game over votes and bonds. The main
 * path is `step` in game.ts; the rules are spec 21.
 */
export * from './answer.ts';
export { drawSeats, TICKETS_PER_SEAT } from './draw.ts';
export type * from './events.ts';
export * from './exclusion.ts';
export * from './families.ts';
export * from './game.ts';
export * from './grounds.ts';
export { commitmentOf, readingOf, seedOf } from './hashes.ts';
export { type Need, needOf, totalOf } from './need.ts';
export * from './policy.ts';
export * from './price.ts';
export type * from './state.ts';
export type * from './terms.ts';
