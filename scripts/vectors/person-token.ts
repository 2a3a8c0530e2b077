/** Writes `vectors/person-token.json`: tokens of persons, and what is none (spec 21.10). Run: `node scripts/vectors/person-token.ts` */
import { personVectors } from '../../packages/core/test/person-vectors.ts';
import { writeVectors } from './write.ts';

writeVectors('person-token', personVectors());
