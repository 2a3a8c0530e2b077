/**
 * The tree over the columns (RFC 9162: 0x01 before two nodes; leaves carry their 0x00), of a power of two of them, and the
 * opening of many leaves at once: no node that the verifier can compute is sent, and no node twice.
 */
import { ProofError } from '../channel/problem.ts';
import type { ProofMemory } from '../memory.ts';

export const HASH_BYTES = 32;
const SCRATCH_BYTES = 512;

/** Levels one behind the other, the leaves first. */
export type Tree = { readonly address: number; readonly leaves: number };

export const treeBytes = (leaves: number): number => 2 * leaves * HASH_BYTES;

/** Hashes all levels over leaves that lie at `tree.address` already. */
export const growTree = (memory: ProofMemory, { address, leaves }: Tree): Uint8Array => {
  const mark = memory.mark();
  const scratch = memory.take(memory.threads * SCRATCH_BYTES);
  let level = address;
  for (let count = leaves / 2; count >= 1; count /= 2) {
    const next = level + 2 * count * HASH_BYTES;
    memory.kernels.hashPairs(level, count, next, scratch);
    level = next;
  }
  memory.release(mark);
  return memory.bytes(level, HASH_BYTES).slice();
};

type Level = { readonly known: readonly number[]; readonly missing: readonly number[] };

/** Which nodes of each level are known, and which siblings of those have to be sent, leaves first. */
const levels = (indices: readonly number[], leaves: number): Level[] => {
  const all: Level[] = [];
  let known = indices;
  for (let count = leaves; count > 1; count /= 2) {
    const have = new Set(known);
    all.push({ known, missing: known.map((i) => i ^ 1).filter((i) => !have.has(i)) });
    known = [...new Set(known.map((i) => i >> 1))];
  }
  return all;
};

/** Bytes of the nodes that open these leaves, ascending. */
export const siblingBytes = (indices: readonly number[], leaves: number): number =>
  levels(indices, leaves).reduce((bytes, { missing }) => bytes + missing.length * HASH_BYTES, 0);

export const openLeaves = (memory: ProofMemory, tree: Tree, indices: readonly number[]): Uint8Array => {
  const out = new Uint8Array(siblingBytes(indices, tree.leaves));
  let at = 0;
  let level = tree.address;
  let count = tree.leaves;
  for (const { missing } of levels(indices, tree.leaves)) {
    for (const i of missing) {
      out.set(memory.bytes(level + i * HASH_BYTES, HASH_BYTES), at);
      at += HASH_BYTES;
    }
    level += count * HASH_BYTES;
    count /= 2;
  }
  return out;
};

/**
 * The root that these leaves and siblings give.
 * @param leaves address of the hashes of the leaves, in the order of `indices`
 * @throws ProofError if there are more or fewer siblings than needed
 */
export const rootOf = (
  memory: ProofMemory,
  leaves: number,
  indices: readonly number[],
  count: number,
  siblings: Uint8Array,
): Uint8Array => {
  const mark = memory.mark();
  const scratch = memory.take(SCRATCH_BYTES);
  const pairs = memory.take(2 * indices.length * HASH_BYTES);
  let at = 0;
  let nodes = memory.bytes(leaves, indices.length * HASH_BYTES).slice();
  for (const { known } of levels(indices, count)) {
    const given = memory.bytes(pairs, 2 * known.length * HASH_BYTES);
    let parents = 0;
    for (let k = 0; k < known.length; k++) {
      const left = (known[k]! & 1) === 0;
      const both = left && known[k + 1] === known[k]! + 1;
      const own = nodes.subarray(k * HASH_BYTES, (k + 1) * HASH_BYTES);
      const to = 2 * parents * HASH_BYTES;
      given.set(own, to + (left ? 0 : HASH_BYTES));
      if (both) k++;
      else at += HASH_BYTES;
      const other = both
        ? nodes.subarray(k * HASH_BYTES, (k + 1) * HASH_BYTES)
        : siblings.subarray(at - HASH_BYTES, at);
      if (other.length < HASH_BYTES) throw new ProofError('nodes of the tree are missing');
      given.set(other, to + (left ? HASH_BYTES : 0));
      parents++;
    }
    memory.kernels.hashPairs(pairs, parents, pairs, scratch);
    nodes = memory.bytes(pairs, parents * HASH_BYTES).slice();
  }
  memory.release(mark);
  if (at !== siblings.length) throw new ProofError('nodes of the tree are left over');
  return nodes;
};
