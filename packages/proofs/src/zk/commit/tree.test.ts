/** Trees whose nodes are cut: opened as others are, with fewer bytes. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { ProofError } from '../channel/problem.ts';
import { ProofMemory } from '../memory.ts';
import { growTree, HASH_BYTES, openLeaves, rootOf, siblingBytes, type Tree, treeBytes } from './tree.ts';

const LEAVES = 16;
const PLACES = [1, 6, 7, 12];

const memory = await ProofMemory.create();

const digestOf = (...parts: readonly Uint8Array[]): Uint8Array =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

const leaves = Array.from({ length: LEAVES }, (_, i) => digestOf(Uint8Array.of(i)));

/** A tree by its definition: nodes below the root cut, and zeros behind. */
const rootBy = (nodeBytes: number): Uint8Array => {
  const cut = (digest: Uint8Array): Uint8Array => digest.map((byte, i) => (i < nodeBytes ? byte : 0));
  let nodes = leaves;
  while (nodes.length > 1) {
    const below = nodes.map(cut);
    nodes = below.filter((_, i) => i % 2 === 0).map((left, i) => digestOf(Uint8Array.of(1), left, below[2 * i + 1]!));
  }
  return nodes[0]!;
};

const grown = (nodeBytes: number): { readonly tree: Tree; readonly root: Uint8Array } => {
  const tree = { address: memory.take(treeBytes(LEAVES)), leaves: LEAVES, nodeBytes };
  for (const [i, leaf] of leaves.entries()) memory.bytes(tree.address + HASH_BYTES * i, HASH_BYTES).set(leaf);
  return { tree, root: growTree(memory, tree) };
};

/** The root by leaves at the places, whose digests are whole. */
const foundBy = (siblings: Uint8Array, nodeBytes: number): Uint8Array => {
  const mark = memory.mark();
  const address = memory.take(HASH_BYTES * PLACES.length);
  for (const [k, i] of PLACES.entries()) memory.bytes(address + HASH_BYTES * k, HASH_BYTES).set(leaves[i]!);
  const root = rootOf(memory, address, PLACES, { leaves: LEAVES, nodeBytes }, siblings);
  memory.release(mark);
  return root;
};

for (const nodeBytes of [HASH_BYTES, 24]) {
  test(`leaves of a tree with nodes of ${nodeBytes} bytes open to its root, and to no other`, () => {
    const { tree, root } = grown(nodeBytes);
    assert.deepEqual([...root], [...rootBy(nodeBytes)]);
    const siblings = openLeaves(memory, tree, PLACES);
    // Beside 1, 6, 7 and 12: 0, 13; then 2 and 3, 4 and 5, 14 and 15; then 8 to 11.
    assert.deepEqual([siblings.length, siblingBytes(PLACES, tree)], [6 * nodeBytes, 6 * nodeBytes]);
    assert.deepEqual(foundBy(siblings, nodeBytes), root);
    for (let i = 0; i < siblings.length; i++) {
      const changed = siblings.map((byte, j) => (i === j ? byte ^ 1 : byte));
      assert.notDeepEqual(foundBy(changed, nodeBytes), root);
    }
    assert.throws(() => foundBy(siblings.slice(0, -4), nodeBytes), ProofError);
    assert.throws(() => foundBy(Uint8Array.from([...siblings, 0, 0, 0, 0]), nodeBytes), ProofError);
  });
}

test('a tree of cut nodes is another than one of whole ones', () => {
  assert.notDeepEqual(grown(24).root, grown(HASH_BYTES).root);
});
