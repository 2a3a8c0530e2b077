/**
 * Writes `vectors/model-signing.json`: bundles of signed models and what a verifier says of each.
 * Run: `node scripts/vectors/model-signing.ts`
 */
import { signingVectors } from '../../packages/programs/test/signing-vectors.ts';
import { writeVectors } from './write.ts';

writeVectors('model-signing', await signingVectors());
