/** A commitment whose first two rows are no code words though their sum is: the same is added to one and taken from the other. */
import { type Committed, hashColumns } from '../src/zk/commit/commit.ts';
import { codeLength } from '../src/zk/commit/shape.ts';
import { growTree } from '../src/zk/commit/tree.ts';
import { P } from '../src/zk/field/ext.ts';
import type { ProofMemory } from '../src/zk/memory.ts';

export const bentApart = (memory: ProofMemory, committed: Committed): Committed => {
  const { shape, encoded, tree, salts } = committed;
  const columns = codeLength(shape);
  const row = (i: number): Uint32Array =>
    memory.words({ address: encoded!.address + i * encoded!.strideBytes, length: columns });
  const [first, second] = [row(0), row(1)];
  for (let i = 0; i < columns; i++) {
    const by = ((i * i * 2_654_435 + 12_345) % (P - 1)) + 1;
    first[i] = (first[i]! + by) % P;
    second[i] = (second[i]! + P - by) % P;
  }
  hashColumns(memory, shape, {
    matrix: encoded!.address,
    strideBytes: encoded!.strideBytes,
    columns,
    salts,
    out: tree.address,
  });
  return { ...committed, root: growTree(memory, tree) };
};
