import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leafHash } from '@surety/core';
import { treeRoot } from '@surety/programs';
import { Reader, Unreadable, Writer } from './bytes.ts';
import { ClaimedTree } from './claimed.ts';
import { blocksOf, HashTree, heightOf, inBlocks, readOpening, writeOpening } from './tree.ts';

const entries = (size: number, salt = 0): Uint8Array[] =>
  Array.from({ length: size }, (_, i) => Uint8Array.of(i, i >> 8, salt));
const treeOf = (size: number, salt = 0): HashTree => new HashTree(entries(size, salt).map(leafHash));

test('the tree is that of RFC 9162, and so is the tree over its blocks', () => {
  for (let size = 0; size < 70; size++) {
    const tree = treeOf(size);
    assert.deepEqual(tree.root, treeRoot(entries(size)));
    for (let level = 0; level <= heightOf(size); level++) {
      const top = inBlocks(tree, level);
      const blocks = Array.from({ length: top.size }, (_, i) => top.hash(0, i)!);
      if (size > 0) assert.deepEqual(new HashTree(blocks).root, tree.root);
    }
  }
});

test('any neighbouring leaves open to the root, with no more hashes than their paths have, and no others do', () => {
  for (let size = 1; size < 24; size++) {
    const tree = treeOf(size);
    for (let first = 0; first < size; first++) {
      for (let count = 1; first + count <= size; count++) {
        const out = new Writer();
        writeOpening(out, tree, { first, count }, (i) => {
          out.raw(entries(size)[i]!);
        });
        const bytes = out.done();
        assert.ok(bytes.length - 3 * count <= 32 * 2 * heightOf(size));
        const read = (from: Reader, at = first): Uint8Array =>
          readOpening(from, size, { first: at, count }, () => leafHash(from.take(3)));
        const from = new Reader(bytes);
        assert.deepEqual(read(from), tree.root);
        from.end();
        assert.throws(() => read(new Reader(bytes.subarray(1))), Unreadable);
        if (first + count < size && count < size) {
          let other: Uint8Array | null = null;
          try {
            other = read(new Reader(bytes), first + 1);
          } catch (error) {
            assert.ok(error instanceof Unreadable);
          }
          assert.notDeepEqual(other, tree.root);
        }
      }
    }
  }
  assert.throws(
    () => readOpening(new Reader(new Uint8Array(0)), 3, { first: 2, count: 2 }, () => treeOf(1).root),
    Unreadable,
  );
  assert.throws(
    () => readOpening(new Reader(new Uint8Array(0)), 3, { first: 0, count: 0 }, () => treeOf(1).root),
    Unreadable,
  );
});

/** Shows the blocks that are asked for until the first leaf that differs is found; how many answers that took. */
const descend = (own: HashTree, other: HashTree): { readonly leaf: number; readonly answers: number } => {
  const claimed = new ClaimedTree(own.size, own);
  claimed.note(Number.MAX_SAFE_INTEGER, 0, other.root);
  for (let answers = 0; ; answers++) {
    const found = claimed.firstDifference(own);
    if ('leaf' in found) return { leaf: found.leaf, answers };
    const { level, first, count } = found.ask;
    assert.ok(count >= 1 && count <= 128 && first + count <= blocksOf(own.size, level));
    for (let i = first; i < first + count; i++) claimed.note(level, i, other.hash(level, i));
  }
};

test('a claimed tree leads to its first difference in as few answers as 128 hashes each allow', () => {
  for (const size of [1, 2, 3, 5, 127, 128, 129, 1_000, 5_000, 20_000]) {
    const leaves = entries(size).map(leafHash);
    const own = new HashTree(leaves);
    for (const at of new Set([0, 1, Math.floor(size / 2), size - 2, size - 1])) {
      if (at < 0 || at >= size) continue;
      const wrong = leaves.map((leaf, i) => (i === at || (i > at && i % 3 === 0) ? leafHash(leaf) : leaf));
      const { leaf, answers } = descend(own, new HashTree(wrong));
      assert.equal(leaf, at);
      assert.ok(answers <= Math.ceil(heightOf(size) / 7), `${size}: ${answers}`);
    }
  }
});

test('what lies within a subtree that was shown to be the own one is known, and nothing else is', () => {
  const [own, other] = [treeOf(13), treeOf(13, 1)];
  const claimed = new ClaimedTree(13, own);
  claimed.note(3, 0, own.hash(3, 0));
  claimed.note(3, 1, other.hash(3, 1));
  assert.deepEqual(claimed.hash(0, 5), own.hash(0, 5));
  assert.equal(claimed.hash(0, 9), null);
  claimed.note(2, 3, other.hash(2, 3));
  assert.deepEqual(claimed.hash(0, 12), other.hash(0, 12), 'a block cut off at the end is its only leaf');
  assert.deepEqual(claimed.hash(4, 0), new HashTree([own.hash(3, 0), other.hash(3, 1)]).root);
});
