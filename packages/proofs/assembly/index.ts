/** What the provers call (`packages/proofs/src/generated/kernels.ts` carries it compiled). */
export { hashPairs } from '../../programs/assembly/pairs';
export { columnScratch, hashColumns, hashPrefix } from './columns';
