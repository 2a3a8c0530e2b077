/**
 * Tensor programs (spec 12) as players: `adapter.ts` says how a subject becomes a program's input and its output a
 * probability, `tensor-player.ts` runs both, `held.ts` runs again what reports of others name.
 */
export * from './adapter.ts';
export * from './folder.ts';
export * from './held.ts';
export * from './tensor-player.ts';
