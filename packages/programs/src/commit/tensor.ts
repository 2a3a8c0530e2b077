/** Commitments to tensors (spec 12.7), the readable tier: chunks, the root of their tree, and one chunk opened. */
import {
  appendLeaf,
  concatBytes,
  EMPTY_FRONTIER,
  frontierRoot,
  inclusionRanges,
  leafHash,
  ok,
  type Result,
  rangeHash,
  refuse,
  rootOfInclusion,
  sameBytes,
  sha256,
  utf8,
} from '@surety/core';
import { valueBytes } from '../file/file.ts';
import { DTYPE_BYTES, DTYPE_CODE, elements, type Tensor, type TensorType } from '../tensor.ts';

export const CHUNK_BYTES = 1_024;

/** Where a chunk of a tensor lies, in bytes of its values. */
export type Span = { readonly offset: number; readonly length: number };

const rowsOf = ({ dtype, shape }: TensorType): { readonly rows: number; readonly rowBytes: number } => ({
  rows: elements(shape.slice(0, -1)),
  rowBytes: (shape.at(-1) ?? 1) * DTYPE_BYTES[dtype],
});

export const chunkCount = (type: TensorType): number => {
  const { rows, rowBytes } = rowsOf(type);
  if (rowBytes >= CHUNK_BYTES) return rows * Math.ceil(rowBytes / CHUNK_BYTES);
  return Math.ceil(rows / Math.floor(CHUNK_BYTES / rowBytes));
};

/** Chunk `index` of a tensor; rows are never shared between chunks unless they are short. */
export const chunkSpan = (type: TensorType, index: number): Span => {
  const { rows, rowBytes } = rowsOf(type);
  if (rowBytes >= CHUNK_BYTES) {
    const each = Math.ceil(rowBytes / CHUNK_BYTES);
    const start = (index % each) * CHUNK_BYTES;
    return { offset: Math.floor(index / each) * rowBytes + start, length: Math.min(CHUNK_BYTES, rowBytes - start) };
  }
  const together = Math.floor(CHUNK_BYTES / rowBytes);
  const first = index * together;
  return { offset: first * rowBytes, length: Math.min(together, rows - first) * rowBytes };
};

/** `SHA-256(tag ‖ 0x00 ‖ parts)`. */
export const tagged = (tag: string, ...parts: readonly Uint8Array[]): Uint8Array =>
  sha256(concatBytes(utf8(tag), new Uint8Array(1), ...parts));

/** Root of the RFC 9162 tree over entries. */
export const treeRoot = (entries: Iterable<Uint8Array>): Uint8Array => {
  let frontier = EMPTY_FRONTIER;
  for (const entry of entries) frontier = appendLeaf(frontier, leafHash(entry)).frontier;
  return frontierRoot(frontier);
};

/** What hashes the chunks of a tensor to `MTH(chunks)`: this file's way, or a faster one. */
export type HashChunks = (tensor: Tensor) => Uint8Array;

const chunksOf = function* (tensor: Tensor): Generator<Uint8Array> {
  const bytes = valueBytes(tensor.values);
  const count = chunkCount(tensor);
  for (let i = 0; i < count; i++) {
    const { offset, length } = chunkSpan(tensor, i);
    yield bytes.subarray(offset, offset + length);
  }
};

export const hashChunks: HashChunks = (tensor) => treeRoot(chunksOf(tensor));

/** Numbers as u32, one after the other. */
export const bigEndian = (words: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [i, word] of words.entries()) view.setUint32(4 * i, word);
  return bytes;
};

/** What T hashes before the root of the chunks. */
export const tensorPrefix = ({ dtype, shape }: TensorType): Uint8Array =>
  concatBytes(utf8('surety:tensor:v1\0'), Uint8Array.of(DTYPE_CODE[dtype], shape.length), bigEndian(shape));

/** T of a tensor whose chunks hash to `chunks`. */
export const rootOfChunks = (type: TensorType, chunks: Uint8Array): Uint8Array =>
  sha256(concatBytes(tensorPrefix(type), chunks));

/** T of a tensor. */
export const tensorRoot = (tensor: Tensor, hash: HashChunks = hashChunks): Uint8Array =>
  rootOfChunks(tensor, hash(tensor));

/** One chunk and the hashes that lead from it to `MTH(chunks)`, lowest first. */
export type Opening = { readonly index: number; readonly chunk: Uint8Array; readonly path: readonly Uint8Array[] };

/** Complete subtrees of leaf hashes, level by level. */
const levelsOf = (leaves: readonly Uint8Array[]): ((level: number, index: number) => Uint8Array) => {
  const known = new Map<string, Uint8Array>();
  let frontier = EMPTY_FRONTIER;
  for (const leaf of leaves) {
    const step = appendLeaf(frontier, leaf);
    frontier = step.frontier;
    for (const { level, index, hash } of step.completed) known.set(`${level} ${index}`, hash);
  }
  return (level, index) => known.get(`${level} ${index}`)!;
};

/**
 * Opens a chunk.
 * @throws {SuretyError} `input.out-of-range` when there is no such chunk
 */
export const openChunk = async (tensor: Tensor, index: number): Promise<Opening> => {
  const ranges = inclusionRanges(index, chunkCount(tensor));
  const chunks = [...chunksOf(tensor)];
  const read = levelsOf(chunks.map(leafHash));
  const path = await Promise.all(ranges.map((range) => rangeHash(range, read)));
  return { index, chunk: chunks[index]!.slice(), path };
};

/** The span that an opened chunk shows, if it belongs to the tensor root; `program.opening` else. */
export const verifyOpening = (type: TensorType, root: Uint8Array, { index, chunk, path }: Opening): Result<Span> => {
  const wrong = (message: string, value: string): Result<never> =>
    refuse({
      code: 'program.opening',
      message,
      next: 'Open the chunk again from the tensor that was committed to.',
      field: 'opening',
      value,
    });
  const size = chunkCount(type);
  const chunks = rootOfInclusion(leafHash(chunk), { index, size }, path);
  if (!chunks.ok) return wrong(chunks.problem.message, `chunk ${index} of ${size}`);
  const span = chunkSpan(type, index);
  if (span.length !== chunk.length) return wrong(`Chunk ${index} has ${span.length} bytes.`, `${chunk.length} bytes`);
  if (sameBytes(rootOfChunks(type, chunks.value), root)) return ok(span);
  return wrong(`Chunk ${index} does not lead to the tensor's root.`, `chunk ${index} of ${size}`);
};
