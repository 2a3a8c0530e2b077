/** What the provers call (`packages/proofs/src/generated/kernels.ts` carries it compiled). */
export { hashPairs } from '../../programs/assembly/pairs';
export { addExt, contractBase, contractExt, foldGroups, outer, scatter } from './contract';
export { roundOfTwo, weightedRound } from './products';
export { dotBase, dotExt, eqTable, foldBase, foldExt } from './vector';
export { foldBytes } from './weights';
