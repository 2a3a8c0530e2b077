/** What the host calls (`packages/programs/src/engine/kernels.ts` names the types). */
export { packTiles } from './gemm';
export { run, work } from './run';
export { chunkCount, foldTree, hashChunks, hashTensors } from './sha256';
export { packDepthwise } from './window';
