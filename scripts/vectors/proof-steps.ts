/** Writes `vectors/proof-steps.json`: instructions of a proof's verifier, and steps of one that hides (spec 20.7). Run: `node scripts/vectors/proof-steps.ts` */

import { toHex } from '../../packages/core/src/index.ts';
import { hidingVectors } from '../../packages/proofs/test/step-hiding-vectors.ts';
import { STEP_RUN, stepVectors } from '../../packages/proofs/test/step-vectors.ts';
import { writeVectors } from './write.ts';

writeVectors('proof-steps', {
  input: toHex(STEP_RUN.input),
  output: toHex(STEP_RUN.output),
  steps: stepVectors(2, 1),
  hiding: await hidingVectors(),
});
