/** The verifier's side of columns.ts. */
import type { VerifierChannel } from '../channel/channel.ts';
import { ProofError } from '../channel/problem.ts';
import { P } from '../field/ext.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import { type Commitment, hashColumns, SALT_BYTES } from './commit.ts';
import { codeLength, type MatrixShape, treeShape } from './shape.ts';
import { queriesOf } from './soundness.ts';
import { HASH_BYTES, rootOf, siblingBytes } from './tree.ts';

/** A matrix, and what each of its rows counts in a combination. */
export type Combined = { readonly commitment: Commitment; readonly coefficients: ExtVector };

export type Columns = {
  readonly places: readonly number[];
  /** The combination of each column; zeros behind them, for the kernels take four at a time. */
  readonly values: ExtVector;
};

/** @throws ProofError unless the columns are those that the roots were made of */
export const readColumns = (
  channel: VerifierChannel,
  memory: ProofMemory,
  stack: readonly Combined[],
  code: MatrixShape,
): Columns => {
  const places = channel.indices(queriesOf(code), codeLength(code));
  const values = memory.ext(Math.ceil(places.length / 4) * 4);
  memory.bytes(values.address, 4 * values.stride).fill(0);
  for (const combined of stack) addColumns(channel, memory, combined, places, values);
  return { places, values };
};

/** @throws ProofError unless all words are elements of the base field */
export const wordsOf = (bytes: Uint8Array): Uint32Array => {
  // Words of a proof are little-endian, as those of every machine that runs WebAssembly are laid out here.
  const words = new Uint32Array(bytes.slice().buffer);
  let largest = 0;
  for (let i = 0; i < words.length; i++) if (words[i]! > largest) largest = words[i]!;
  if (largest >= P) throw new ProofError('a value of the proof is not a field element');
  return words;
};

/** Reads the columns of a matrix, holds them against its root and adds their combination. */
const addColumns = (
  channel: VerifierChannel,
  memory: ProofMemory,
  { commitment: { root, shape }, coefficients }: Combined,
  places: readonly number[],
  values: ExtVector,
): void => {
  const mark = memory.mark();
  const count = places.length;
  const words = wordsOf(channel.revealed(4 * shape.rows * count));
  const strideBytes = 4 * values.length;
  const matrix = memory.take(shape.rows * strideBytes);
  for (let row = 0; row < shape.rows; row++) {
    const at = memory.words({ address: matrix + row * strideBytes, length: values.length });
    at.fill(0, count);
    at.set(words.subarray(row * count, (row + 1) * count));
  }
  let salts = 0;
  if (shape.randomness > 0) {
    salts = memory.take(SALT_BYTES * values.length);
    memory.bytes(salts, SALT_BYTES * count).set(channel.revealed(SALT_BYTES * count));
  }
  const out = memory.take(HASH_BYTES * values.length);
  hashColumns(memory, shape, { matrix, strideBytes, columns: values.length, salts, out });
  const siblings = channel.revealed(siblingBytes(places, treeShape(shape)));
  const found = rootOf(memory, out, places, treeShape(shape), siblings);
  if (!found.every((byte, i) => byte === root[i])) throw new ProofError('opened columns are not those committed to');
  memory.kernels.addRows(
    values.address,
    values.stride,
    matrix,
    strideBytes,
    coefficients.address,
    coefficients.stride,
    shape.rows,
    values.length,
  );
  memory.release(mark);
};
