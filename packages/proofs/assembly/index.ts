/** What the provers call (`packages/proofs/src/generated/kernels.ts` carries it compiled). */
export { hashPairs } from '../../programs/assembly/pairs';
export { dotBase, dotExt, eqTable, foldBase, foldExt } from './vector';
export { denominators, joinFractions, roundFractions, sumFractions } from './fractions';
