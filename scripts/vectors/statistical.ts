/** Writes `vectors/statistical.json`: draws, records, a batch (spec 19). Run: `node scripts/vectors/statistical.ts` */
import { statisticalVectors } from '../../packages/proofs/test/statistical-vectors.ts';
import { writeVectors } from './write.ts';

writeVectors('statistical', await statisticalVectors());
