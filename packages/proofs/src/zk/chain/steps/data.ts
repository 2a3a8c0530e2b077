/** The data of a proof: what `prove` made, laid out so that each step reads one stretch (spec 20.6). */
import { concatBytes, nodeHash, ok, type Result, sha256 } from '@surety/core';
import { type Tensor, valueBytes } from '@surety/programs';
import { Transcript } from '../../channel/transcript.ts';
import { codeLength, leafPrefix, type MatrixShape } from '../../commit/shape.ts';
import { HASH_BYTES } from '../../commit/tree.ts';
import { Cursor, malformed } from '../../file/bytes.ts';
import type { DataLayout } from './program.ts';

/** A proof that shows its input, and what it is of. */
export type ProofParts = {
  readonly statement: Uint8Array;
  readonly input: Tensor;
  readonly output: Tensor;
  readonly proof: Uint8Array;
};

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

/**
 * The bytes that a claim commits to. Nothing of the proof is checked but that its parts are as long as they should be.
 * Problems: `proof.malformed`.
 */
export const proofData = (
  layout: DataLayout,
  shapes: readonly MatrixShape[],
  { statement, input, output, proof }: ProofParts,
): Result<Uint8Array> => {
  const data = new Uint8Array(layout.length);
  data.set(valueBytes(input.values));
  data.set(valueBytes(output.values), layout.outputAt);
  const transcript = new Transcript();
  transcript.absorb(statement);
  const cursor = new Cursor(proof);
  const tooShort = malformed('proof', 'The proof ends before it should.');
  let at = layout.messagesAt;
  for (const length of layout.messages) {
    const message = cursor.take(length);
    if (message === null) return tooShort;
    transcript.absorb(message);
    data.set(message, at);
    at += length;
  }
  const { offset, queries, columns, stride } = layout.columns;
  const positions = transcript.indices(queries, codeLength(shapes[0]!));
  for (const [m, shape] of shapes.entries()) {
    const words = cursor.take(4 * shape.rows * queries);
    if (words === null) return tooShort;
    const own = positions.map((_, k) => columnOf(words, shape.rows, queries, k));
    const prefix = leafPrefix(shape);
    const leaves = own.map((column) => sha256(concatBytes(prefix, column)));
    const paths = pathsOf(leaves, positions, codeLength(shape), cursor);
    if (paths === null) return tooShort;
    for (const [k, column] of own.entries()) {
      const from = offset + k * stride;
      data.set(column, from + columns[m]!.at);
      data.set(concatBytes(...paths[k]!), from + columns[m]!.pathAt);
    }
  }
  if (cursor.rest().length > 0) return malformed('proof', 'Bytes follow the proof.');
  return ok(data);
};
