/** What the provers call (`packages/proofs/src/generated/kernels.ts` carries it compiled). */
export { hashPairs } from '../../programs/assembly/pairs';
export { encode } from './circle';
export { columnScratch, hashColumns, hashPrefix } from './columns';
export { denominators, joinFractions, roundFractions, sumFractions } from './fractions';
export { roundOfTwo } from './products';
export { addRows, addScaled } from './rows';
export { addExt, contractBase, contractExt, outer, scatter } from './contract';
export { roundOfTwo, spread, weightedRound } from './products';
export { dotBase, dotExt, eqTable, foldBase, foldExt } from './vector';
export { foldBytes } from './weights';
