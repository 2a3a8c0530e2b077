/** Writes `vectors/enclave.json`: development attestations and what is in them. Run: `node scripts/vectors/enclave.ts` */
import { enclaveVectors } from '../../packages/proofs/test/vectors.ts';
import { writeVectors } from './write.ts';

writeVectors('enclave', enclaveVectors());
