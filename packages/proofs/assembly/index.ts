/** What the provers call (`packages/proofs/src/generated/kernels.ts` carries it compiled). */
export { hashPairs } from '../../programs/assembly/pairs';
export { encode } from './circle';
export { columnScratch, hashColumns, hashPrefix } from './columns';
export { addExt, contractBase, contractExt, foldGroups, outer, scatter } from './contract';
export { roundOfTwo, weightedRound } from './products';
export { denominators, joinFractions, roundFractions, sumFractions, sumWeighted } from './fractions';
export { hashLong, longScratch } from './long';
export { addRows, addScaled, spreadWeights } from './rows';
export { innerRows, stageChannels, stageSums } from './sums';
export { finish, handOut, work } from './team';
export { foldImage } from './image';
export { makeTwiddles } from './twiddles';
export { dotBase, dotExt, eqTable, foldBase, foldExt } from './vector';
export { foldBytes } from './weights';
