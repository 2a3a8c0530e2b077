/** The data of a proof: what `prove` made, laid out so that each step reads one stretch (spec 20.6). */
import { concatBytes, nodeHash, ok, type Result, sha256 } from '@surety/core';
import { type Tensor, valueBytes } from '@surety/programs';
import { Transcript } from '../../channel/transcript.ts';
import { SALT_BYTES } from '../../commit/commit.ts';
import { leafPrefix } from '../../commit/shape.ts';
import { HASH_BYTES } from '../../commit/tree.ts';
import { Cursor, malformed } from '../../file/bytes.ts';
import type { ColumnLayout, ColumnPlace } from './columns.ts';
import type { DataLayout } from './program.ts';

/** A proof, and what it is of. */
export type ProofParts = {
  readonly statement: Uint8Array;
  /** Null where it is hidden. */
  readonly input: Tensor | null;
  readonly output: Tensor;
  readonly proof: Uint8Array;
};

const tooShort = malformed('proof', 'The proof ends before it should.');

/** Words of a column, big-endian, out of rows of as many little-endian words as there are columns. */
const columnOf = (words: Uint8Array, rows: number, columns: number, k: number): Uint8Array => {
  const column = new Uint8Array(4 * rows);
  for (let row = 0; row < rows; row++) {
    const at = 4 * (row * columns + k);
    for (let i = 0; i < 4; i++) column[4 * row + i] = words[at + 3 - i]!;
  }
  return column;
};

/** The nodes beside each leaf's way to the root, out of those that no leaf gives: level by level, as `commit/tree.ts` reads them. */
const pathsOf = (
  leaves: readonly Uint8Array[],
  positions: readonly number[],
  count: number,
  nodes: Cursor,
): readonly Uint8Array[][] | null => {
  const paths: Uint8Array[][] = positions.map(() => []);
  let known = new Map(positions.map((position, k) => [position, leaves[k]!]));
  for (let size = count, level = 0; size > 1; size /= 2, level++) {
    const next = new Map<number, Uint8Array>();
    for (const index of [...known.keys()]) {
      if (!known.has(index ^ 1)) {
        const node = nodes.take(HASH_BYTES);
        if (node === null) return null;
        known.set(index ^ 1, node);
      }
      const [left, right] = [known.get(index & ~1)!, known.get(index | 1)!];
      next.set(index >> 1, nodeHash(left, right));
    }
    for (const [k, position] of positions.entries()) paths[k]!.push(known.get((position >> level) ^ 1)!);
    known = next;
  }
  return paths;
};

/** Lays out the columns that open a matrix, and their paths; false where the proof ends before. */
const placeColumns = (
  data: Uint8Array,
  { offset, queries, levels, stride }: ColumnLayout,
  { shape, at, pathAt }: ColumnPlace,
  positions: readonly number[],
  cursor: Cursor,
): boolean => {
  const words = cursor.take(4 * shape.rows * queries);
  const salts = cursor.take(shape.randomness > 0 ? SALT_BYTES * queries : 0);
  if (words === null || salts === null) return false;
  const size = salts.length / queries;
  const hashed = positions.map((_, k) =>
    concatBytes(columnOf(words, shape.rows, queries, k), salts.subarray(k * size, (k + 1) * size)),
  );
  const prefix = leafPrefix(shape);
  const leaves = hashed.map((column) => sha256(concatBytes(prefix, column)));
  const paths = pathsOf(leaves, positions, 2 ** levels, cursor);
  if (paths === null) return false;
  for (const [k, column] of hashed.entries()) {
    data.set(column, offset + k * stride + at);
    data.set(concatBytes(...paths[k]!), offset + k * stride + pathAt);
  }
  return true;
};

/**
 * The bytes that a claim commits to. Nothing of the proof is checked but that its parts are as long as they should be.
 * Problems: `proof.malformed`.
 */
export const proofData = (layout: DataLayout, { statement, input, output, proof }: ProofParts): Result<Uint8Array> => {
  const data = new Uint8Array(layout.length);
  if (input !== null) data.set(valueBytes(input.values));
  data.set(valueBytes(output.values), layout.outputAt);
  const transcript = new Transcript();
  transcript.absorb(statement);
  const cursor = new Cursor(proof);
  const parts = [...layout.messages, ...layout.columns].sort((a, b) => a.offset - b.offset);
  for (const part of parts) {
    if ('length' in part) {
      const message = cursor.take(part.length);
      if (message === null) return tooShort;
      transcript.absorb(message);
      data.set(message, part.offset);
      continue;
    }
    const positions = transcript.indices(part.queries, 2 ** part.levels);
    for (const column of part.columns) {
      if (!placeColumns(data, part, column, positions, cursor)) return tooShort;
    }
  }
  if (cursor.rest().length > 0) return malformed('proof', 'Bytes follow the proof.');
  return ok(data);
};
