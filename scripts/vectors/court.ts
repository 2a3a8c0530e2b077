/** Writes `vectors/court.json`: hashes, draws and lives of cases (spec 21). Run: `node scripts/vectors/court.ts` */
import { courtVectors } from '../../packages/court/test/vectors.ts';
import { writeVectors } from './write.ts';

writeVectors('court', courtVectors());
