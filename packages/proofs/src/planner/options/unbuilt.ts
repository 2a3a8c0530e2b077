/** The route that the design has and nobody has built yet. */
import { type RouteOption, refused } from '../option.ts';

export const zeroKnowledge = (): RouteOption =>
  refused('zero-knowledge', 'Proofs of a run that hide weights or input are not built yet.');
