/**
 * The tree over the columns (RFC 9162: 0x01 before two nodes; leaves carry their 0x00), of a power of two of them, and the
 * opening of many leaves at once: no node that the verifier can compute is sent, and no node twice. Nodes below the root may be
 * shorter than digests: they are cut, and hashed with zeros behind.
 */
import { ProofError } from '../channel/problem.ts';
import type { ProofMemory } from '../memory.ts';

export const HASH_BYTES = 32;
const SCRATCH_BYTES = 512;

/** So many leaves, a power of two, and the bytes of each node below the root: a multiple of 4, {@link HASH_BYTES} at most. */
export type TreeShape = { readonly leaves: number; readonly nodeBytes: number };

/** Levels one behind the other, the leaves first; each node takes {@link HASH_BYTES}. */
export type Tree = TreeShape & { readonly address: number };

export const treeBytes = (leaves: number): number => 2 * leaves * HASH_BYTES;

/** Puts zeros behind so many bytes of each digest. */
const cutNodes = (memory: ProofMemory, address: number, count: number, nodeBytes: number): void => {
  const size = HASH_BYTES / 4;
  const words = memory.words({ address, length: size * count });
  for (let node = 0; node < words.length; node += size) {
    for (let i = nodeBytes / 4; i < size; i++) words[node + i] = 0;
  }
};

/** Hashes all levels over leaves whose digests lie at `tree.address` already, and cuts these. */
export const growTree = (memory: ProofMemory, { address, leaves, nodeBytes }: Tree): Uint8Array => {
  const mark = memory.mark();
  const scratch = memory.take(memory.threads * SCRATCH_BYTES);
  let level = address;
  for (let count = leaves / 2; count >= 1; count /= 2) {
    const next = level + 2 * count * HASH_BYTES;
    cutNodes(memory, level, 2 * count, nodeBytes);
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
export const siblingBytes = (indices: readonly number[], { leaves, nodeBytes }: TreeShape): number =>
  levels(indices, leaves).reduce((bytes, { missing }) => bytes + missing.length * nodeBytes, 0);

export const openLeaves = (memory: ProofMemory, tree: Tree, indices: readonly number[]): Uint8Array => {
  const { nodeBytes } = tree;
  const out = new Uint8Array(siblingBytes(indices, tree));
  let at = 0;
  let level = tree.address;
  let count = tree.leaves;
  for (const { missing } of levels(indices, tree.leaves)) {
    for (const i of missing) {
      out.set(memory.bytes(level + i * HASH_BYTES, nodeBytes), at);
      at += nodeBytes;
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
  { leaves: count, nodeBytes }: TreeShape,
  siblings: Uint8Array,
): Uint8Array => {
  const mark = memory.mark();
  const scratch = memory.take(SCRATCH_BYTES);
  const pairs = memory.take(2 * indices.length * HASH_BYTES);
  let at = 0;
  let nodes = memory.bytes(leaves, indices.length * HASH_BYTES).slice();
  for (const { known } of levels(indices, count)) {
    const given = memory.bytes(pairs, 2 * known.length * HASH_BYTES).fill(0);
    let parents = 0;
    for (let k = 0; k < known.length; k++) {
      const left = (known[k]! & 1) === 0;
      const both = left && known[k + 1] === known[k]! + 1;
      const own = nodes.subarray(k * HASH_BYTES, k * HASH_BYTES + nodeBytes);
      const to = 2 * parents * HASH_BYTES;
      given.set(own, to + (left ? 0 : HASH_BYTES));
      if (both) k++;
      else at += nodeBytes;
      const other = both
        ? nodes.subarray(k * HASH_BYTES, k * HASH_BYTES + nodeBytes)
        : siblings.subarray(at - nodeBytes, at);
      if (other.length < nodeBytes) throw new ProofError('nodes of the tree are missing');
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
