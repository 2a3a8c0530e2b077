/** The fast tier of chunk trees: four chunks at a time in the kernels' memory. */
import { HASH_SCRATCH_BYTES, RESERVED_BYTES } from '../engine/kernels.ts';
import { Machine } from '../engine/machine.ts';
import { valueBytes } from '../file/file.ts';
import { DTYPE_BYTES, elements } from '../tensor.ts';
import { CHUNK_BYTES, chunkCount, type HashChunks } from './tensor.ts';

/** Bytes of a tensor that lie in the kernels' memory at a time; a longer row lies there whole. */
const PIECE_BYTES = 2 ** 20;

/** A list of one value and what follows it, or of one tree. */
const LIST_BYTES = 64;

/**
 * A {@link HashChunks} that gives the same roots as the readable one.
 * @param machine what it shares the memory of; engines on it bring their constants back when they run next
 */
export const createHasher = async (machine?: Machine): Promise<HashChunks> => {
  const { kernels, memory } = machine ?? (await Machine.create());
  const own = machine ?? null;
  return (tensor) => {
    if (own !== null) own.owner = null;
    const bytes = valueBytes(tensor.values);
    const rows = elements(tensor.shape.slice(0, -1));
    const rowBytes = (tensor.shape.at(-1) ?? 1) * DTYPE_BYTES[tensor.dtype];
    // Pieces end where chunks end: after whole rows, and of short rows after as many as make a chunk.
    const together = rowBytes >= CHUNK_BYTES ? 1 : Math.floor(CHUNK_BYTES / rowBytes);
    const step = Math.max(1, Math.floor(PIECE_BYTES / (together * rowBytes))) * together;
    const scratch = RESERVED_BYTES;
    const list = scratch + HASH_SCRATCH_BYTES;
    const data = list + LIST_BYTES;
    const leaves = data + Math.ceil((Math.min(step, rows) * rowBytes) / 64) * 64;
    const count = chunkCount(tensor);
    const end = leaves + count * 32;
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
    const target = new Uint8Array(memory.buffer);
    const words = new Uint32Array(memory.buffer, list, LIST_BYTES / 4);
    for (let row = 0, done = 0; row < rows; row += step) {
      const some = Math.min(step, rows - row);
      target.set(bytes.subarray(row * rowBytes, (row + some) * rowBytes), data);
      const chunks = kernels.chunkCount(rowBytes, some);
      words.set([0, data, 0, rowBytes, some, chunks, chunks]);
      kernels.hashChunks(list, 0, chunks, leaves + done * 32, scratch);
      done += chunks;
    }
    words.set([leaves, count, 1, leaves, 0, 0]);
    kernels.foldTrees(list, 1, scratch);
    return target.slice(leaves, leaves + 32);
  };
};
