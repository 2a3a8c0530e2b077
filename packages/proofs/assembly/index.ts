/** What the provers call (`packages/proofs/src/generated/kernels.ts` carries it compiled). */
export { hashPairs } from '../../programs/assembly/pairs';
export { encode } from './circle';
export { addRows } from './rows';
export { dotBase, dotExt, eqTable, foldBase, foldExt } from './vector';
