/** Routes that the design has and nobody has built yet. */
import { type RouteOption, refused } from '../option.ts';

export const zeroKnowledge = (): RouteOption =>
  refused('zero-knowledge', 'Proofs of a run that hide weights or input are not built yet.');

export const statistical = (): RouteOption =>
  refused(
    'statistical',
    'Fingerprints of a run are not built yet. They would only raise doubt: a fingerprint never slashes.',
  );
