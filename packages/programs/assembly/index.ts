/** What the host calls (`packages/programs/src/engine/kernels.ts` names the types). */
export { chunkCount, hashChunks } from './chunks';
export { packTiles } from './gemm';
export { hashMany } from './messages';
export { run, work } from './run';
export { hashTensors } from './tensors';
export { foldTrees } from './trees';
export { packDepthwise } from './window';
