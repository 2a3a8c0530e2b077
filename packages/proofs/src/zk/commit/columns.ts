/** Columns of a stack of matrices, opened at random places. */
import type { ProverChannel } from '../channel/channel.ts';
import type { ProofMemory } from '../memory.ts';
import { type Committed, codeWords, SALT_BYTES } from './commit.ts';
import { codeLength, type MatrixShape } from './shape.ts';
import { queriesOf } from './soundness.ts';
import { openLeaves } from './tree.ts';

/** Draws places of a code and opens all matrices there; the places. */
export const openColumns = (
  channel: ProverChannel,
  memory: ProofMemory,
  stack: readonly Committed[],
  code: MatrixShape,
): readonly number[] => {
  const places = channel.indices(queriesOf(code), codeLength(code));
  for (const committed of stack) publishColumns(channel, memory, committed, places);
  return places;
};

/** Row by row the words at the places, then the salts of the columns, then what else their tree needs. */
const publishColumns = (
  channel: ProverChannel,
  memory: ProofMemory,
  committed: Committed,
  places: readonly number[],
): void => {
  const { shape, salts, tree } = committed;
  const mark = memory.mark();
  const wordAt = codeWords(memory, committed);
  const words = new Uint32Array(shape.rows * places.length);
  let at = 0;
  for (let row = 0; row < shape.rows; row++) {
    const values = memory.words({ address: wordAt(row), length: tree.leaves });
    for (const place of places) words[at++] = values[place]!;
  }
  memory.release(mark);
  channel.reveal(new Uint8Array(words.buffer));
  if (salts !== 0) {
    const opened = new Uint8Array(SALT_BYTES * places.length);
    for (const [k, i] of places.entries()) opened.set(memory.bytes(salts + SALT_BYTES * i, SALT_BYTES), SALT_BYTES * k);
    channel.reveal(opened);
  }
  channel.reveal(openLeaves(memory, tree, places));
};
