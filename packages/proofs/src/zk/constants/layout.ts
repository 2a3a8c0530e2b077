/** Matrices of proofs about commitments to hidden constants alone: those first, what such a proof commits to itself behind. */
import type { Committed } from '../commit/commit.ts';
import type { Place } from '../commit/place.ts';
import { storedWidth, width } from '../commit/shape.ts';
import type { BaseVector, ProofMemory } from '../memory.ts';
import type { Layout, ProofPlan } from '../plan/plan.ts';

export type ConstantsLayout = Layout & Pick<ProofPlan, 'graph'>;

/** The values of a place one after the other, without what is random between rows; takes its room from the memory. */
export const copied = (memory: ProofMemory, { rows, shape }: Committed, { offset, vars }: Place): BaseVector => {
  const size = width(shape);
  const vector = memory.base(2 ** vars);
  const run = Math.min(vector.length, size);
  const words = memory.words(vector);
  for (let at = 0; at < words.length; at += run) {
    const [row, column] = [Math.floor((offset + at) / size), (offset + at) % size];
    const from = rows.address + 4 * (row * storedWidth(shape) + column);
    // A block that ends the matrix may be longer than it: what is beyond counts as 0.
    if (row < shape.rows) words.set(memory.words({ address: from, length: run }), at);
    else words.fill(0, at, at + run);
  }
  return vector;
};
